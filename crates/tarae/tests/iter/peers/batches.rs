//! Batches, beside itertools' and slices'.

use std::num::NonZeroUsize;

use itertools::Itertools;
use proptest::prelude::*;
use tarae::iter::{batched, batched_array};

proptest! {
    #[test]
    fn batches(list in proptest::collection::vec(0..9_u8, 0..200), n in 1..40_usize) {
        let size = NonZeroUsize::new(n).unwrap();
        let expected: Vec<Vec<u8>> = list.iter().copied().chunks(n).into_iter().map(Vec::from_iter).collect();
        prop_assert!(batched(list.iter().copied(), size).eq(expected.iter().cloned()));
        // Some are promised, some not, so that a fold has to change over in the middle.
        let half = list.len() / 2;
        let source = || list[..half].iter().copied().chain(list[half..].iter().copied().filter(|_| true));
        let mut folded = Vec::new();
        batched(source(), size).for_each(|batch| folded.push(batch));
        prop_assert_eq!(&folded, &expected);
        prop_assert!(batched(source(), size).eq(expected.iter().cloned()));
    }

    #[test]
    fn arrays(list in proptest::collection::vec(0..9_u8, 0..200)) {
        let (expected, rest) = list.as_chunks::<7>();
        let half = list.len() / 2;
        let source = || list[..half].iter().copied().chain(list[half..].iter().copied().filter(|_| true));
        let mut folded = Vec::new();
        batched_array::<7, _>(source()).for_each(|batch| folded.push(batch));
        prop_assert_eq!(&folded, expected);
        let mut batches = batched_array::<7, _>(source());
        prop_assert!(batches.by_ref().eq(expected.iter().copied()));
        prop_assert_eq!(batches.remainder(), rest);
        let last = batched_array::<7, _>(source()).strict().last();
        prop_assert_eq!(last.and_then(Result::err).map_or(Vec::new(), |error| error.into_items()), rest);
    }
}
