//! `&&` goes on with the operand of a yield, as with that of a `break`; after `let pattern =` nobody means that.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _ = coroutine!({
        if let Some(n) = yield 1 && n > 2 {}
    });
    let _ = coroutine!({
        while let Some(n) = yield && let Some(m) = n {}
    });
    let _ = coroutine!({
        if true && let Some(n) = yield 1 || n {}
    });
    let _ = coroutine!({
        if let 1..=5 = yield false && let Some(5) = Some(5) {}
    });
}
