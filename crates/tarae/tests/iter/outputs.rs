//! The outputs are CPython's, as `data/iter_outputs.py` recorded them.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use crate::support::{cases, parse, words};
use std::cell::Cell;

use tarae::iter::{accumulate, accumulate_from, count, filterfalse, groupby, product};

const RECORDED: &str = include_str!("../data/iter_outputs.txt");

#[test]
fn count_integers() {
    cases(RECORDED, "count", |fields| {
        let args: Vec<i64> = parse(fields[0]);
        assert_eq!(words(count(args[0], args[1]).take(args[2] as usize)), fields[1]);
    });
}

#[test]
fn count_floats() {
    cases(RECORDED, "count_float", |fields| {
        let args: Vec<f64> = parse(fields[0]);
        let bits = |items: Vec<f64>| items.into_iter().map(f64::to_bits).collect::<Vec<_>>();
        let n = args[2] as usize;
        assert_eq!(bits(count(args[0], args[1]).take(n).collect()), bits(parse(fields[1])), "{fields:?}");
    });
}

/// DIFFERENCE: CPython adds the step up, and so the error.
#[test]
fn count_floats_do_not_drift() {
    let drifted = Cell::new(0);
    cases(RECORDED, "count_drift", |fields| {
        let args: Vec<f64> = parse(fields[0]);
        if !count(args[0], args[1]).take(args[2] as usize).eq(parse::<f64>(fields[1])) {
            drifted.set(drifted.get() + 1);
        }
    });
    assert!(drifted.get() > 0, "then the difference can go");
}

#[test]
fn filterfalse_like_python() {
    cases(RECORDED, "filterfalse_even", |fields| {
        assert_eq!(words(filterfalse(|x| x % 2 == 0, parse::<i32>(fields[0]))), fields[1]);
    });
}

#[test]
fn accumulate_like_python() {
    cases(RECORDED, "accumulate_sum", |f| {
        assert_eq!(words(accumulate(parse::<i32>(f[0]), |a, x| a + x)), f[1])
    });
    cases(RECORDED, "accumulate_max", |f| {
        assert_eq!(words(accumulate(parse::<i32>(f[0]), |a, x| x.max(*a))), f[1])
    });
    cases(RECORDED, "accumulate_sub", |f| {
        assert_eq!(words(accumulate(parse::<i32>(f[0]), |a, x| a - x)), f[1])
    });
    cases(RECORDED, "accumulate_from", |f| {
        assert_eq!(words(accumulate_from(100, parse::<i32>(f[0]), |a, x| a - x)), f[1])
    });
}

#[test]
fn product_like_python() {
    fn check<const N: usize>(pool: &str) -> String {
        words(product::<N, _>(pool.chars()).map(|a| format!("({})", String::from_iter(a))))
    }
    cases(RECORDED, "product", |fields| {
        let (pool, n) = fields[0].rsplit_once(' ').unwrap();
        let all = match n {
            "0" => check::<0>(pool),
            "1" => check::<1>(pool),
            "2" => check::<2>(pool),
            "3" => check::<3>(pool),
            "4" => check::<4>(pool),
            _ => panic!("{n}"),
        };
        assert_eq!(all, fields[1], "{fields:?}");
    });
}

#[test]
fn groupby_like_python() {
    fn check<K: PartialEq + Copy + Into<i32>>(fields: &[&str], key: impl Fn(&i32) -> K + Copy) {
        let xs: Vec<i32> = parse(fields[0]);
        let groups = || groupby(xs.iter().copied(), key);
        let show = |key: K, items: &[i32]| format!("{}:{}", key.into(), words(items));

        let mut lent = Vec::new();
        let mut lending = groups();
        while let Some(group) = lending.next_group() {
            let key = *group.key();
            lent.push(show(key, &group.collect::<Vec<_>>()));
        }
        assert_eq!(lent.join(","), fields[1]);

        let collected: Vec<_> = groups().collect_groups().map(|(key, group)| show(key, &group)).collect();
        assert_eq!(collected.join(","), fields[1]);

        let folded = groups().fold_groups(
            |_| Vec::new(),
            |mut group, x| {
                group.push(x);
                group
            },
        );
        let folded: Vec<_> = folded.map(|(key, group)| show(key, &group)).collect();
        assert_eq!(folded.join(","), fields[1]);
    }
    cases(RECORDED, "groupby", |fields| check(fields, |x| *x));
    cases(RECORDED, "groupby_even", |fields| check(fields, |x| x % 2 == 0));
}

/// Each step gives what it gives in CPython, and has pulled as much.
#[test]
fn groupby_pulls_like_python() {
    cases(RECORDED, "trace", |fields| {
        let pulled = Cell::new(0);
        let xs: Vec<i32> = parse(fields[0]);
        let mut groups = groupby(xs.into_iter().inspect(|_| pulled.set(pulled.get() + 1)), |x| *x);
        let mut out = Vec::new();
        // All steps begin a group, with a number of items to read of it.
        for reads in fields[1].split('G').skip(1) {
            let Some(mut group) = groups.next_group() else {
                out.push(format!("none/{}", pulled.get()));
                break;
            };
            out.push(format!("{}/{}", group.key(), pulled.get()));
            for _ in reads.chars() {
                let item = group.next().map_or("none".to_string(), |x| x.to_string());
                out.push(format!("{item}/{}", pulled.get()));
            }
        }
        assert_eq!(out.join(" "), fields[2], "{fields:?}");
    });
}
