//! A source read twice, once a thousand items behind: each item with the one that many before it.

use super::{Rows, items, mix, rows};
use itertools::Itertools;
use std::collections::VecDeque;

const LAG: usize = 1000;

pub const ROWS: Rows = rows![hand_deque fold next itertools_fold itertools_next];

#[inline(never)]
pub fn hand_deque(numbers: &[u64]) -> u64 {
    let mut between = VecDeque::with_capacity(LAG + 1);
    let mut sum = 0;
    for item in items!(numbers) {
        between.push_back(item);
        if between.len() > LAG
            && let Some(earlier) = between.pop_front()
        {
            sum = mix(sum, item + earlier);
        }
    }
    sum
}

/// Two readers, one of them ahead.
macro_rules! pairs {
    ($ahead:ident, $behind:ident) => {{
        let mut ahead = $ahead;
        ahead.nth(LAG - 1);
        ahead.zip($behind)
    }};
}

/// Sums pairs, a step at a time.
macro_rules! by_next {
    ($pairs:expr) => {{
        let mut sum = 0;
        for (item, earlier) in $pairs {
            sum = mix(sum, item + earlier);
        }
        sum
    }};
}

/// The same by `fold`.
macro_rules! by_fold {
    ($pairs:expr) => {
        $pairs.fold(0, |sum, (item, earlier)| mix(sum, item + earlier))
    };
}

#[inline(never)]
pub fn fold(numbers: &[u64]) -> u64 {
    let [ahead, behind] = tarae::iter::tee::<2, _>(items!(numbers));
    by_fold!(pairs!(ahead, behind))
}

#[inline(never)]
pub fn next(numbers: &[u64]) -> u64 {
    let [ahead, behind] = tarae::iter::tee::<2, _>(items!(numbers));
    by_next!(pairs!(ahead, behind))
}

#[inline(never)]
pub fn itertools_fold(numbers: &[u64]) -> u64 {
    let (ahead, behind) = items!(numbers).tee();
    by_fold!(pairs!(ahead, behind))
}

#[inline(never)]
pub fn itertools_next(numbers: &[u64]) -> u64 {
    let (ahead, behind) = items!(numbers).tee();
    by_next!(pairs!(ahead, behind))
}
