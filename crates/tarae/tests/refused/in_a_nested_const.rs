//! An item inside the body is evaluated by the compiler.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        const ONE: i32 = yield 1;
        yield ONE;
    });
    generator.next();
}
