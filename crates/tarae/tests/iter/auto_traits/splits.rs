//! split_at, split_before, split_after, split_when, divide.

use std::num::NonZeroUsize;

use super::all;
use tarae::iter::{Divide, SplitAfter, SplitAt, SplitBefore, SplitWhen};
use tarae::iter::{divide, split_after, split_at, split_before, split_when};

type Source = std::vec::IntoIter<i32>;
type Predicate = fn(&i32) -> bool;

#[test]
fn they_have_what_their_parts_have_and_can_be_named() {
    let source = || vec![1, 2].into_iter();
    let odd: Predicate = |x| x % 2 == 1;
    let at: SplitAt<Source, Predicate> = split_at(source(), odd).keep_separator().max_splits(2);
    all(&at);
    let before: SplitBefore<Source, Predicate> = split_before(source(), odd).max_splits(2);
    all(&before);
    let after: SplitAfter<Source, Predicate> = split_after(source(), odd).max_splits(2);
    all(&after);
    let when: SplitWhen<Source, fn(&i32, &i32) -> bool> = split_when(source(), |a, b| a > b);
    all(&when);
    let parts: Divide<Source> = divide(NonZeroUsize::MIN, source());
    all(&parts);
}

#[test]
fn half_way_they_show_what_they_hold() {
    let mut lists = split_before([1, 2, 3], |x| *x == 2);
    lists.next();
    let shown = format!("{lists:?}");
    assert!(shown.starts_with("SplitBefore") && shown.contains("list: [2]"), "{shown}");
}
