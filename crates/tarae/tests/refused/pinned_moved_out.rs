//! A pinned generator refers to itself: it cannot be swapped with another.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::pin::pin;

fn one() -> Generator<impl Yields<i32>> {
    generator!({ yield 1; })
}

fn main() {
    let (mut a, mut b) = (pin!(one().pinned()), pin!(one().pinned()));
    a.next();
    std::mem::swap(&mut *a, &mut *b);
}
