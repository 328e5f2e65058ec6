//! seekable, time_limited, iter_until.

use std::cell::Cell;
use std::time::Duration;

use crate::support::{cases, parse, words};
use tarae::iter::{Seekable, iter_until, seekable, time_limited};

const RECORDED: &str = include_str!("../../data/iter_outputs/seeking.txt");

/// Each step's answer, how much has been pulled by then, and what is remembered at the end.
fn trace<I: Iterator<Item = usize>>(
    mut items: Seekable<I>,
    pulled: &Cell<usize>,
    steps: &str,
) -> [String; 2] {
    let mut out = Vec::new();
    for step in steps.split(' ') {
        let show = |item: Option<usize>| item.map_or("none".to_string(), |x| x.to_string());
        let answer = match step.strip_prefix('=') {
            Some(position) => {
                items.seek(position.parse().unwrap());
                "ok".to_string()
            }
            None if step == "next" => show(items.next()),
            None if step == "peek" => show(items.peek().copied()),
            None => {
                items.relative_seek(step.parse().unwrap());
                "ok".to_string()
            }
        };
        // The items are their positions.
        let (at, pulled_so_far) = (items.tell(), pulled.get());
        if at < pulled_so_far {
            assert_eq!(items.peek(), Some(&at), "after {step}");
        }
        assert_eq!(pulled.get(), pulled_so_far);
        out.push(format!("{answer}/{}", pulled.get()));
    }
    [out.join(" "), format!("{:?}", items.elements())]
}

#[test]
fn seekable_like_python() {
    cases(RECORDED, "seekable", |fields| {
        let pulled = Cell::new(0);
        let length: usize = fields[0].parse().unwrap();
        let items = seekable((0..length).inspect(|_| pulled.set(pulled.get() + 1)));
        assert_eq!(trace(items, &pulled, fields[1]), [fields[2], fields[3]], "{fields:?}");
    });
}

#[test]
fn seekable_with_a_limit_steps_like_python() {
    cases(RECORDED, "seekable_limited", |fields| {
        let pulled = Cell::new(0);
        let (length, limit) = fields[0].split_once(' ').unwrap();
        let length: usize = length.parse().unwrap();
        let items = seekable((0..length).inspect(|_| pulled.set(pulled.get() + 1)));
        let items = items.max_len(limit.parse().unwrap());
        assert_eq!(trace(items, &pulled, fields[1]), [fields[2], fields[3]], "{fields:?}");
    });
}

#[test]
fn time_limited_like_python() {
    cases(RECORDED, "time_limited", |fields| {
        let limit = Duration::from_secs(fields[0].parse().unwrap());
        let length: i32 = fields[1].parse().unwrap();
        let mut items = time_limited(limit, 0..length);
        assert_eq!(words(items.by_ref()), fields[2]);
        assert_eq!(items.timed_out().to_string(), fields[3]);
    });
}

#[test]
fn iter_until_like_python() {
    cases(RECORDED, "iter_until", |fields| {
        let mut left = parse::<i32>(fields[0]).into_iter();
        assert_eq!(words(iter_until(|| left.next().unwrap(), 0)), fields[1]);
        assert_eq!(words(left), fields[2]);
    });
}
