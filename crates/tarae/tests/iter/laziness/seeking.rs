//! seekable, time_limited, iter_until.

use std::cell::Cell;
use std::time::Duration;

use crate::support::counted;
use tarae::iter::{IterExt, iter_until, seekable, time_limited};

#[test]
fn building_pulls_nothing_and_calls_nothing() {
    let pulled = Cell::new(0);
    let _ = counted(&pulled).seekable();
    let _ = counted(&pulled).time_limited(Duration::MAX);
    let items = seekable(counted(&pulled)).max_len(std::num::NonZeroUsize::MIN);
    assert_eq!((items.size_hint(), items.tell(), items.elements().len()), ((100, Some(100)), 0, 0));
    let timed = time_limited(Duration::MAX, counted(&pulled));
    assert_eq!((timed.size_hint(), timed.timed_out()), ((0, Some(100)), false));
    let called = iter_until(|| -> u8 { panic!("called") }, 0);
    assert_eq!(called.size_hint(), (0, None));
    assert_eq!(pulled.get(), 0);
}

#[test]
fn seekable_pulls_each_item_once() {
    let pulled = Cell::new(0);
    let mut items = seekable(counted(&pulled));
    assert_eq!((items.peek(), pulled.get()), (Some(&1), 1));
    assert_eq!((items.peek(), pulled.get()), (Some(&1), 1));
    assert_eq!((items.next(), pulled.get()), (Some(1), 1));
    assert_eq!((items.seek(10), pulled.get()), (10, 10));
    assert_eq!((items.next(), pulled.get()), (Some(11), 11));
    assert_eq!((items.seek(3), pulled.get()), (3, 11));
    assert_eq!((items.nth(4), pulled.get()), (Some(8), 11));
    assert_eq!((items.relative_seek(-100), pulled.get()), (0, 11));
    assert_eq!((items.by_ref().take(15).count(), pulled.get()), (15, 15));
    assert_eq!((items.seek(usize::MAX), pulled.get()), (100, 100));
    items.seek(0);
    assert_eq!((items.count(), pulled.get()), (100, 100));
}

#[test]
fn time_limited_pulls_one_for_one_and_nothing_when_it_is_too_late() {
    let pulled = Cell::new(0);
    let mut items = time_limited(Duration::MAX, counted(&pulled));
    assert_eq!((items.next(), pulled.get()), (Some(1), 1));
    assert_eq!((items.next(), pulled.get()), (Some(2), 2));
    drop(items);
    pulled.set(0);
    let mut none = time_limited(Duration::ZERO, counted(&pulled));
    assert_eq!((none.next(), none.timed_out()), (None, true));
    time_limited(Duration::ZERO, counted(&pulled)).for_each(drop);
    assert_eq!(pulled.get(), 0);
}

/// What has been pulled has come out, by `next` and by `fold`.
#[test]
fn time_limited_loses_nothing() {
    let limit = Duration::from_micros(50);
    let mut source = 0_u64..;
    let mut items = time_limited(limit, &mut source);
    let mut stepped = 0;
    while items.next().is_some() {
        stepped += 1;
    }
    assert!(items.timed_out());
    assert_eq!(source.next(), Some(stepped));
    let mut source = 0_u64..;
    let folded = time_limited(limit, &mut source).fold(0, |n, _| n + 1);
    assert!(folded > 0);
    assert_eq!(source.next(), Some(folded));
}

#[test]
fn iter_until_calls_once_for_one() {
    let calls = Cell::new(0);
    let call = || {
        calls.set(calls.get() + 1);
        calls.get()
    };
    let mut items = iter_until(call, 3);
    assert_eq!((items.next(), calls.get()), (Some(1), 1));
    assert_eq!((items.next(), calls.get()), (Some(2), 2));
    assert_eq!((items.next(), calls.get()), (None, 3));
    assert_eq!((items.next(), calls.replace(0)), (None, 3));
    assert_eq!(iter_until(call, 3).fold(0, |n, _| n + 1), 2);
    assert_eq!(calls.get(), 3);
}
