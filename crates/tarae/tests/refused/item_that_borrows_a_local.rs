//! An item lives on when its body goes on, or is dropped: it cannot borrow from the body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let text = String::from("gone");
        yield text.as_str();
        drop(text);
    });
    generator.next();
}
