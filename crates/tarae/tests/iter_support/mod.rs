//! What the tests of iterator tools share.
#![allow(dead_code, reason = "no file of tests uses all of it")]

use std::cell::Cell;
use std::fmt::{Debug, Display};
use std::iter::FusedIterator;
use std::rc::Rc;
use std::str::FromStr;

pub(crate) const LISTS: [&[i32]; 7] =
    [&[], &[1], &[2, 2], &[1, 2, 3], &[1, 1, 1, 1], &[1, 1, 2, 2, 2, 1], &[4, 6, 5, 5, 7, 2]];

/// Compares all that is specialised with `next`, after each number of steps.
pub(crate) fn check<I: Iterator<Item: PartialEq + Debug> + Clone>(mut it: I) {
    loop {
        let mut expected = Vec::new();
        for item in it.clone() {
            expected.push(item);
        }

        let (low, high) = it.size_hint();
        assert!(low <= expected.len(), "at least {low}, but there are {}", expected.len());
        assert!(high.is_none_or(|high| high >= expected.len()), "at most {high:?}: {}", expected.len());

        let mut folded = Vec::new();
        it.clone().for_each(|item| folded.push(item));
        assert_eq!(folded, expected, "fold");
        assert_eq!(it.clone().collect::<Vec<_>>(), expected, "collect");
        assert_eq!(it.clone().count(), expected.len(), "count");
        assert_eq!(it.clone().last().as_ref(), expected.last(), "last");
        for n in 0..expected.len() + 2 {
            let mut jumped = it.clone();
            assert_eq!(jumped.nth(n).as_ref(), expected.get(n), "nth({n})");
            assert_eq!(jumped.next().as_ref(), expected.get(n + 1), "next after nth({n})");
        }
        if it.next().is_none() {
            break;
        }
    }
}

pub(crate) fn check_exact<I: Iterator<Item: PartialEq + Debug> + Clone>(it: I) {
    check(it.clone());
    let mut it = it;
    loop {
        let left = it.clone().fold(0, |n, _| n + 1);
        assert_eq!(it.size_hint(), (left, Some(left)));
        if it.next().is_none() {
            break;
        }
    }
}

pub(crate) fn check_back<I: DoubleEndedIterator<Item: PartialEq + Debug> + Clone>(it: I) {
    let mut expected: Vec<_> = it.clone().collect();
    expected.reverse();
    assert_eq!(Vec::from_iter(it.clone().rev()), expected);
    let mut folded = Vec::new();
    it.clone().rev().for_each(|item| folded.push(item));
    assert_eq!(folded, expected);

    // From both ends in turn: each item once.
    let (mut it, mut met) = (it, 0);
    while it.next().is_some() || it.next_back().is_some() {
        met += 1;
        met += usize::from(it.next_back().is_some());
    }
    assert_eq!(met, expected.len());
}

/// Runs `check` on the fields of all cases called `name` in what Python has recorded; there must be some.
pub(crate) fn cases(recorded: &str, name: &str, check: impl Fn(&[&str])) {
    let mut found = 0;
    for line in recorded.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[0] == name {
            check(&fields[1..]);
            found += 1;
        }
    }
    assert!(found > 0, "no recorded case of {name}");
}

pub(crate) fn parse<T: FromStr<Err: Debug>>(words: &str) -> Vec<T> {
    words.split_whitespace().map(|word| word.parse().unwrap()).collect()
}

pub(crate) fn words<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
}

/// 1, 2, 3, .. 100, counted as they are pulled.
pub(crate) fn counted(pulled: &Cell<usize>) -> impl Iterator<Item = u32> {
    (1..=100).inspect(|_| pulled.set(pulled.get() + 1))
}

/// Counts its clones; the reference count tells how many are alive.
pub(crate) struct Counted(pub(crate) Rc<Cell<usize>>);

impl Clone for Counted {
    fn clone(&self) -> Self {
        self.0.set(self.0.get() + 1);
        Self(self.0.clone())
    }
}

/// Gives 1, 1, 2, then nothing, and then 2, 3 and nothing again.
pub(crate) fn hiccup() -> impl Iterator<Item = u8> {
    let mut answers = [Some(1), Some(1), Some(2), None, Some(2), Some(3)].into_iter();
    std::iter::from_fn(move || answers.next().flatten())
}

/// It is at its end for good.
pub(crate) fn check_ended(mut it: impl FusedIterator) {
    while it.next().is_some() {}
    for _ in 0..3 {
        assert!(it.next().is_none());
        assert!(it.nth(2).is_none());
        assert_eq!(it.size_hint(), (0, Some(0)));
    }
    assert_eq!(it.count(), 0);
}
