//! A closure is run by whoever calls it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let mut each = |n: i32| {
            yield n;
        };
        each(1);
    });
    generator.next();
}
