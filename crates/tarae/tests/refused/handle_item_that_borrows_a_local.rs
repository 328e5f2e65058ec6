//! As for the macro: an item cannot borrow from the body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = tarae::generator::from_fn(async |mut y| {
        let text = String::from("gone");
        y.yield_(text.as_str()).await;
    });
    generator.next();
}
