//! `?` converts by `From`, as everywhere.
#![forbid(unsafe_code)]
#![allow(unused)]

use std::num::ParseIntError;
use tarae::prelude::*;
use tarae::stream::Stream;

fn numbers() -> impl Stream<Item = Result<i32, ParseIntError>> {
    try_stream!({
        Err("no number")?;
        yield 1;
    })
}

fn main() {
    let named = try_stream!(|| -> Result<i32, ParseIntError> {
        yield "1".parse::<f32>()? as i32;
    });
}
