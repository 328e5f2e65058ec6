//! A block where the crate's name is expected would run in the expansion's `unsafe`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

extern crate tarae as __private;

fn main() {
    let _generator = tarae::__private::generator!({ std::hint::unreachable_unchecked() }; { yield 1; });
}
