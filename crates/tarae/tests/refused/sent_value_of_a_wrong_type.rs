//! What is sent is what the yields say.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut adder = coroutine!({
        let a: i32 = yield "first?";
        let b: i32 = yield "second?";
        a + b
    });
    let _ = adder.start();
    let _ = adder.send("two");
}
