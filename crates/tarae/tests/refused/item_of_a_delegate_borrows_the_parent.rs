//! A child may borrow from its parent's locals; what it yields leaves the parent, and may not.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let text = String::from("gone");
        let borrowed = &text;
        yield_from!(generator!({ yield borrowed.as_str(); }));
    });
    generator.next();
}
