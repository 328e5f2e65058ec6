//! The type after `->` is that of the items: results.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let numbers = try_stream!(|| -> u32 {
        yield 1;
    });
}
