//! Running totals, collected.

use super::{Rows, items, mix, rows};
use std::hint::black_box;

pub const ROWS: Rows = rows![hand_map hand_push collect scan];

/// The totals must be there; their number and the last one are the answer.
fn looked_at(totals: Vec<u64>) -> u64 {
    let totals = black_box(totals);
    mix(totals.len() as u64, totals.last().copied().unwrap_or(0))
}

/// `map` with a total beside it: the collection knows from it how many come.
#[inline(never)]
pub fn hand_map(numbers: &[u64]) -> u64 {
    let mut total = 0;
    let totals = items!(numbers).map(|item| {
        total += item;
        total
    });
    looked_at(totals.collect())
}

#[inline(never)]
pub fn hand_push(numbers: &[u64]) -> u64 {
    let mut totals = Vec::with_capacity(numbers.len());
    let mut total = 0;
    for item in numbers {
        total += item;
        totals.push(total);
    }
    looked_at(totals)
}

#[inline(never)]
pub fn collect(numbers: &[u64]) -> u64 {
    looked_at(tarae::iter::accumulate(items!(numbers), |total, item| total + item).collect())
}

#[inline(never)]
pub fn scan(numbers: &[u64]) -> u64 {
    let totals = items!(numbers).scan(0, |total, item| {
        *total += item;
        Some(*total)
    });
    looked_at(totals.collect())
}
