//! What a body keeps across a yield or an await must be `Send` for the stream to be.
#![forbid(unsafe_code)]
#![allow(unused)]

use std::rc::Rc;
use tarae::prelude::*;

fn send<T: Send>(_: T) {}

fn main() {
    send(stream!({
        let kept = Rc::new(1);
        yield 1;
        drop(kept);
    }));
}
