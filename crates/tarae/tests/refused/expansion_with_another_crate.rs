//! The expansion under a crate of the program's choice, which lends the real functions but one, and takes the body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

mod __private {
    pub use tarae::__private::{core, DelegateCoroutine, DelegateItems, Source};
    pub struct Expansion;
    impl Expansion {
        pub fn types<Y, S, const DELEGATES: bool>() {}
        pub fn leaf<F: Future>((): (), body: F) -> F {
            body
        }
    }
}
use crate as mine;

fn main() {
    let body = tarae::__private::generator!(mine; { yield 1; });
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(body).as_mut().poll(context);
}
