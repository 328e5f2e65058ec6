//! A forgotten semicolon is reported where it is missing.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!({
        yield 1
        yield 2
    });
    let _ = generator!({
        yield 1
        let x = 2;
    });
    let _ = generator!({
        yield_from!(0..3)
        yield 4;
    });
    let _ = generator!({
        yield 1
        yield_from!(0..3);
    });
}
