//! What asking whether to stop adds to an item of about 5 ns.

use super::Rows;
use tarae::prelude::*;

/// Sums so many items.
pub const ROWS: Rows<fn(u64) -> u64> = &[
    ("plain", plain),
    ("cancellable", cancellable),
    ("plain_fold", plain_fold),
    ("cancellable_fold", cancellable_fold),
];

/// The next of a chain of numbers: four multiplications, each of which waits for the one before.
#[inline(always)]
fn next_number(n: u64) -> u64 {
    (0..4).fold(n, |n, _| (n ^ (n >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// So many of them.
#[inline(always)]
fn numbers(items: u64) -> impl Iterator<Item = u64> {
    let mut number = 1;
    (0..items).map(move |_| {
        number = next_number(number);
        number
    })
}

#[inline(never)]
pub fn plain(items: u64) -> u64 {
    let mut sum = 0u64;
    for number in numbers(items) {
        sum = sum.wrapping_add(number);
    }
    sum
}

#[inline(never)]
pub fn cancellable(items: u64) -> u64 {
    let token = CancelToken::new();
    let mut sum = 0u64;
    for number in numbers(items).cancellable(&token) {
        sum = sum.wrapping_add(number);
    }
    sum
}

#[inline(never)]
pub fn plain_fold(items: u64) -> u64 {
    numbers(items).fold(0, u64::wrapping_add)
}

#[inline(never)]
pub fn cancellable_fold(items: u64) -> u64 {
    let token = CancelToken::new();
    numbers(items).cancellable(&token).fold(0, u64::wrapping_add)
}
