//! Eight at a time, each eight summed.

use super::{Rows, add, items, rows};
use itertools::Itertools;
use std::hint::black_box;
use std::num::NonZeroUsize;
use tarae::iter::{batched, batched_array};

pub const ROWS: Rows = rows![
    slice_as_chunks vec_next vec_fold array_next array_fold
    chunks chunks_sum next_array tuples
];

/// Sums eights, a step at a time.
macro_rules! by_next {
    ($batches:expr) => {{
        let mut sum = 0;
        for batch in $batches {
            sum = add(sum, batch.iter().sum());
        }
        sum
    }};
}

/// The same by `fold`.
macro_rules! by_fold {
    ($batches:expr) => {
        $batches.fold(0, |sum, batch| add(sum, batch.iter().sum()))
    };
}

/// std's, which needs all of it in memory.
#[inline(never)]
pub fn slice_as_chunks(numbers: &[u64]) -> u64 {
    by_next!(numbers.as_chunks::<8>().0)
}

/// The size is known when running.
macro_rules! batched {
    ($numbers:expr) => {
        batched(items!($numbers), black_box(const { NonZeroUsize::new(8).unwrap() }))
    };
}

#[inline(never)]
pub fn vec_next(numbers: &[u64]) -> u64 {
    by_next!(batched!(numbers))
}

#[inline(never)]
pub fn vec_fold(numbers: &[u64]) -> u64 {
    by_fold!(batched!(numbers))
}

#[inline(never)]
pub fn array_next(numbers: &[u64]) -> u64 {
    by_next!(batched_array::<8, _>(items!(numbers)))
}

#[inline(never)]
pub fn array_fold(numbers: &[u64]) -> u64 {
    by_fold!(batched_array::<8, _>(items!(numbers)))
}

#[inline(never)]
pub fn chunks(numbers: &[u64]) -> u64 {
    by_next!(items!(numbers).chunks(black_box(8)).into_iter().map(Vec::from_iter))
}

/// The same without the `Vec`.
#[inline(never)]
pub fn chunks_sum(numbers: &[u64]) -> u64 {
    let mut sum = 0;
    for chunk in &items!(numbers).chunks(black_box(8)) {
        sum = add(sum, chunk.sum());
    }
    sum
}

#[inline(never)]
pub fn next_array(numbers: &[u64]) -> u64 {
    let mut numbers = items!(numbers);
    by_next!(std::iter::from_fn(|| numbers.next_array::<8>()))
}

#[inline(never)]
pub fn tuples(numbers: &[u64]) -> u64 {
    by_next!(items!(numbers).tuples().map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h]))
}
