//! A coroutine that is sent values cannot hand the sending over to an iterator, which takes none.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut coroutine = coroutine!({
        let a: i32 = yield 1;
        yield_from!(0..3);
        a
    });
    let _ = coroutine.start();
}
