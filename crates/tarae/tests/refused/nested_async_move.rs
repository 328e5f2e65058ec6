//! Attack 1, stale frame: the nested block would keep the frame and run after the body has been suspended.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let nested = Box::pin(async move {
            yield 1;
        });
        yield 0;
        nested.await;
    });
    generator.next();
}
