//! seekable, time_limited, iter_until.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use crate::support::Counted;
use tarae::iter::{iter_until, seekable, time_limited};

#[test]
fn an_item_is_cloned_when_it_comes_out() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    let mut seeking = seekable(items());
    seeking.seek(10);
    assert!(seeking.peek().is_none());
    seeking.seek(0);
    assert!(seeking.peek().is_some());
    assert_eq!(clones.get(), 0);
    for item in seeking.by_ref() {
        drop(item);
    }
    assert_eq!(clones.replace(0), 10);
    // What is left, remembered or not, is moved out.
    seeking.seek(4);
    assert_eq!(seeking.fold(0, |n, _| n + 1), 6);
    seekable(items()).for_each(drop);
    assert_eq!(clones.get(), 0);
    assert_eq!(Rc::strong_count(&clones), 1);
}

#[test]
fn no_more_is_remembered_than_was_said() {
    let alive = Rc::new(Cell::new(0));
    let limit = NonZeroUsize::new(3).unwrap();
    let mut items = seekable((0..10).map(|_| Counted(alive.clone()))).max_len(limit);
    let source = Rc::strong_count(&alive);
    for n in 0..10 {
        drop(items.next());
        assert_eq!(Rc::strong_count(&alive) - source, (n + 1).min(3));
        assert_eq!(items.elements().len(), (n + 1).min(3));
    }
    // A smaller limit, later: the position moves on to what is left.
    let mut items = seekable(0..10);
    items.seek(8);
    items.seek(2);
    let mut items = items.max_len(limit);
    assert_eq!((items.tell(), items.elements().len()), (5, 3));
    assert_eq!(items.seek(0), 5);
    assert!(items.eq(5..10));
}

#[test]
fn a_panic_loses_no_item() {
    // Panics at the first clone only.
    struct Once<'a>(&'a Cell<bool>, i32);
    impl Clone for Once<'_> {
        fn clone(&self) -> Self {
            assert!(!self.0.replace(false), "cloned");
            Self(self.0, self.1)
        }
    }
    let armed = Cell::new(true);
    let mut items = seekable((0..3).map(|n| Once(&armed, n)));
    assert!(catch_unwind(AssertUnwindSafe(|| items.next())).is_err());
    assert_eq!((items.tell(), items.elements().len()), (0, 1));
    assert!(items.map(|once| once.1).eq(0..3));

    let calls = Cell::new(0);
    let mut items = iter_until(
        || {
            calls.set(calls.get() + 1);
            assert_ne!(calls.get(), 2);
            calls.get()
        },
        4,
    );
    assert_eq!(items.next(), Some(1));
    assert!(catch_unwind(AssertUnwindSafe(|| items.next())).is_err());
    assert_eq!((items.next(), items.next()), (Some(3), None));

    // A source that panics has not ended.
    let mut items = time_limited(Duration::MAX, (0..3).inspect(|n| assert_ne!(*n, 1)));
    assert_eq!(items.next(), Some(0));
    assert!(catch_unwind(AssertUnwindSafe(|| items.next())).is_err());
    assert_eq!((items.next(), items.next(), items.timed_out()), (Some(2), None, false));
}
