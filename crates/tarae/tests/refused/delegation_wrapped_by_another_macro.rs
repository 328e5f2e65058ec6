//! The same behind a macro: a delegation must not be dropped or forgotten half-way.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! lazy {
    ($($body:tt)*) => { Box::pin(async { $($body)* }) };
}

fn main() {
    let mut generator = generator!({
        let text = String::from("a local of the body");
        let mut nested = lazy!({ yield_from!(generator!({ yield text.len(); })); });
        std::future::poll_fn(|context| nested.as_mut().poll(context)).await;
        std::mem::forget(nested);
        drop(text);
    });
    generator.next();
}
