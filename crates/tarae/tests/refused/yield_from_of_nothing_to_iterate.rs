//! A delegation to something that has no items.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

struct Nothing;

fn main() {
    let mut generator = generator!({
        yield 1;
        yield_from!(Nothing);
    });
    generator.next();
}
