//! Attack 3: another macro puts an async block around the tokens after our walker has looked.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! lazy {
    ($($body:tt)*) => { Box::pin(async move { $($body)* }) };
}

fn main() {
    let mut generator = generator!({
        let nested = lazy!({ yield 1; });
        yield 0;
        nested.await;
    });
    generator.next();
}
