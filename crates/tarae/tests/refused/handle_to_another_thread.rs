//! A handle on another thread writes items there: they must be `Send`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::rc::Rc;

fn main() {
    let mut generator = tarae::generator::from_fn(async |mut y: tarae::generator::Yielder<Rc<u8>>| {
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _ = y.yield_(Rc::new(1));
            });
        });
    });
    generator.next();
}
