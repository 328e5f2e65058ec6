//! A yield in a closure, in the forms that programs have it: one message each, at the yield.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! each {
    ($item:ident, $body:block) => { (0..3).for_each(|$item| $body) };
}

fn main() {
    let _ = generator!({ (0..3).for_each(|n| { yield n; }); });
    let _ = generator!({ (0..3).fold(0, |_, n| yield n); });
    let _ = generator!({ std::thread::spawn(move || { yield 1; }); });
    let _ = coroutine!({ let each = |n| yield n; });
    let _ = generator!({ let each = || yield_from!(0..3); });
    let _ = generator!({ return |n: i32| { if n > 0 { yield n } }; });
    let _ = generator!({ let each = async |n: i32| { yield n; }; });
}
