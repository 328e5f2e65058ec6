//! A constant in a type runs in the compiler.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let _bytes = [0u8; { yield 1; 2 }];
    });
    generator.next();
}
