//! compress, zip_strict, roundrobin.

use std::cell::Cell;

use crate::support::{cases, parse, words};
use tarae::iter::{Uneven, compress, roundrobin, zip_strict};

const RECORDED: &str = include_str!("../../data/iter_outputs/zips.txt");

/// Counts what is pulled.
fn pulled<'a, I: Iterator + 'a>(items: I, n: &'a Cell<usize>) -> impl Iterator<Item = I::Item> + 'a {
    items.inspect(|_| n.set(n.get() + 1))
}

#[test]
fn compress_gives_and_pulls_what_python_does() {
    cases(RECORDED, "compress", |fields| {
        let data: Vec<i32> = parse(fields[0]);
        let selectors = parse::<i32>(fields[1]).into_iter().map(|s| s != 0);
        let (a, b) = (Cell::new(0), Cell::new(0));
        let it = || compress(pulled(data.iter().copied(), &a), pulled(selectors.clone(), &b));
        let at_end = fields[3];

        let mut stepped = Vec::new();
        for x in it() {
            stepped.push(format!("{x}/{}/{}", a.get(), b.get()));
        }
        assert_eq!(stepped.join(" "), fields[2]);
        assert_eq!(format!("{} {}", a.replace(0), b.replace(0)), at_end, "{fields:?}");

        let mut folded = Vec::new();
        it().for_each(|x| folded.push(format!("{x}/{}/{}", a.get(), b.get())));
        assert_eq!(folded, stepped);
        assert_eq!(format!("{} {}", a.replace(0), b.replace(0)), at_end, "{fields:?}");

        assert_eq!(it().count(), stepped.len());
        assert_eq!(format!("{} {}", a.get(), b.get()), at_end, "{fields:?}");
    });
}

#[test]
fn zip_strict_gives_and_pulls_what_python_does() {
    cases(RECORDED, "zip_strict", |fields| {
        let lengths: Vec<i32> = parse(fields[0]);
        let (a, b) = (Cell::new(0), Cell::new(0));
        let it = || zip_strict(pulled(0..lengths[0], &a), pulled(10..10 + lengths[1], &b));
        let check = |items: Vec<Result<(i32, i32), Uneven<i32, i32>>>| {
            let (mut pairs, mut longer) = (Vec::new(), "neither");
            for item in items {
                assert_eq!(longer, "neither", "nothing comes after the error");
                match item {
                    Ok((x, y)) => pairs.push(format!("{x}:{y}")),
                    Err(error) => {
                        // DIFFERENCE: in Python this item is lost.
                        match error {
                            Uneven::First(x) => assert_eq!(x, lengths[1]),
                            Uneven::Second(y) => assert_eq!(y, 10 + lengths[0]),
                        }
                        longer = if error.first_is_longer() { "first" } else { "second" };
                    }
                }
            }
            assert_eq!((&*pairs.join(" "), longer), (fields[1], fields[2]));
            assert_eq!(format!("{} {}", a.replace(0), b.replace(0)), fields[3]);
        };
        let mut stepped = Vec::new();
        for item in it() {
            stepped.push(item);
        }
        check(stepped);
        let mut folded = Vec::new();
        it().for_each(|item| folded.push(item));
        check(folded);
    });
}

#[test]
fn roundrobin_like_python() {
    cases(RECORDED, "roundrobin", |fields| {
        let lists = fields[0].split(',').filter(|list| !list.is_empty());
        let lists: Vec<Vec<i32>> = lists.map(|list| parse(&list[1..])).collect();
        assert_eq!(words(roundrobin(lists.clone())), fields[1]);
        let mut folded = Vec::new();
        roundrobin(&lists).for_each(|x| folded.push(x));
        assert_eq!(words(folded), fields[1]);
    });
}
