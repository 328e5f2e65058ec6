//! A function inside the body is another body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        fn one() {
            yield 1;
        }
        one();
    });
    generator.next();
}
