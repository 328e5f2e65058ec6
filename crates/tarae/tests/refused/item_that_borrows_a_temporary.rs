//! A temporary of the yield's operand is gone when the item is looked at.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        yield String::from("gone").as_str();
    });
    generator.next();
}
