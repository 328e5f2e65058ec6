//! The same with a macro of the program's own around the inner generator.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! items {
    ($($body:tt)*) => { generator!({ $($body)* }) };
}

fn main() {
    let mut outer = generator!({
        let mut inner = items!(yield 1; yield 2;);
        yield inner.next();
    });
    outer.next();
}
