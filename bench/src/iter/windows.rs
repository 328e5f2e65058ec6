//! Each item with those that follow it: how far the last is from the first.

use super::{Rows, add, items, rows};
use itertools::Itertools;
use tarae::iter::{pairwise, sliding};

/// Sums differences, a step at a time.
macro_rules! by_next {
    ($differences:expr) => {{
        let mut sum = 0;
        for difference in $differences {
            sum = add(sum, difference);
        }
        sum
    }};
}

/// The same by `fold`.
macro_rules! by_fold {
    ($differences:expr) => {
        $differences.fold(0, add)
    };
}

/// What all sizes have: how many, and the pattern of a window that names the first and the last.
macro_rules! of_n {
    ($n:literal, ($($window:pat),*) => $difference:expr) => {
        #[inline(never)]
        pub fn slice_windows(numbers: &[u64]) -> u64 {
            let mut sum = 0;
            for window in numbers.windows($n) {
                sum = add(sum, window[$n - 1].wrapping_sub(window[0]));
            }
            sum
        }

        #[inline(never)]
        pub fn sliding_next(numbers: &[u64]) -> u64 {
            by_next!(sliding::<$n, _>(items!(numbers)).map(|[$($window),*]| $difference))
        }

        #[inline(never)]
        pub fn sliding_fold(numbers: &[u64]) -> u64 {
            by_fold!(sliding::<$n, _>(items!(numbers)).map(|[$($window),*]| $difference))
        }

        #[inline(never)]
        pub fn array_windows_next(numbers: &[u64]) -> u64 {
            let windows = Itertools::array_windows::<$n>(items!(numbers));
            by_next!(windows.map(|[$($window),*]| $difference))
        }

        #[inline(never)]
        pub fn array_windows_fold(numbers: &[u64]) -> u64 {
            let windows = Itertools::array_windows::<$n>(items!(numbers));
            by_fold!(windows.map(|[$($window),*]| $difference))
        }
    };
}

pub mod two {
    use super::*;

    pub const ROWS: Rows = rows![
        slice_windows pairwise_next pairwise_fold sliding_next sliding_fold
        array_windows_next array_windows_fold
    ];

    of_n!(2, (a, b) => b.wrapping_sub(a));

    #[inline(never)]
    pub fn pairwise_next(numbers: &[u64]) -> u64 {
        by_next!(pairwise(items!(numbers)).map(|(a, b)| b.wrapping_sub(a)))
    }

    #[inline(never)]
    pub fn pairwise_fold(numbers: &[u64]) -> u64 {
        by_fold!(pairwise(items!(numbers)).map(|(a, b)| b.wrapping_sub(a)))
    }
}

pub mod five {
    use super::*;

    pub const ROWS: Rows =
        rows![slice_windows sliding_next sliding_fold array_windows_next array_windows_fold];

    of_n!(5, (a, _, _, _, e) => e.wrapping_sub(a));
}
