//! How much is pulled from the source, and when.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use crate::support::counted;
use std::cell::Cell;

use tarae::iter::{IterExt, accumulate, accumulate_from, filterfalse, groupby, product};

#[test]
fn building_pulls_nothing_and_calls_nothing() {
    let pulled = Cell::new(0);
    fn never<T>() -> T {
        panic!("called")
    }
    let _ = accumulate(counted(&pulled), |_, _| never());
    let _ = counted(&pulled).accumulate(|_, _| never());
    let _ = accumulate_from(0, counted(&pulled), |_, _| never());
    let _ = filterfalse(|_| never(), counted(&pulled));
    let _ = product::<3, _>(counted(&pulled));
    let _ = groupby(counted(&pulled), |_| never::<u8>());
    let _ = groupby(counted(&pulled), |_| never::<u8>()).collect_groups();
    let _ = groupby(counted(&pulled), |_| never::<u8>()).fold_groups(|_| never(), |_: u8, _| never());
    assert_eq!(pulled.get(), 0);
}

#[test]
fn size_hint_pulls_nothing() {
    let pulled = Cell::new(0);
    accumulate(counted(&pulled), |a, x| a + x).size_hint();
    product::<2, _>(counted(&pulled)).size_hint();
    groupby(counted(&pulled), |x| *x).collect_groups().size_hint();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn accumulate_pulls_one_for_one() {
    let pulled = Cell::new(0);
    let mut totals = accumulate(counted(&pulled), |a, x| a + x);
    for n in 1..=10 {
        totals.next();
        assert_eq!(pulled.get(), n);
    }
}

#[test]
fn filterfalse_pulls_up_to_the_next_refused() {
    let pulled = Cell::new(0);
    let mut sixths = filterfalse(|x| x % 6 != 0, counted(&pulled));
    assert_eq!((sixths.next(), pulled.get()), (Some(6), 6));
    assert_eq!((sixths.next(), pulled.get()), (Some(12), 12));
}

#[test]
fn product_pulls_all_at_the_first_item_and_once() {
    let pulled = Cell::new(0);
    let mut pairs = product::<2, _>(counted(&pulled));
    assert_eq!(pairs.next(), Some([1, 1]));
    assert_eq!(pulled.get(), 100);
    assert_eq!(pairs.count(), 9_999);
    assert_eq!(pulled.get(), 100);
}

#[test]
fn product_of_nothing_chosen_pulls_nothing() {
    let mut once = product::<0, _>(std::iter::from_fn(|| -> Option<u8> { panic!("pulled") }));
    assert_eq!(once.next(), Some([]));
    assert_eq!(once.next(), None);
}

#[test]
fn a_group_is_read_item_by_item() {
    let pulled = Cell::new(0);
    let mut groups = groupby(counted(&pulled), |x| x / 10);
    let mut group = groups.next_group().unwrap();
    assert_eq!(pulled.get(), 1);
    assert_eq!((group.next(), pulled.get()), (Some(1), 1));
    assert_eq!((group.next(), pulled.get()), (Some(2), 2));
    // Dropping it, and with it the rest of the group, pulls nothing; asking for the next group skips it.
    drop(group);
    assert_eq!(pulled.get(), 2);
    let group = groups.next_group().unwrap();
    assert_eq!((*group.key(), pulled.get()), (1, 10));
}

#[test]
fn a_group_that_is_only_asked_for_is_skipped_as_a_whole() {
    let pulled = Cell::new(0);
    let mut groups = groupby(counted(&pulled), |x| x / 10);
    let mut keys = Vec::new();
    while let Some(group) = groups.next_group() {
        keys.push(*group.key());
    }
    assert_eq!(keys, Vec::from_iter(0..=10));
    assert_eq!(pulled.get(), 100);
}

#[test]
fn whole_groups_pull_up_to_the_first_item_of_the_next() {
    let pulled = Cell::new(0);
    let mut sums = groupby(counted(&pulled), |x| x / 10).fold_groups(|_| 0, |sum, x| sum + x);
    assert_eq!((sums.next(), pulled.get()), (Some((0, 45)), 10));
    assert_eq!((sums.next(), pulled.get()), (Some((1, 145)), 20));

    pulled.set(0);
    let mut groups = groupby(counted(&pulled), |x| x / 3).collect_groups();
    assert_eq!((groups.next(), pulled.get()), (Some((0, vec![1, 2])), 3));
    assert_eq!((groups.next(), pulled.get()), (Some((1, vec![3, 4, 5])), 6));
}

#[test]
fn whole_groups_go_on_after_the_group_that_was_open() {
    let data = [1, 1, 1, 2, 2, 3];
    let rest = |reads| {
        let mut groups = groupby(data, |x| *x);
        let mut group = groups.next_group().unwrap();
        for _ in 0..reads {
            group.next();
        }
        let collected: Vec<_> = groups.clone().collect_groups().collect();
        assert_eq!(groups.fold_groups(|_| 0, |n, _| n + 1).fold(0, |sum, (_, n)| sum + n), 3);
        collected
    };
    for reads in 0..6 {
        assert_eq!(rest(reads), [(2, vec![2, 2]), (3, vec![3])], "after {reads} reads");
    }
}

#[test]
fn the_initial_total_pulls_nothing() {
    let pulled = Cell::new(0);
    let mut totals = accumulate_from(5, counted(&pulled), |a, x| a + x);
    for n in 0..10 {
        assert!(totals.next().is_some());
        assert_eq!(pulled.get(), n);
    }
}
