//! seekable, time_limited, iter_until.

use std::iter::repeat;
use std::num::NonZeroUsize;
use std::time::Duration;

use super::ENDLESS;
use tarae::iter::{seekable, time_limited};

#[test]
fn what_is_remembered_and_what_is_left_do_not_wrap() {
    let mut items = seekable(1..=usize::MAX);
    items.next();
    assert_eq!(items.size_hint(), (usize::MAX - 1, Some(usize::MAX - 1)));
    items.seek(0);
    assert_eq!(items.size_hint(), (usize::MAX, Some(usize::MAX)));
    let mut items = seekable((1..=usize::MAX).chain([1]));
    items.seek(1);
    items.seek(0);
    assert_eq!(items.size_hint(), ENDLESS);
    let mut items = seekable(repeat(1));
    items.next();
    items.seek(0);
    assert_eq!(items.size_hint(), ENDLESS);
}

#[test]
fn steps_that_are_too_long_stop_at_the_ends() {
    let mut items = seekable(0..10);
    assert_eq!(items.relative_seek(isize::MIN), 0);
    assert_eq!(items.relative_seek(isize::MAX), 10);
    assert_eq!(items.seek(usize::MAX), 10);
    assert_eq!(items.relative_seek(isize::MAX), 10);
    items.seek(5);
    assert_eq!(items.nth(usize::MAX), None);
    assert_eq!(items.tell(), 10);
    assert_eq!(items.relative_seek(isize::MIN), 0);
    let mut items = seekable(0..10).max_len(NonZeroUsize::MAX);
    assert_eq!((items.nth(9), items.elements().len()), (Some(9), 10));
}

#[test]
fn a_limit_later_than_any_clock_can_show_is_none() {
    let mut items = time_limited(Duration::MAX, 0..3);
    assert!(items.by_ref().eq(0..3));
    assert!(!items.timed_out());
    let mut items = time_limited(Duration::MAX, repeat(1));
    items.next();
    assert_eq!(items.size_hint(), ENDLESS);
}
