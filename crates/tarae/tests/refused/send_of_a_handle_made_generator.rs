//! A handle's items are kept in the body until they are taken, so they must be `Send`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::rc::Rc;

fn main() {
    let generator = tarae::generator::from_fn(async |mut y| {
        y.yield_(Rc::new(1)).await;
    });
    std::thread::spawn(move || generator.count());
}
