//! Create, take the first item, drop.

use super::counting::{Count, count};
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::pin::pin;
use tarae::prelude::*;

/// The sum of the first items of `n` counts: `n`.
macro_rules! first_items {
    ($n:expr, |$i:ident| $first:expr) => {{
        let mut sum = 0u64;
        for $i in 0..$n {
            let $i = black_box($i);
            sum = sum.wrapping_add(black_box($first));
        }
        sum
    }};
}

#[inline(never)]
pub fn hand(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = Count::new(i + 5);
        black_box(&mut count).next().unwrap()
    })
}

#[inline(never)]
pub fn pinned(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = pin!(count(i + 5).pinned());
        black_box(&mut count).next().unwrap()
    })
}

#[inline(never)]
pub fn boxed(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = count(i + 5);
        black_box(&mut count).next().unwrap()
    })
}

/// What creating a movable generator cannot do without: a box of the size of its body is allocated and freed.
#[inline(never)]
pub fn bare_box(n: u64) -> u64 {
    fn run<B: Body>(_like: impl FnOnce() -> Generator<B>, n: u64) -> u64 {
        first_items!(n, |_i| {
            let body = black_box(Box::new(MaybeUninit::<B>::uninit()));
            drop(body);
            1
        })
    }
    run(|| count(5), n)
}
