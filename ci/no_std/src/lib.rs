//! `generator/` and `stream/` of `tarae` as a crate without the standard library, and what their macros expand to.
#![no_std]
#![deny(warnings)]
#![deny(unsafe_code)]

extern crate alloc;

#[path = "../../../crates/tarae/src/generator/mod.rs"]
pub mod generator;
#[path = "../../../crates/tarae/src/stream/mod.rs"]
pub mod stream;

/// As in `tarae`: where the macros look.
#[doc(hidden)]
pub mod __private {
    pub use crate::generator::expansion::*;
    pub use crate::stream::expansion::*;
    pub use ::core;
    pub use tarae_macros::{coroutine, generator, stream, try_stream};
}

/// The macros' own code asks for no more.
pub mod expanded {
    use crate::generator::{Coroutine, Generator, Step, Yields};
    use crate::stream::Stream;

    /// A generator that delegates to itself.
    pub fn countdown(n: u32) -> Generator<impl Yields<u32>> {
        crate::generator!({
            yield n;
            if n > 0 {
                crate::yield_from!(countdown(n - 1));
                crate::yield_from!([0]);
            }
        })
    }

    /// A coroutine, in a box.
    pub fn adder() -> Option<i32> {
        let mut adder = crate::coroutine!(|a: i32| {
            let b: i32 = yield a;
            a + b
        })(1)
        .boxed();
        let _ = adder.start();
        match adder.send(2) {
            Step::Yield(_) => None,
            Step::Return(sum) => Some(sum),
        }
    }

    /// Streams, one out of another.
    pub fn numbers() -> impl Stream<Item = Result<u32, core::num::ParseIntError>> {
        let texts = crate::stream!({
            yield "1";
            yield "2";
        });
        crate::try_stream!({
            for await text in texts {
                yield text.parse::<u32>()?;
            }
        })
    }
}
