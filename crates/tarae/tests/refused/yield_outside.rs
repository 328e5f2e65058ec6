//! `yield` outside any generator is the compiler's own error.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    yield 1;
}
