//! A future that a `select!` polls may be dropped half-way, with a yield in it; an arm may yield.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! run {
    ($what:expr) => { async { $what } };
}

fn main() {
    let stream = stream!({
        tokio::select! {
            _ = run!(yield 1) => {}
        }
    });
}
