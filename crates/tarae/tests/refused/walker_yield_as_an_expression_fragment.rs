//! A macro of the program's that reads a yield before `generator!` does, as an expression, makes it the compiler's own.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! once {
    ($item:expr) => { generator!({ $item; }) };
}

fn main() {
    let _ = once!(yield 1);
}
