//! split_at, split_before, split_after, split_when, divide.

use std::cell::Cell;
use std::num::NonZeroUsize;

use crate::support::counted;
use tarae::iter::{IterExt, divide, split_after, split_at, split_before, split_when};

#[test]
fn building_pulls_nothing_and_calls_nothing() {
    let pulled = Cell::new(0);
    let never = |_: &u32| -> bool { panic!("called") };
    let never_two = |_: &u32, _: &u32| -> bool { panic!("called") };
    let two = NonZeroUsize::new(2).unwrap();
    split_at(counted(&pulled), never).keep_separator().max_splits(1).size_hint();
    split_before(counted(&pulled), never).max_splits(1).size_hint();
    split_after(counted(&pulled), never).max_splits(1).size_hint();
    split_when(counted(&pulled), never_two).max_splits(1).size_hint();
    divide(two, counted(&pulled)).size_hint();
    let _ = counted(&pulled).split_at(never);
    let _ = counted(&pulled).split_before(never);
    let _ = counted(&pulled).split_after(never);
    let _ = counted(&pulled).split_when(never_two);
    let _ = counted(&pulled).divide(two);
    assert_eq!(pulled.get(), 0);
}

#[test]
fn a_list_is_pulled_as_far_as_its_end_shows() {
    let pulled = Cell::new(0);
    let tenth = |x: &u32| x.is_multiple_of(10);

    let mut at = split_at(counted(&pulled), tenth).keep_separator();
    assert_eq!((at.next().unwrap().len(), pulled.get()), (9, 10));
    assert_eq!((at.next(), pulled.get()), (Some(vec![10]), 10));
    assert_eq!((at.next().unwrap().len(), pulled.replace(0)), (9, 20));

    let mut after = split_after(counted(&pulled), tenth);
    assert_eq!((after.next().unwrap().len(), pulled.get()), (10, 10));
    assert_eq!((after.next().unwrap().len(), pulled.replace(0)), (10, 20));

    let mut before = split_before(counted(&pulled), tenth);
    assert_eq!((before.next().unwrap().len(), pulled.get()), (9, 10));
    assert_eq!((before.next().unwrap().len(), pulled.replace(0)), (10, 20));

    let mut when = split_when(counted(&pulled), |_, x| x % 10 == 0);
    assert_eq!((when.next().unwrap().len(), pulled.get()), (9, 10));
    assert_eq!((when.next().unwrap().len(), pulled.replace(0)), (10, 20));
}

#[test]
fn lists_of_an_endless_source_can_be_read() {
    let mut tens = split_after(0_u64.., |x| x % 10 == 9);
    assert_eq!(tens.nth(1 << 10).unwrap()[0], 10 << 10);
}

#[test]
fn divide_pulls_all_at_the_first_part_from_either_end() {
    let pulled = Cell::new(0);
    let four = NonZeroUsize::new(4).unwrap();
    let mut parts = divide(four, counted(&pulled));
    assert_eq!((parts.len(), pulled.get()), (4, 0));
    assert_eq!((parts.next().unwrap().len(), pulled.replace(0)), (25, 100));
    let mut parts = divide(four, counted(&pulled));
    assert_eq!((parts.next_back().unwrap()[0], pulled.replace(0)), (76, 100));
    let mut parts = divide(four, counted(&pulled));
    assert_eq!((parts.nth(3).unwrap()[0], pulled.get()), (76, 100));
}
