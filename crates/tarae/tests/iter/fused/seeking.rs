//! seekable, time_limited, iter_until.

use std::cell::Cell;
use std::time::Duration;

use crate::support::{check_ended, hiccup};
use tarae::iter::{iter_until, seekable, time_limited};

#[test]
fn seekable_stays_at_its_end_whatever_the_source_does() {
    check_ended(seekable(hiccup()));
    // Going back does not bring the source back.
    let mut items = seekable(hiccup());
    assert_eq!((items.seek(10), items.next(), items.peek()), (3, None, None));
    assert_eq!(items.seek(0), 0);
    assert!(items.by_ref().eq([1, 1, 2]));
    assert_eq!((items.seek(4), items.size_hint()), (3, (0, Some(0))));
    check_ended(items);
}

#[test]
fn time_limited_stays_at_its_end() {
    check_ended(time_limited(Duration::MAX, hiccup()));
    check_ended(time_limited(Duration::from_secs(1 << 30), hiccup()));
    check_ended(time_limited(Duration::ZERO, hiccup()));
    check_ended(time_limited(Duration::from_micros(20), 0_u64..));
    // The source's end is one for good; the time running out later does not change what has been.
    let mut items = time_limited(Duration::from_micros(20), [1]);
    while items.next().is_some() {}
    let was = items.timed_out();
    check_ended(items.by_ref());
    assert_eq!(items.timed_out(), was);
}

#[test]
fn iter_until_stays_at_its_end() {
    let calls = Cell::new(0);
    let it = iter_until(
        || {
            calls.set(calls.get() + 1);
            calls.get() % 3
        },
        0,
    );
    check_ended(it);
    assert_eq!(calls.get(), 3);
}
