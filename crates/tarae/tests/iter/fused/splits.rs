//! split_at, split_before, split_after, split_when, divide.

use std::num::NonZeroUsize;

use crate::support::{check_ended, hiccup};
use tarae::iter::{divide, split_after, split_at, split_before, split_when};

#[test]
fn splits_stay_at_their_end_whatever_the_source_does() {
    let two = |x: &u8| *x == 2;
    for n in [0, 1, 2, usize::MAX] {
        check_ended(split_at(hiccup(), two).max_splits(n));
        check_ended(split_at(hiccup(), two).max_splits(n).keep_separator());
        check_ended(split_before(hiccup(), two).max_splits(n));
        check_ended(split_after(hiccup(), two).max_splits(n));
        check_ended(split_when(hiccup(), |a, b| a != b).max_splits(n));
    }
    check_ended(split_at(hiccup(), two));
    check_ended(split_before(hiccup(), two));
    check_ended(split_after(hiccup(), two));
    check_ended(split_when(hiccup(), |a, b| a != b));
    assert!(split_after(hiccup(), two).eq([[1, 1, 2]]));
}

#[test]
fn parts_stay_at_their_end() {
    for n in 1..5 {
        let n = NonZeroUsize::new(n).unwrap();
        check_ended(divide(n, hiccup()));
        let mut parts = divide(n, hiccup());
        while parts.next_back().is_some() {}
        assert!(parts.next_back().is_none());
        check_ended(parts);
    }
}
