//! The fast paths give what stepping with `next` gives, from every point on, and `size_hint` tells the truth.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use crate::support::{LISTS, check, check_back, check_exact};
use std::time::Duration;

use tarae::iter::{accumulate, accumulate_from, count, filterfalse, groupby, product};

#[test]
fn accumulate_agrees() {
    for list in LISTS {
        check_exact(accumulate(list.iter().copied(), |a, x| a * 3 + x));
        check(accumulate(list.iter().copied().filter(|x| x % 2 == 0), |a, x| a * 3 + x));
        assert_eq!(accumulate(list.iter().copied(), |a, x| a + x).len(), list.len());
    }
}

#[test]
fn filterfalse_agrees() {
    for list in LISTS {
        check(filterfalse(|x| x % 2 == 0, list.iter().copied()));
        check_back(filterfalse(|x| x % 2 == 0, list.iter().copied()));
    }
}

#[test]
fn product_agrees() {
    for n in 0..4 {
        check_exact(product::<0, _>(0..n));
        check_exact(product::<1, _>(0..n));
        check_exact(product::<2, _>(0..n));
        check_exact(product::<3, _>(0..n));
        // Where clones are not copies.
        check_exact(product::<3, _>((0..n).map(|x| x.to_string())));
    }
    check_exact(product::<2, _>(0..7));
    // The source does not know its length: then it is known from the first item on.
    let mut pairs = product::<2, _>((0..9).filter(|x| x % 3 == 0));
    assert_eq!(pairs.size_hint(), (0, Some(81)));
    pairs.next();
    assert_eq!(pairs.size_hint(), (8, Some(8)));
    check(product::<2, _>((0..9).filter(|x| x % 3 == 0)));
}

#[test]
fn groups_agree() {
    for list in LISTS {
        let groups = || groupby(list.iter().copied(), |x| *x);
        check(groups().collect_groups());
        check(groups().fold_groups(|key| *key, |a, x| a * 3 + x));

        // A group by `fold` after each number of steps.
        for steps in 0..list.len() + 1 {
            let (mut stepping, mut folding) = (groups(), groups());
            while let Some(mut group) = stepping.next_group() {
                let mut other = folding.next_group().unwrap();
                assert_eq!(group.key(), other.key());
                for _ in 0..steps {
                    assert_eq!(group.next(), other.next());
                    assert_eq!(group.key(), other.key());
                }
                let (low, high) = other.size_hint();
                let mut folded = Vec::new();
                other.for_each(|x| folded.push(x));
                let mut stepped = Vec::new();
                for x in group.by_ref() {
                    stepped.push(x);
                }
                assert_eq!(folded, stepped);
                assert!(low <= stepped.len() && high.unwrap() >= stepped.len());
            }
            assert!(folding.next_group().is_none());
        }
    }
}

#[test]
fn count_agrees() {
    check_exact(count(250_u8, 2));
    check_exact(count(251_u8, 2));
    check_exact(count(0_u8, 255));
    check_exact(count(200_u8, 100));
    check_exact(count(-128_i8, 127));
    check_exact(count(-100_i8, 1));
    check_exact(count(100_i8, -7));
    check_exact(count(-128_i8, -1));
    check_exact(count(127_i8, -128));
    check_exact(count(i64::MAX - 20, 3));
    check_exact(count(i128::MIN + 20, -3));
    check_exact(count(u128::MAX - 20, 3));
    check_exact(count(Duration::MAX - Duration::from_millis(10), Duration::from_millis(3)));
    check_exact(count(Duration::MAX, Duration::from_nanos(1)));
    for start in i8::MIN..=i8::MAX {
        for step in (i8::MIN..=i8::MAX).filter(|step| *step != 0) {
            let expected = (0..).map(|i| i32::from(start) + i * i32::from(step));
            let expected: Vec<i8> = expected.map_while(|x| x.try_into().ok()).collect();
            let it = count(start, step);
            assert_eq!(it.size_hint(), (expected.len(), Some(expected.len())));
            let last = expected.len() - 1;
            assert_eq!(it.clone().nth(last), Some(expected[last]));
            assert_eq!(it.clone().nth(last + 1), None);
            assert_eq!(it.clone().nth(usize::MAX), None);
            assert!(it.eq(expected));
        }
    }
}

#[test]
fn accumulate_from_agrees() {
    for list in LISTS {
        check_exact(accumulate_from(7, list.iter().copied(), |a, x| a * 3 + x));
        check_exact(accumulate_from(String::new(), list, |a, x| format!("{a}{x}")));
        check(accumulate_from(7, list.iter().copied().filter(|x| x % 2 == 0), |a, x| a * 3 + x));
    }
}
