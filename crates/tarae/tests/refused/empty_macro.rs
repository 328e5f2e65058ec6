//! A macro without a body says what it wants.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!();
    let _ = coroutine!();
}
