//! A stream returns nothing.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let returned = stream!({
        yield 1;
        return 2;
    });
    let at_the_end = stream!({
        yield 1;
        2
    });
}
