//! The expansion under a crate of the program's choice: it replaces all of what is called, or none.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

mod __private {
    pub use tarae::__private::core;
    pub struct StreamExpansion;
    impl StreamExpansion {
        pub fn types<Y>() {}
        pub fn stream<F: Future>((): (), body: F) -> F {
            body
        }
    }
}
use crate as mine;

fn main() {
    let body = tarae::__private::stream!(mine; { yield 1; });
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(body).as_mut().poll(context);
}
