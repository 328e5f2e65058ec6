//! More choices than any integer can say.

use std::num::NonZeroUsize;
use std::ops::Bound;
use tarae::iter::{
    combination_slices, combination_with_replacement_slices, combinations, permutation_slices, permutations,
    product, product_slices,
};

const MANY: (usize, Option<usize>) = (usize::MAX, None);

#[test]
fn what_does_not_fit_is_at_least_the_most_that_does() {
    let mut all = permutations::<40, _>(0..40);
    assert_eq!((all.size_hint(), all.remaining()), (MANY, None));
    assert_eq!(all.next().map(|first| first[39]), Some(39));
    assert_eq!((all.size_hint(), all.remaining()), (MANY, None));
    // More than a usize, but not than a u128.
    let mut some = combinations::<40, _>(0..100);
    assert_eq!((some.size_hint(), some.remaining()), (MANY, Some(13_746_234_145_802_811_501_267_369_720)));
    some.next();
    assert_eq!((some.size_hint(), some.remaining()), (MANY, Some(13_746_234_145_802_811_501_267_369_719)));
    assert_eq!(product_slices(0..2, 128).remaining(), None);
    assert_eq!(product_slices(0..2, 127).remaining(), Some(1 << 127));
    assert_eq!(product::<128, _>(0..2).size_hint(), MANY);
}

#[test]
fn a_jump_goes_as_far_as_there_is_a_number() {
    let last = product_slices(0..2, 128).nth_slice(u128::MAX).map(|bits| bits.iter().sum::<usize>());
    assert_eq!(last, Some(128));
    // 2^128 and on have no number, but they come.
    let mut beyond = product_slices(0..2, 129).range(u128::MAX..);
    assert_eq!(beyond.next_slice().map(|bits| bits[0]), Some(0));
    assert_eq!(beyond.next_slice().map(|bits| (bits[0], bits[1..].iter().sum())), Some((1, 0)));
    assert_eq!(beyond.remaining(), None);
    assert_eq!(beyond.nth_slice(u128::MAX), None);
    assert_eq!(permutation_slices(0..200, 100).nth_slice(u128::MAX).map(<[i32]>::len), Some(100));
    assert_eq!(combination_slices(0..200, 100).nth_slice(u128::MAX).map(<[i32]>::len), Some(100));
    assert_eq!(
        combination_with_replacement_slices(0..200, 100).nth_slice(u128::MAX).map(<[i32]>::len),
        Some(100)
    );
    let none = permutations::<2, _>(0..3).range((Bound::Excluded(u128::MAX), Bound::Unbounded));
    assert_eq!(none.count(), 0);
    assert!(permutations::<1, _>(0..3).range(..=u128::MAX).eq([[0], [1], [2]]));
    #[expect(clippy::reversed_empty_ranges, reason = "an empty range is no mistake")]
    let none = permutations::<1, _>(0..3).range(2..1);
    assert_eq!(none.count(), 0);
}

#[test]
fn parts_of_more_than_can_be_said_have_all() {
    let parts = product_slices(0..2, 200).split(NonZeroUsize::new(3).unwrap());
    let firsts: Vec<Vec<i32>> = parts.filter_map(|mut part| part.next_slice().map(<[i32]>::to_vec)).collect();
    assert!(firsts.is_sorted() && firsts.len() == 3, "{firsts:?}");
    let mut parts = product_slices(0..2, 200).split(NonZeroUsize::new(3).unwrap());
    assert_eq!(parts.next().and_then(|mut part| part.remaining()), Some(u128::MAX / 3));
    assert_eq!(parts.next().and_then(|mut part| part.remaining()), Some(u128::MAX / 2));
    // The last one has the rest, of which no u128 can say how much it is.
    let mut rest = parts.next().unwrap();
    assert_eq!(rest.remaining(), None);
    assert_eq!(
        rest.next_slice().map(<[i32]>::to_vec),
        product_slices(0..2, 200).nth_slice(u128::MAX / 3 + u128::MAX / 2).map(<[i32]>::to_vec)
    );
}

#[test]
fn to_choose_more_than_there_are_asks_for_no_memory() {
    assert_eq!(combination_slices(0..3, usize::MAX).next_slice(), None);
    assert_eq!(permutation_slices(0..3, usize::MAX).remaining(), Some(0));
    assert_eq!(product_slices(0..0, usize::MAX).next_slice(), None);
    assert_eq!(combination_with_replacement_slices(0..0, usize::MAX).next_slice(), None);
}

/// What has no number is reached by `nth` all the same, as by so many steps.
#[test]
fn nth_goes_on_beyond_all_numbers() {
    let it = product::<130, _>(0..2_u8).range(u128::MAX - 70..);
    assert_eq!(it.clone().nth(80), it.clone().enumerate().find(|(i, _)| *i == 80).map(|(_, bits)| bits));
    assert!(it.clone().nth(80).is_some());
    let mut stepped = it;
    stepped.by_ref().take(100).for_each(drop);
    assert!(stepped.clone().next().is_some() && stepped.nth(64).is_some());
}

/// Where a `u128` ends, `size_hint` promises no more than there is: `collect` would make room for it.
#[test]
fn few_are_left_where_the_numbers_end() {
    let last = product::<128, _>(0..2_u8).range(u128::MAX - 2..);
    assert_eq!((last.size_hint(), last.clone().remaining()), ((3, None), None));
    assert_eq!(last.clone().collect::<Vec<_>>().len(), 3);
    assert_eq!((last.clone().count(), last.last()), (3, Some([1; 128])));
    let last = product_slices(0..2, 128).range(u128::MAX..).collect_slices();
    assert_eq!((last.size_hint(), last.collect::<Vec<_>>()), ((1, None), vec![vec![1; 128]]));
    // Beyond, nothing is known.
    let mut beyond = product::<129, _>(0..2_u8).range(u128::MAX..);
    assert_eq!(beyond.size_hint(), (1, None));
    beyond.next();
    assert!(beyond.next().is_some());
    assert_eq!(beyond.size_hint(), (0, None));
}

/// What has no number is beyond the end of a range, also of a range that would be longer.
#[test]
fn a_range_ends_where_the_numbers_end() {
    let near = || product_slices(0..2, 129).range(u128::MAX - 2..);
    assert_eq!(near().range(..2).remaining(), Some(2));
    for mut few in [near().range(..3), near().range(..=2), near().range(..4), near().range(..u128::MAX)] {
        assert_eq!((few.remaining(), few.clone().collect_slices().count()), (Some(3), 3));
        assert_eq!(few.nth_slice(2).map(|bits| bits.iter().sum::<usize>()), Some(128));
        assert_eq!(few.next_slice(), None);
    }
    assert_eq!(near().range(3..9).next_slice(), None);
    assert_eq!(near().range(2..9).collect_slices().count(), 1);
    let mut all = product::<128, _>(0..2_u8).range(..=u128::MAX);
    assert_eq!((all.size_hint(), all.remaining()), (MANY, None));
    assert_eq!(all.range(u128::MAX..).count(), 1);
}
