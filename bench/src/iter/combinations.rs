//! Choosing four of many, without order.

use super::{Rows, drain, hash, hash_by_fold, hash_by_next, items, rows};
use itertools::Itertools;
use std::hint::black_box;
use tarae::iter::{combination_slices, combinations};

pub const ROWS: Rows = rows![
    hand fold next slices_fold slices_next
    array_combinations_fold array_combinations_next combinations_vec_fold combinations_vec_next
];

/// Calls a closure with each four.
macro_rules! by_hand {
    ($pool:ident, |$chosen:ident| $then:expr) => {
        for (i, a) in $pool.iter().enumerate() {
            for (j, b) in $pool.iter().enumerate().skip(i + 1) {
                for (k, c) in $pool.iter().enumerate().skip(j + 1) {
                    for d in &$pool[k + 1..] {
                        let $chosen = [*a, *b, *c, *d];
                        $then;
                    }
                }
            }
        }
    };
}

#[inline(never)]
pub fn hand(pool: &[u64]) -> u64 {
    let mut sum = 0;
    by_hand!(pool, |chosen| sum ^= hash(&chosen));
    sum
}

#[inline(never)]
pub fn fold(pool: &[u64]) -> u64 {
    hash_by_fold!(combinations::<4, _>(items!(pool)))
}

#[inline(never)]
pub fn next(pool: &[u64]) -> u64 {
    hash_by_next!(combinations::<4, _>(items!(pool)))
}

/// How many are chosen is known when running; each is lent.
#[inline(never)]
pub fn slices_fold(pool: &[u64]) -> u64 {
    combination_slices(items!(pool), black_box(4)).map_slices(hash).fold(0, |sum, hash| sum ^ hash)
}

#[inline(never)]
pub fn slices_next(pool: &[u64]) -> u64 {
    let mut chosen = combination_slices(items!(pool), black_box(4));
    let mut sum = 0;
    while let Some(slice) = chosen.next_slice() {
        sum ^= hash(slice);
    }
    sum
}

#[inline(never)]
pub fn array_combinations_fold(pool: &[u64]) -> u64 {
    hash_by_fold!(items!(pool).array_combinations::<4>())
}

#[inline(never)]
pub fn array_combinations_next(pool: &[u64]) -> u64 {
    hash_by_next!(items!(pool).array_combinations::<4>())
}

/// How many are chosen is known when running; each is a `Vec`.
#[inline(never)]
pub fn combinations_vec_fold(pool: &[u64]) -> u64 {
    hash_by_fold!(items!(pool).combinations(black_box(4)))
}

#[inline(never)]
pub fn combinations_vec_next(pool: &[u64]) -> u64 {
    hash_by_next!(items!(pool).combinations(black_box(4)))
}

/// Made and dropped.
pub mod drain {
    use super::*;

    pub const ROWS: Rows = rows![hand ours array_combinations combinations_vec];

    #[inline(never)]
    pub fn hand(pool: &[u64]) -> u64 {
        let mut made = 0;
        by_hand!(pool, |chosen| {
            black_box(&chosen);
            made += 1;
        });
        made
    }

    #[inline(never)]
    pub fn ours(pool: &[u64]) -> u64 {
        drain!(combinations::<4, _>(items!(pool)))
    }

    #[inline(never)]
    pub fn array_combinations(pool: &[u64]) -> u64 {
        drain!(items!(pool).array_combinations::<4>())
    }

    #[inline(never)]
    pub fn combinations_vec(pool: &[u64]) -> u64 {
        drain!(items!(pool).combinations(black_box(4)))
    }
}
