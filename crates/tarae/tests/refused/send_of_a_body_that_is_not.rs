//! A generator is `Send` only if what its body keeps across a yield is.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::rc::Rc;

fn main() {
    let mut generator = generator!({
        let shared = Rc::new(1);
        yield *shared;
        yield *shared;
    });
    generator.next();
    std::thread::spawn(move || generator.next());
}
