//! G13: no coroutine is `Clone`, started or not, pinned or not: there is one body.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn cloned<T: Clone>(value: &T) -> T {
    value.clone()
}

fn echo() -> Generator<impl Body<Yield = i32, Sent = i32, Output = i32>> {
    coroutine!({ yield 1 })
}

fn main() {
    let mut movable = echo();
    let _ = movable.start();
    let other = cloned(&movable);
    let pinned = echo().pinned();
    let other = cloned(&pinned);
}
