//! seekable, time_limited, iter_until.

use std::time::Duration;

use super::all;
use tarae::iter::{IterUntil, Seekable, TimeLimited, iter_until, seekable, time_limited};

type Source = std::vec::IntoIter<i32>;

#[test]
fn they_have_what_their_parts_have_and_can_be_named() {
    let source = || vec![1, 2].into_iter();
    let items: Seekable<Source> = seekable(source());
    all(&items);
    let timed: TimeLimited<Source> = time_limited(Duration::MAX, source());
    all(&timed);
    let until: IterUntil<fn() -> i32, i32> = iter_until(|| 1, 1);
    all(&until);
}

/// Through a reference, too: `tell` is not one of `Iterator`'s.
#[test]
fn a_lent_one_can_be_asked_for_its_place() {
    fn place(items: &mut Seekable<Source>) -> usize {
        items.tell()
    }
    let mut items = seekable(vec![1, 2]);
    items.next();
    assert_eq!(place(&mut items), 1);
}
