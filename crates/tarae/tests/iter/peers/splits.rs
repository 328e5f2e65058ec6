//! split_at, split_before, split_after, split_when, divide.

use std::num::NonZeroUsize;

use proptest::prelude::*;

use tarae::iter::{divide, split_after, split_at, split_before, split_when};

fn zero(x: &u8) -> bool {
    *x == 0
}

proptest! {
    #[test]
    fn splits_are_those_of_slices(items in prop::collection::vec(0_u8..4, 0..40), n in 0_usize..6) {
        let lists = || items.iter().copied();
        prop_assert!(split_at(lists(), zero).eq(items.split(zero)));
        prop_assert!(split_at(lists(), zero).max_splits(n).eq(items.splitn(n + 1, zero)));
        prop_assert!(split_after(lists(), zero).eq(items.split_inclusive(zero)));
        prop_assert!(split_when(lists(), |a, b| a > b).eq(items.chunk_by(|a, b| a <= b)));
        prop_assert!(split_before(lists(), zero).eq(items.chunk_by(|_, b| *b != 0)));
    }

    #[test]
    fn a_limit_joins_the_last_lists(items in prop::collection::vec(0_u8..4, 0..40), n in 0_usize..6) {
        fn joined(lists: impl Iterator<Item = Vec<u8>>, n: usize) -> Vec<Vec<u8>> {
            let mut lists: Vec<Vec<u8>> = lists.collect();
            if lists.len() > n {
                let rest = lists.split_off(n).concat();
                lists.push(rest);
            }
            lists
        }
        let source = || items.iter().copied();
        prop_assert!(split_before(source(), zero).max_splits(n).eq(joined(split_before(source(), zero), n)));
        prop_assert!(split_after(source(), zero).max_splits(n).eq(joined(split_after(source(), zero), n)));
        let falls = |a: &u8, b: &u8| a > b;
        prop_assert!(split_when(source(), falls).max_splits(n).eq(joined(split_when(source(), falls), n)));
        let whole = split_at(source(), zero).keep_separator();
        prop_assert!(whole.flatten().eq(source()));
    }

    #[test]
    fn parts_are_even_and_leave_nothing_out(items: Vec<u8>, n in 1_usize..20) {
        let parts: Vec<Vec<u8>> = divide(NonZeroUsize::new(n).unwrap(), items.iter().copied()).collect();
        prop_assert_eq!(parts.len(), n);
        prop_assert_eq!(parts.concat(), &*items);
        prop_assert!(parts.is_sorted_by(|a, b| a.len() == b.len() || a.len() == b.len() + 1));
        prop_assert!(parts[0].len() - parts[n - 1].len() <= 1);
    }
}
