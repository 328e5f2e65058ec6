//! The walker does not see a closure that a macro makes: the compiler does.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! each {
    ($item:ident, $body:block) => { (0..3).for_each(|$item| $body) };
}

macro_rules! each_async {
    ($item:ident, $body:block) => { let each = async move |$item: i32| $body; };
}

fn main() {
    let _ = generator!({ each!(n, { yield n; }); });
    let _ = generator!({ each!(n, { yield_from!(0..n); }); });
    let _ = generator!({ each_async!(n, { yield n; }); });
    let _ = stream!({ each!(n, { yield n; }); });
    let _ = stream!({ each_async!(n, { yield n; }); });
}
