//! The locals of a body may borrow each other, so it must stay where it is.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::stream::Stream;

fn main() {
    let mut stream = stream!({
        yield 1;
    });
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    std::pin::Pin::new(&mut stream).poll_next(context);
}
