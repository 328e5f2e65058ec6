//! Tee, partition and distribute against the itertools crate and std.

use itertools::Itertools;
use proptest::prelude::*;

use tarae::iter::{distribute, partition, tee};

proptest! {
    // Miri takes a hundred times as long.
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 256 }))]

    /// Two arms read in any order.
    #[test]
    fn tee_is_itertools_tee(items: Vec<String>, turns: Vec<bool>) {
        let [mut a, mut b] = tee(items.clone());
        let (mut c, mut d) = items.into_iter().tee();
        for first in turns {
            if first {
                prop_assert_eq!(a.next(), c.next());
            } else {
                prop_assert_eq!(b.next(), d.next());
            }
            prop_assert_eq!(a.size_hint(), c.size_hint());
            prop_assert_eq!(b.size_hint(), d.size_hint());
        }
        prop_assert!(a.eq(c));
        prop_assert!(b.eq(d));
    }

    #[test]
    fn partition_is_stds_partition(items: Vec<u8>, rest_first: bool) {
        let (even, odd) = partition(|x| x % 2 == 0, items.clone());
        let (c, d): (Vec<u8>, Vec<u8>) = items.into_iter().partition(|x| x % 2 == 0);
        if rest_first {
            prop_assert!(odd.eq(d));
            prop_assert!(even.eq(c));
        } else {
            prop_assert!(even.zip(odd).eq(c.into_iter().zip(d)));
        }
    }

    #[test]
    fn distribute_is_step_by(items: Vec<u8>) {
        let [a, b, c] = distribute(items.clone());
        prop_assert!(c.eq(items.iter().copied().skip(2).step_by(3)));
        prop_assert!(a.eq(items.iter().copied().step_by(3)));
        prop_assert!(b.eq(items.iter().copied().skip(1).step_by(3)));
    }
}
