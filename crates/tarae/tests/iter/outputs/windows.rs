//! Windows, as `data/iter_outputs/windows.py` recorded them.

use std::num::NonZeroUsize;

use crate::support::{cases, parse, words};
use tarae::iter::{pairwise, sliding, windowed};

const RECORDED: &str = include_str!("../../data/iter_outputs/windows.txt");

fn groups<G: AsRef<[i32]>>(windows: impl Iterator<Item = G>) -> String {
    windows.map(|w| words(w.as_ref())).collect::<Vec<_>>().join(",")
}

#[test]
fn pairwise_like_python() {
    cases(RECORDED, "pairwise", |fields| {
        assert_eq!(groups(pairwise(parse::<i32>(fields[0])).map(|(a, b)| [a, b])), fields[1]);
    });
}

#[test]
fn sliding_like_python() {
    cases(RECORDED, "sliding", |fields| {
        let xs: Vec<i32> = parse(fields[1]);
        let all = match fields[0] {
            "1" => groups(sliding::<1, _>(xs)),
            "2" => groups(sliding::<2, _>(xs)),
            "3" => groups(sliding::<3, _>(xs)),
            "4" => groups(sliding::<4, _>(xs)),
            "5" => groups(sliding::<5, _>(xs)),
            n => panic!("{n}"),
        };
        assert_eq!(all, fields[2], "{fields:?}");
    });
}

/// DIFFERENCE: the last window is not filled up, and comes only if it is asked for.
#[test]
fn windowed_like_python() {
    cases(RECORDED, "windowed", |fields| {
        let sizes: Vec<NonZeroUsize> = parse(fields[0]);
        let windows = || windowed(parse::<i32>(fields[1]), sizes[0], sizes[1]);
        assert_eq!(groups(windows().partial().collect_windows()), fields[2], "{fields:?}");

        let mut lending = windows().partial();
        let mut lent = Vec::new();
        while let Some(window) = lending.next_window() {
            lent.push(words(window));
        }
        assert_eq!(lent.join(","), fields[2], "{fields:?}");

        let whole = fields[2].split(',').filter(|w| w.split_whitespace().count() == sizes[0].get());
        let whole = whole.collect::<Vec<_>>().join(",");
        assert_eq!(groups(windows().collect_windows()), whole, "{fields:?}");
    });
}
