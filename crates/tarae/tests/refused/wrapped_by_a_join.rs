//! Attack 3 as it would happen by mistake: two yields at once, by a macro like `join!`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! join {
    ($($future:expr),*) => {{ $( let _ = std::pin::pin!(async { $future }); )* }};
}

fn main() {
    let mut generator = generator!({
        join!(yield 1, yield 2);
    });
    generator.next();
}
