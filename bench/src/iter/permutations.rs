//! Putting things in order: all nine of nine, and four of many.

use super::{Rows, drain, hash, hash_by_fold, hash_by_next, items, rows};
use itertools::Itertools;
use std::array::from_fn;
use std::hint::black_box;

/// Nine of as many; of fewer there are none.
pub const ROWS: Rows = rows![
    hand_next_permutation hand_values
    fold next slices_fold slices_next
    itertools_fold itertools_next
];

/// Makes the next larger order of `places`, as C++'s `next_permutation` does; false if there is none.
#[inline(always)]
fn permute<T: PartialOrd>(places: &mut [T; 9]) -> bool {
    let mut i = 8;
    while i > 0 && places[i - 1] >= places[i] {
        i -= 1;
    }
    if i == 0 {
        return false;
    }
    let mut j = 8;
    while places[j] <= places[i - 1] {
        j -= 1;
    }
    places.swap(i - 1, j);
    places[i..].reverse();
    true
}

/// By the places of the items, which need not be comparable: what ours does.
macro_rules! by_places {
    ($pool:ident, |$order:ident| $then:expr) => {
        if let Ok($pool) = <&[u64; 9]>::try_from($pool) {
            let mut places: [usize; 9] = from_fn(|i| i);
            loop {
                let $order: [u64; 9] = from_fn(|i| $pool[places[i]]);
                $then;
                if !permute(&mut places) {
                    break;
                }
            }
        }
    };
}

#[inline(never)]
pub fn hand_next_permutation(pool: &[u64]) -> u64 {
    let mut sum = 0;
    by_places!(pool, |order| sum ^= hash(&order));
    sum
}

/// The items themselves, in place: right only for those that are distinct and ascending.
#[inline(never)]
pub fn hand_values(pool: &[u64]) -> u64 {
    let mut sum = 0;
    if let Ok(mut order) = <[u64; 9]>::try_from(pool) {
        loop {
            sum ^= hash(&order);
            if !permute(&mut order) {
                break;
            }
        }
    }
    sum
}

/// Ours and itertools', of any number.
macro_rules! of_n {
    ($n:literal) => {
        #[inline(never)]
        pub fn fold(pool: &[u64]) -> u64 {
            hash_by_fold!(tarae::iter::permutations::<$n, _>(items!(pool)))
        }

        #[inline(never)]
        pub fn next(pool: &[u64]) -> u64 {
            hash_by_next!(tarae::iter::permutations::<$n, _>(items!(pool)))
        }

        /// How many are chosen is known when running; each is lent.
        #[inline(never)]
        pub fn slices_fold(pool: &[u64]) -> u64 {
            let hashes = tarae::iter::permutation_slices(items!(pool), black_box($n)).map_slices(hash);
            hashes.fold(0, |sum, hash| sum ^ hash)
        }

        #[inline(never)]
        pub fn slices_next(pool: &[u64]) -> u64 {
            let mut orders = tarae::iter::permutation_slices(items!(pool), black_box($n));
            let mut sum = 0;
            while let Some(slice) = orders.next_slice() {
                sum ^= hash(slice);
            }
            sum
        }

        /// Each is a `Vec`.
        #[inline(never)]
        pub fn itertools_fold(pool: &[u64]) -> u64 {
            hash_by_fold!(items!(pool).permutations(black_box($n)))
        }

        #[inline(never)]
        pub fn itertools_next(pool: &[u64]) -> u64 {
            hash_by_next!(items!(pool).permutations(black_box($n)))
        }
    };
}

of_n!(9);

/// Four of many.
pub mod four {
    use super::*;

    pub const ROWS: Rows = rows![hand fold next slices_fold slices_next itertools_fold itertools_next];

    of_n!(4);

    #[inline(never)]
    pub fn hand(pool: &[u64]) -> u64 {
        let (n, mut sum) = (pool.len(), 0);
        for a in 0..n {
            for b in (0..n).filter(|b| *b != a) {
                for c in (0..n).filter(|c| *c != a && *c != b) {
                    for d in (0..n).filter(|d| *d != a && *d != b && *d != c) {
                        sum ^= hash(&[pool[a], pool[b], pool[c], pool[d]]);
                    }
                }
            }
        }
        sum
    }
}

/// Nine of as many, made and dropped.
pub mod drain {
    use super::*;

    pub const ROWS: Rows = rows![hand_next_permutation ours itertools];

    #[inline(never)]
    pub fn hand_next_permutation(pool: &[u64]) -> u64 {
        let mut made = 0;
        by_places!(pool, |order| {
            black_box(&order);
            made += 1;
        });
        made
    }

    #[inline(never)]
    pub fn ours(pool: &[u64]) -> u64 {
        drain!(tarae::iter::permutations::<9, _>(items!(pool)))
    }

    #[inline(never)]
    pub fn itertools(pool: &[u64]) -> u64 {
        drain!(items!(pool).permutations(black_box(9)))
    }
}
