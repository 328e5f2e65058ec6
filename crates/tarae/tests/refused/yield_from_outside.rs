//! A delegation outside any generator says where it belongs.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    yield_from!(0..3);
}
