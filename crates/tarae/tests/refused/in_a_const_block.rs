//! A const block runs in the compiler.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        const {
            yield 1;
        }
    });
    generator.next();
}
