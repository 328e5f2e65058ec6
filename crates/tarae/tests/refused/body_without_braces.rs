//! A body is a block: what else stands there gets a message that says so.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!(yield 1);
    let _ = generator!(|n: u32| yield n);
    let _ = generator!(|n: u32| -> { yield n; });
}
