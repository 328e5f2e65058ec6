//! Generators and coroutines.
//!
//! Every function here is one row of a table: it is never inlined into what measures it, takes how many items are to be
//! made, and returns an answer that the caller asserts. Each item goes through [`black_box`](std::hint::black_box), so
//! that it must be made.
//!
//! A peer is one more function in the same file, named for the peer.

pub mod counting;
pub mod creation;
pub mod delegation;
pub mod send;
pub mod stream;
pub mod tree;
pub mod words;

/// Sums what an iterator yields, a step at a time.
macro_rules! sum {
    ($items:expr) => {{
        let mut sum = 0u64;
        for item in $items {
            sum = sum.wrapping_add(::std::hint::black_box(item));
        }
        sum
    }};
}
use sum;

/// Sums what an iterator yields, by its `fold`.
macro_rules! sum_by_fold {
    ($items:expr) => {
        $items.fold(0u64, |sum, item| sum.wrapping_add(::std::hint::black_box(item)))
    };
}
use sum_by_fold;

/// What every peer runs that counts: hands out `1..=to` by an expression that yields.
macro_rules! count_to {
    ($to:expr, |$at:ident| $yield:expr) => {{
        let mut $at = 0;
        while $at < $to {
            $at += 1;
            $yield;
        }
    }};
}
use count_to;

/// The sum of `1..=n`: what most rows must answer.
pub fn sum_to(n: u64) -> u64 {
    n * (n + 1) / 2
}
