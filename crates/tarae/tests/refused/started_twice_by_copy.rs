//! A generator is not `Clone`: there is one body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let generator = generator!({ yield 1; });
    let other = generator.clone();
    println!("{}", generator.sum::<i32>() + other.sum::<i32>());
}
