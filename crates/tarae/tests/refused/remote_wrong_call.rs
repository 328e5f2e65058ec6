//! A call of a remote function is checked as one of the function is.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::remote;

#[remote]
fn add(a: u64, b: u64) -> u64 {
    a + b
}

#[remote]
fn length(text: String) -> usize {
    text.len()
}

fn main() {
    Inline.submit(add::call(1));
    Inline.submit(add::call(1, "2"));
    let pairs = [(1, 2), (3, 4)];
    let lengths: Vec<usize> = pairs.into_iter().par_map(Inline, length::FN).collect();
}
