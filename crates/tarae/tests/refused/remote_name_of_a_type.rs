//! The function's name becomes a type's, too, and there is one already.
#![forbid(unsafe_code)]
#![allow(unused, non_camel_case_types)]

use tarae::remote;

struct point {
    x: u8,
}

#[remote]
fn point(x: u8) -> u8 {
    x
}

fn main() {}
