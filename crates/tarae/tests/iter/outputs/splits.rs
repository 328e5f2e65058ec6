//! split_at, split_before, split_after, split_when, divide.

use std::cell::Cell;
use std::num::NonZeroUsize;

use crate::support::{cases, parse};
use tarae::iter::{divide, split_after, split_at, split_before, split_when};

const RECORDED: &str = include_str!("../../data/iter_outputs/splits.txt");

/// Each list, how much had been pulled when it came out, and all calls of the predicate are Python's.
macro_rules! check {
    ($name:literal, $split:ident, |$($x:ident),+| $predicate:expr $(, $option:ident)?) => {
        cases(RECORDED, $name, |fields| {
            let (pulled, calls) = (Cell::new(0), Cell::new(0));
            let items = parse::<i32>(fields[0]).into_iter().inspect(|_| pulled.set(pulled.get() + 1));
            let mut lists = $split(items, |$($x: &i32),+| {
                calls.set(calls.get() + 1);
                $predicate
            })$(.$option())?;
            // Without a limit it is -1.
            if let Ok(n) = fields[1].parse() {
                lists = lists.max_splits(n);
            }
            let mut out = Vec::new();
            for list in lists {
                out.push(format!("{list:?}/{}", pulled.get()));
            }
            assert_eq!(out.join(" "), fields[2], "{fields:?}");
            assert_eq!(calls.get().to_string(), fields[3], "calls: {fields:?}");
        })
    };
}

#[test]
fn split_at_like_python() {
    check!("split_at", split_at, |x| *x == 0);
    check!("split_at_keep", split_at, |x| *x == 0, keep_separator);
}

#[test]
fn split_before_like_python() {
    check!("split_before", split_before, |x| *x == 0);
}

#[test]
fn split_after_like_python() {
    check!("split_after", split_after, |x| *x == 0);
}

#[test]
fn split_when_like_python() {
    check!("split_when", split_when, |a, b| a > b);
}

#[test]
fn divide_like_python() {
    cases(RECORDED, "divide", |fields| {
        let n: NonZeroUsize = fields[0].parse().unwrap();
        let length: usize = fields[1].parse().unwrap();
        let parts: Vec<_> = divide(n, 0..length).collect();
        assert_eq!(format!("{parts:?}"), fields[2]);
    });
}
