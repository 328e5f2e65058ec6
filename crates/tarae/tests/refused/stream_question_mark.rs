//! `?` in `stream!`: its items are no results, so an error has nowhere to go.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        yield "1".parse::<i32>()?;
    });
}
