//! Iteration would lose what the body returns.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let generator = generator!({
        yield 1;
        "the end"
    });
    for item in generator {
        println!("{item}");
    }
}
