//! What a body has taken from outside is its own, too.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut numbers = vec![1, 2, 3];
    let mut generator = generator!({
        yield &mut numbers;
        yield &mut numbers;
    });
    let (first, second) = (generator.next(), generator.next());
    println!("{first:?} {second:?}");
}
