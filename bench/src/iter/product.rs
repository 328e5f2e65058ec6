//! All ways to choose three items, in order and with repetition.

use super::{Rows, drain, hash, hash_by_fold, hash_by_next, items, rows};
use itertools::{Itertools, iproduct};
use std::hint::black_box;

pub const ROWS: Rows = rows![
    hand fold next slices_fold slices_next
    multi_cartesian_fold multi_cartesian_next iproduct_fold iproduct_next
];

#[inline(never)]
pub fn hand(pool: &[u64]) -> u64 {
    let mut sum = 0;
    for a in pool {
        for b in pool {
            for c in pool {
                sum ^= hash(&[*a, *b, *c]);
            }
        }
    }
    sum
}

#[inline(never)]
pub fn fold(pool: &[u64]) -> u64 {
    hash_by_fold!(tarae::iter::product::<3, _>(items!(pool)))
}

#[inline(never)]
pub fn next(pool: &[u64]) -> u64 {
    hash_by_next!(tarae::iter::product::<3, _>(items!(pool)))
}

/// How many are chosen is known when running; each is lent.
#[inline(never)]
pub fn slices_fold(pool: &[u64]) -> u64 {
    tarae::iter::product_slices(items!(pool), black_box(3)).map_slices(hash).fold(0, |sum, hash| sum ^ hash)
}

#[inline(never)]
pub fn slices_next(pool: &[u64]) -> u64 {
    let mut chosen = tarae::iter::product_slices(items!(pool), black_box(3));
    let mut sum = 0;
    while let Some(slice) = chosen.next_slice() {
        sum ^= hash(slice);
    }
    sum
}

/// How many are chosen is known when running; each is a `Vec`.
macro_rules! multi_cartesian {
    ($pool:expr, $n:expr) => {
        (0..black_box($n)).map(|_| items!($pool)).multi_cartesian_product()
    };
}

#[inline(never)]
pub fn multi_cartesian_fold(pool: &[u64]) -> u64 {
    hash_by_fold!(multi_cartesian!(pool, 3))
}

#[inline(never)]
pub fn multi_cartesian_next(pool: &[u64]) -> u64 {
    hash_by_next!(multi_cartesian!(pool, 3))
}

/// As many loops as are written down.
#[inline(never)]
pub fn iproduct_fold(pool: &[u64]) -> u64 {
    hash_by_fold!(iproduct!(items!(pool), items!(pool), items!(pool)).map(|(a, b, c)| [a, b, c]))
}

#[inline(never)]
pub fn iproduct_next(pool: &[u64]) -> u64 {
    hash_by_next!(iproduct!(items!(pool), items!(pool), items!(pool)).map(|(a, b, c)| [a, b, c]))
}

/// Four, made and dropped.
pub mod drain {
    use super::*;

    pub const ROWS: Rows = rows![hand ours multi_cartesian];

    #[inline(never)]
    pub fn hand(pool: &[u64]) -> u64 {
        let mut made = 0;
        for a in pool {
            for b in pool {
                for c in pool {
                    for d in pool {
                        black_box(&[*a, *b, *c, *d]);
                        made += 1;
                    }
                }
            }
        }
        made
    }

    #[inline(never)]
    pub fn ours(pool: &[u64]) -> u64 {
        drain!(tarae::iter::product::<4, _>(items!(pool)))
    }

    #[inline(never)]
    pub fn multi_cartesian(pool: &[u64]) -> u64 {
        drain!(multi_cartesian!(pool, 4))
    }
}
