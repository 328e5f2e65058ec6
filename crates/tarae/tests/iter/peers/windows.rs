//! Windows, beside itertools' and those of slices.

use std::num::NonZeroUsize;

use itertools::Itertools;
use proptest::prelude::*;
use tarae::iter::{pairwise, sliding, windowed};

proptest! {
    #[test]
    fn pairwise_and_sliding(list in proptest::collection::vec(0..9_u8, 0..40)) {
        let items = || list.iter().copied();
        prop_assert!(pairwise(items()).eq(Itertools::array_windows(items()).map(|[a, b]| (a, b))));
        prop_assert!(sliding::<1, _>(items()).eq(Itertools::array_windows::<1>(items())));
        prop_assert!(sliding::<3, _>(items()).eq(Itertools::array_windows::<3>(items())));
        prop_assert!(sliding::<8, _>(items()).eq(Itertools::array_windows::<8>(items())));
    }

    #[test]
    fn whole_windows(list in proptest::collection::vec(0..9_u8, 0..400), n in 1..40_usize, step in 1..40_usize) {
        let (size, every) = (NonZeroUsize::new(n).unwrap(), NonZeroUsize::new(step).unwrap());
        let windows = || windowed(list.iter().copied(), size, every);
        let mut folded = Vec::new();
        windows().collect_windows().for_each(|w| folded.push(w));
        prop_assert!(folded.iter().eq(list.windows(n).step_by(step)));
        prop_assert!(windows().collect_windows().eq(list.windows(n).step_by(step)));
    }

    /// With `partial` each item is in a window, unless it is between two.
    #[test]
    fn partial_windows(len in 0..100_usize, n in 1..12_usize, step in 1..12_usize) {
        let (size, every) = (NonZeroUsize::new(n).unwrap(), NonZeroUsize::new(step).unwrap());
        let mut seen = vec![false; len];
        let mut number = 0;
        windowed(0..len, size, every).partial().map_windows(<[usize]>::to_vec).for_each(|window| {
            assert!(!window.is_empty() && window.len() <= n);
            assert!(window.iter().copied().eq(number * step..number * step + window.len()));
            assert!(window.iter().any(|x| !seen[*x]), "{window:?} has nothing new");
            window.iter().for_each(|x| seen[*x] = true);
            number += 1;
        });
        for (x, seen) in seen.into_iter().enumerate() {
            prop_assert_eq!(seen, x % step < n);
        }
    }
}
