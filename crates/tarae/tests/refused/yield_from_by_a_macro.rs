//! A delegation that another macro brings in is not seen by the walker: it says so.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! all {
    ($source:expr) => { tarae::yield_from!($source) };
}

fn main() {
    let _ = generator!({
        all!(0..3);
        yield 4;
    });
}
