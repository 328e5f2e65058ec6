//! Batches, as `data/iter_outputs/batches.py` recorded them.

use std::num::NonZeroUsize;

use crate::support::{cases, parse, words};
use tarae::iter::{Incomplete, batched, batched_array};

const RECORDED: &str = include_str!("../../data/iter_outputs/batches.txt");

fn joined<G: AsRef<[i32]>>(batches: impl Iterator<Item = G>) -> String {
    batches.map(|batch| words(batch.as_ref())).collect::<Vec<_>>().join(",")
}

fn strict<G: AsRef<[i32]>>(batches: impl Iterator<Item = Result<G, Incomplete<i32>>>) -> String {
    let text = |batch: Result<G, _>| batch.map_or("error".to_string(), |batch| words(batch.as_ref()));
    batches.map(text).collect::<Vec<_>>().join(",")
}

#[test]
fn batched_like_python() {
    cases(RECORDED, "batched", |fields| {
        let n: NonZeroUsize = fields[0].parse().unwrap();
        assert_eq!(joined(batched(parse::<i32>(fields[1]), n)), fields[2], "{fields:?}");
    });
}

#[test]
fn strict_batches_like_python() {
    cases(RECORDED, "strict", |fields| {
        let n: NonZeroUsize = fields[0].parse().unwrap();
        assert_eq!(strict(batched(parse::<i32>(fields[1]), n).strict()), fields[2], "{fields:?}");
    });
}

#[test]
fn arrays_like_python() {
    fn check<const N: usize>(xs: Vec<i32>, expected: &str) {
        // DIFFERENCE: the last, shorter one is the remainder.
        let mut batches = batched_array::<N, _>(xs);
        let mut all: Vec<String> = batches.by_ref().map(words).collect();
        if !batches.remainder().is_empty() {
            all.push(words(batches.remainder()));
        }
        assert_eq!(all.join(","), expected);
    }
    cases(RECORDED, "batched", |fields| {
        let xs = parse(fields[1]);
        match fields[0] {
            "1" => check::<1>(xs, fields[2]),
            "2" => check::<2>(xs, fields[2]),
            "3" => check::<3>(xs, fields[2]),
            "4" => check::<4>(xs, fields[2]),
            "8" => check::<8>(xs, fields[2]),
            "100" => check::<100>(xs, fields[2]),
            _ => {}
        }
    });
    cases(RECORDED, "strict", |fields| {
        let xs: Vec<i32> = parse(fields[1]);
        match fields[0] {
            "1" => assert_eq!(strict(batched_array::<1, _>(xs).strict()), fields[2]),
            "3" => assert_eq!(strict(batched_array::<3, _>(xs).strict()), fields[2]),
            "8" => assert_eq!(strict(batched_array::<8, _>(xs).strict()), fields[2]),
            _ => {}
        }
    });
}
