//! A child lies in the chain, which is `Send` in itself: the body that awaits it answers for it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::rc::Rc;

fn child() -> Generator<impl Yields<i32>> {
    let shared = Rc::new(1);
    generator!({
        yield *shared;
        yield *shared;
    })
}

fn main() {
    let mut generator = generator!({
        yield_from!(child());
    });
    generator.next();
    std::thread::spawn(move || generator.next());
}
