//! After the end comes the end.

use std::iter::FusedIterator;
use std::time::Duration;

use tarae::iter::{accumulate, count, filterfalse, groupby, product};

/// Gives 1, 1, 2, then nothing, and then 2, 3 and nothing again.
fn hiccup() -> impl Iterator<Item = u8> {
    let mut answers = [Some(1), Some(1), Some(2), None, Some(2), Some(3)].into_iter();
    std::iter::from_fn(move || answers.next().flatten())
}

fn check(mut it: impl FusedIterator) {
    while it.next().is_some() {}
    for _ in 0..3 {
        assert!(it.next().is_none());
        assert!(it.nth(2).is_none());
        assert_eq!(it.size_hint(), (0, Some(0)));
    }
    assert_eq!(it.count(), 0);
}

#[test]
fn sources_stay_at_their_end() {
    check(count(0_u8, 100));
    check(count(0_i8, -100));
    check(count(Duration::ZERO, Duration::MAX));
    check(product::<0, _>(0..3));
    check(product::<1, _>(0..3));
    check(product::<3, _>(0..3));
    check(product::<3, _>(0..0));
    check(product::<3, _>(hiccup()));
}

#[test]
fn groups_stay_at_their_end_whatever_the_source_does() {
    check(groupby(hiccup(), |x| *x).collect_groups());
    check(groupby(hiccup(), |x| *x).fold_groups(|_| 0, |sum, x| sum + x));

    let mut groups = groupby(hiccup(), |x| *x);
    assert!(groups.next_group().is_some());
    let mut last = groups.next_group().unwrap();
    assert_eq!(last.next(), Some(2));
    check(last);
    assert!(groups.next_group().is_none());
    assert!(groups.next_group().is_none());

    // The end found while skipping counts as well.
    let mut groups = groupby(hiccup(), |x| *x);
    while groups.next_group().is_some() {}
    assert!(groups.next_group().is_none());
}

#[test]
fn a_group_stays_at_its_end() {
    let mut groups = groupby([1, 1, 2, 2], |x| *x);
    check(groups.next_group().unwrap());
    let mut second = groups.next_group().unwrap();
    assert_eq!(second.next(), Some(2));
    check(second);
}

#[test]
fn adaptors_of_fused_sources_are_fused() {
    check(accumulate([1, 2, 3], |a, x| a + x));
    let mut odd = filterfalse(|x| x % 2 == 0, [1, 2, 3]);
    fn is_fused(_: &impl FusedIterator) {}
    is_fused(&odd);
    assert_eq!(odd.by_ref().count(), 2);
    assert_eq!(odd.next(), None);
}
