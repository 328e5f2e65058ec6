//! The message about an item of a wrong type is at the item.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!({
        yield 1;
        yield "two";
    });
    let _ = stream!({
        yield "one".to_string();
        yield "two";
    });
}

fn numbers() -> Generator<impl Yields<u8>> {
    generator!({
        yield String::new();
    })
}
