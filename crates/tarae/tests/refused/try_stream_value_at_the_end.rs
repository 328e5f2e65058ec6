//! The body of a `try_stream!` has no value at its end: its last item is no different from the others.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let numbers = try_stream!(|| -> Result<u32, String> {
        yield 1;
        Ok(2)
    });
}
