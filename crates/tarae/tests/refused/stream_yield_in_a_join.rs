//! What a `join!` runs is polled by it, and not by the stream's driver: of two items at once one would be lost.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! both {
    ($($future:expr),*) => { tokio::join!($(async { $future }),*) };
}

fn main() {
    let stream = stream!({
        both!(yield 1, yield 2);
    });
}
