//! A started child that is not `Send`, delegated to.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::rc::Rc;

fn main() {
    let shared = Rc::new(1);
    let mut child = generator!({
        yield *shared;
        yield *shared;
    });
    child.next();
    let generator = generator!({
        yield_from!(child);
    });
    std::thread::spawn(move || generator.count());
}
