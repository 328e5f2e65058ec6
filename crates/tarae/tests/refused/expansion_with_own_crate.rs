//! As `expansion_with_another_crate`, by a macro of the program's whose own crate is the other one.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

mod __private {
    pub use tarae::__private::{DelegateCoroutine, DelegateItems, Source, core};
    pub struct Expansion;
    impl Expansion {
        pub fn types<Y, S, const DELEGATES: bool>() {}
        pub fn leaf<F: Future>((): (), body: F) -> F {
            body
        }
    }
}

macro_rules! body {
    ($($body:tt)*) => {
        tarae::__private::generator!($crate; $($body)*)
    };
}

fn main() {
    let body = body!({ yield 1; });
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let _ = Box::pin(body).as_mut().poll(context);
}
