//! `yield_from!` hands on one thing.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = generator!({
        yield_from!();
    });
    let _ = generator!({
        yield_from!(0..3, 4..5);
    });
    let _ = stream!({
        yield_from!();
    });
    let _ = generator!({
        yield_from!(Vec::<(u8, u8)>::new(),);
    });
}
