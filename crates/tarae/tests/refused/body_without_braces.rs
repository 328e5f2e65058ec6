//! What cannot be a body gets a message that says what is expected.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!(0..3);
    let _ = generator!(move);
    let _ = generator!(|n: u32| -> { yield n; });
    let _ = coroutine!(|n: u32| -> u32 yield n);
    let _ = generator!(|n: u32| yield n; yield 2);
    let _ = generator!(|n: u32| { yield n; } { yield 2; });
    let _ = generator!(|n: u32|);
    let _ = generator!(|n: u32 { yield n; });
    let _ = stream!(n, 5);
}
