//! Attack 2, wrong frame: a suspended yield would be polled by hand under another generator's context.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut outer = generator!({
        let mut suspended = Box::pin(async {
            yield String::new();
        });
        let mut inner = generator!({
            std::future::poll_fn(|context| suspended.as_mut().poll(context)).await;
            yield [0u64; 3];
        });
        inner.next();
    });
    outer.next();
}
