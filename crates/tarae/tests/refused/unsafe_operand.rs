//! The operand does not stand in the expansion's `unsafe`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        yield String::from_utf8_unchecked(vec![255]);
        yield_from!([String::from_utf8_unchecked(vec![255])]);
    });
    generator.next();
}
