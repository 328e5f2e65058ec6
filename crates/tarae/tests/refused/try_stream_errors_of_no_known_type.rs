//! Nothing says what the errors are: `|| -> Result<_, Error> { .. }` would.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let numbers = try_stream!({
        yield "1".parse::<i32>()?;
    });
}
