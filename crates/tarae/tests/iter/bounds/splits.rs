//! split_at, split_before, split_after, split_when, divide.

use std::iter::{empty, repeat};
use std::num::NonZeroUsize;

use tarae::iter::{divide, split_after, split_at, split_before, split_when};

#[test]
fn how_many_lists_is_not_made_up() {
    let longest = || 1..=usize::MAX;
    let never = |_: &usize| false;
    assert_eq!(split_at(longest(), never).size_hint(), (1, None));
    assert_eq!(split_at(longest(), never).keep_separator().size_hint(), (1, None));
    assert_eq!(split_at(longest(), never).max_splits(usize::MAX).size_hint(), (1, None));
    assert_eq!(split_at(longest(), never).max_splits(2).size_hint(), (1, Some(3)));
    assert_eq!(split_at(repeat(1), never).max_splits(2).size_hint(), (1, Some(3)));
    let half = usize::MAX / 2;
    assert_eq!(split_at(1..=half, never).keep_separator().size_hint(), (1, Some(usize::MAX)));
    assert_eq!(split_before(longest(), never).size_hint(), (1, Some(usize::MAX)));
    assert_eq!(split_before(repeat(1), never).max_splits(usize::MAX).size_hint(), (1, None));
    assert_eq!(split_before(repeat(1), never).max_splits(usize::MAX - 1).size_hint(), (1, Some(usize::MAX)));
    assert_eq!(split_after(repeat(1), never).size_hint(), (1, None));
    let mut when = split_when(longest().chain([1, 2]), |_, _| true);
    assert_eq!(when.size_hint(), (1, None));
    when.next();
    assert_eq!(when.size_hint(), (1, None));
}

#[test]
fn as_many_parts_as_can_be_told() {
    let mut parts = divide(NonZeroUsize::MAX, 0..3);
    assert_eq!(parts.len(), usize::MAX);
    assert_eq!(parts.next(), Some(vec![0]));
    assert_eq!(parts.next_back(), Some(vec![]));
    assert_eq!(parts.len(), usize::MAX - 2);
    assert_eq!(parts.nth(1), Some(vec![2]));
    assert_eq!(parts.nth(usize::MAX - 5), Some(vec![]));
    assert_eq!(parts.next(), None);
    assert_eq!(divide(NonZeroUsize::MAX, empty::<u8>()).nth(usize::MAX - 1), Some(vec![]));
    assert_eq!(divide(NonZeroUsize::MAX, empty::<u8>()).nth(usize::MAX), None);
    assert_eq!(divide(NonZeroUsize::MIN, 0..3).nth(usize::MAX), None);
}

/// They have no size, and so are counted without a loop.
#[test]
#[cfg_attr(debug_assertions, ignore = "a loop that nobody has optimised walks through all of them")]
fn as_many_items_as_there_can_be() {
    let mut parts = divide(NonZeroUsize::new(2).unwrap(), std::iter::repeat_n((), usize::MAX));
    assert_eq!(parts.nth(1).map(|part| part.len()), Some(usize::MAX / 2));
    let mut whole = divide(NonZeroUsize::MIN, std::iter::repeat_n((), usize::MAX));
    assert_eq!(whole.next().map(|part| part.len()), Some(usize::MAX));
}
