//! A body is a future, so nobody may get hold of one: the fields are private, and nothing hands it out.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let generator = generator!({ yield 1; });
    let body = generator.body;
    let mut pinned = Box::pin(generator!({ yield 1; }).pinned());
    let body = &mut pinned.body;
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(generator!({ yield 1; })).as_mut().poll(context);
}
