//! Totals, beside std's `scan`.

use proptest::prelude::*;
use tarae::iter::accumulate_from;

proptest! {
    #[test]
    fn totals_from_a_first_one(list in proptest::collection::vec(0..9_u64, 0..40), initial in 0..9_u64) {
        let scanned = list.iter().scan(initial, |total, x| {
            *total = total.wrapping_mul(3).wrapping_add(*x);
            Some(*total)
        });
        let expected: Vec<u64> = std::iter::once(initial).chain(scanned).collect();
        let totals = || accumulate_from(initial, &list, |total: &u64, x| total.wrapping_mul(3).wrapping_add(*x));
        prop_assert_eq!(totals().collect::<Vec<_>>(), expected.clone());
        prop_assert!(totals().eq(expected));
    }
}
