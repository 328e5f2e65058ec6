//! split_at, split_before, split_after, split_when, divide.

use std::num::NonZeroUsize;

use crate::support::{LISTS, check, check_back, check_exact};
use tarae::iter::{divide, split_after, split_at, split_before, split_when};

#[test]
fn splits_agree() {
    let odd = |x: &&i32| **x % 2 == 1;
    for list in LISTS {
        check(split_at(list, odd));
        check(split_at(list, odd).keep_separator());
        check(split_before(list, odd));
        check(split_after(list, odd));
        check(split_when(list, |a, b| a != b));
        for n in 0..4 {
            check(split_at(list, odd).max_splits(n));
            check(split_at(list, odd).keep_separator().max_splits(n));
            check(split_before(list, odd).max_splits(n));
            check(split_after(list, odd).max_splits(n));
            check(split_when(list, |a, b| a != b).max_splits(n));
        }
    }
}

#[test]
fn the_number_of_lists_is_bounded_by_the_items_and_the_limit() {
    let items = || 0..9;
    assert_eq!(split_at(items(), |_| true).size_hint(), (1, Some(10)));
    assert_eq!(split_at(items(), |_| true).keep_separator().size_hint(), (1, Some(19)));
    assert_eq!(split_at(items(), |_| true).max_splits(3).size_hint(), (1, Some(4)));
    assert_eq!(split_at(items(), |_| true).max_splits(3).keep_separator().size_hint(), (1, Some(7)));
    assert_eq!(split_before(items(), |_| true).size_hint(), (1, Some(9)));
    assert_eq!(split_after(items(), |_| true).max_splits(0).size_hint(), (1, Some(1)));
    let mut at = split_at(items(), |_| true).keep_separator();
    at.next();
    // The separator, and what follows it.
    assert_eq!(at.size_hint(), (2, Some(18)));
    let mut when = split_when(items(), |_, _| true).max_splits(3);
    assert_eq!(when.size_hint(), (1, Some(4)));
    when.next();
    assert_eq!(when.size_hint(), (1, Some(3)));
    // All of them are reached.
    assert_eq!(split_at(items(), |_| true).count(), 10);
    assert_eq!(split_at(items(), |_| true).keep_separator().count(), 19);
    assert_eq!(split_at(items(), |_| true).max_splits(3).keep_separator().count(), 7);
    assert_eq!(split_before(items(), |_| true).count(), 9);
    assert_eq!(when.count(), 3);
}

#[test]
fn divide_agrees() {
    for n in 1..8 {
        let n = NonZeroUsize::new(n).unwrap();
        for length in 0..12 {
            let parts = divide(n, 0..length);
            check_exact(parts.clone());
            check_back(parts.clone());
            check_exact(divide(n, (0..length).map(|x| x.to_string())));
            check_exact(divide(n, (0..length).filter(|x| x % 2 == 0)));
            assert_eq!(parts.len(), n.get());
            // From both ends, in any order: the same parts.
            let expected: Vec<Vec<i32>> = parts.clone().collect();
            for order in 0_u32..1 << n.get() {
                let (mut parts, mut front, mut back) = (parts.clone(), Vec::new(), Vec::new());
                for i in 0..n.get() {
                    if order >> i & 1 == 0 {
                        front.extend(parts.next());
                    } else {
                        back.extend(parts.next_back());
                    }
                }
                assert!(parts.next().is_none() && parts.next_back().is_none());
                front.extend(back.into_iter().rev());
                assert_eq!(front, expected);
            }
        }
    }
}
