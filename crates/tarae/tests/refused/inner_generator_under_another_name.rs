//! The outer walker does not know the inner macro's name and rewrites its yields: they name the outer body's label and
//! frame.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::generator as other;

fn main() {
    let mut outer = generator!({
        let mut inner = other!({
            yield 1;
        });
        yield inner.next();
    });
    outer.next();
}
