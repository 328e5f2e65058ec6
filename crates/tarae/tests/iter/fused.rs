//! After the end comes the end.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use crate::support::{check_ended, hiccup};
use std::iter::FusedIterator;
use std::time::Duration;

use tarae::iter::{accumulate, accumulate_from, count, filterfalse, groupby, product};

#[test]
fn sources_stay_at_their_end() {
    check_ended(count(0_u8, 100));
    check_ended(count(0_i8, -100));
    check_ended(count(Duration::ZERO, Duration::MAX));
    check_ended(product::<0, _>(0..3));
    check_ended(product::<1, _>(0..3));
    check_ended(product::<3, _>(0..3));
    check_ended(product::<3, _>(0..0));
    check_ended(product::<3, _>(hiccup()));
}

#[test]
fn groups_stay_at_their_end_whatever_the_source_does() {
    check_ended(groupby(hiccup(), |x| *x).collect_groups());
    check_ended(groupby(hiccup(), |x| *x).fold_groups(|_| 0, |sum, x| sum + x));

    let mut groups = groupby(hiccup(), |x| *x);
    assert!(groups.next_group().is_some());
    let mut last = groups.next_group().unwrap();
    assert_eq!(last.next(), Some(2));
    check_ended(last);
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
    check_ended(groups.next_group().unwrap());
    let mut second = groups.next_group().unwrap();
    assert_eq!(second.next(), Some(2));
    check_ended(second);
}

#[test]
fn adaptors_of_fused_sources_are_fused() {
    check_ended(accumulate([1, 2, 3], |a, x| a + x));
    let mut odd = filterfalse(|x| x % 2 == 0, [1, 2, 3]);
    fn is_fused(_: &impl FusedIterator) {}
    is_fused(&odd);
    assert_eq!(odd.by_ref().count(), 2);
    assert_eq!(odd.next(), None);
}

#[test]
fn totals_of_fused_sources_are_fused() {
    check_ended(accumulate_from(1, [1, 2, 3], |a, x| a + x));
    check_ended(accumulate_from(1, [0; 0], |a, x| a + x));
}
