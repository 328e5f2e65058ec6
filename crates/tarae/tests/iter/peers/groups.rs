//! Runs of items, beside itertools' `chunk_by` and that of slices.

use itertools::Itertools;
use proptest::prelude::*;
use tarae::iter::groupby;

fn third(x: &u8) -> u8 {
    *x / 3
}

proptest! {
    #[test]
    fn groups_are_chunks(list in proptest::collection::vec(0..9_u8, 0..60)) {
        let chunks = list.iter().copied().chunk_by(third);
        let expected: Vec<(u8, Vec<u8>)> = chunks.into_iter().map(|(key, chunk)| (key, chunk.collect())).collect();
        let groups = || groupby(list.iter().copied(), third);
        prop_assert!(groups().collect_groups().eq(expected.iter().cloned()));
        let mut folded = Vec::new();
        groups().collect_groups().for_each(|group| folded.push(group));
        prop_assert_eq!(&folded, &expected);
        let hash = |sum: u64, x: u8| sum.wrapping_mul(31).wrapping_add(x.into());
        let hashes = expected.iter().map(|(key, group)| (*key, group.iter().copied().fold(7, hash)));
        prop_assert!(groups().fold_groups(|_| 7, hash).eq(hashes));
        prop_assert!(groups().collect_groups().map(|(_, group)| group).eq(list.chunk_by(|a, b| third(a) == third(b))));
    }

    /// Of each group as many items are read as somebody wants, a step at a time or by `fold`.
    #[test]
    fn groups_that_are_left_half_way(
        list in proptest::collection::vec(0..9_u8, 0..60),
        reads in proptest::collection::vec((0..6_usize, any::<bool>()), 60),
    ) {
        let chunks = list.iter().copied().chunk_by(third);
        let mut theirs = chunks.into_iter();
        let mut ours = groupby(list.iter().copied(), third);
        for (n, to_the_end) in reads {
            let (Some(mut group), Some((key, mut chunk))) = (ours.next_group(), theirs.next()) else { break };
            prop_assert_eq!(*group.key(), key);
            prop_assert!(group.by_ref().take(n).eq(chunk.by_ref().take(n)));
            if to_the_end {
                prop_assert_eq!(group.fold(Vec::new(), push), chunk.fold(Vec::new(), push));
            }
        }
        prop_assert!(ours.next_group().is_none() && theirs.next().is_none());
    }
}

fn push(mut items: Vec<u8>, x: u8) -> Vec<u8> {
    items.push(x);
    items
}
