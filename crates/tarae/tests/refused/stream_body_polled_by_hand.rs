//! A body is a future, so nobody may get hold of one: the field is private, and nothing hands it out.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let body = stream!({
        yield 1;
    })
    .body;
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(stream!({
        yield 1;
    }))
    .as_mut()
    .poll(context);
}
