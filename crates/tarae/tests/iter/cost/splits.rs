//! split_at, split_before, split_after, split_when, divide.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::support::Counted;
use tarae::iter::{divide, split_after, split_at, split_before, split_when};

#[test]
fn nothing_is_cloned_and_nothing_leaked() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    // Every third is true.
    let third = || {
        let mut n = 0;
        move || {
            n += 1;
            n % 3 == 0
        }
    };
    let (mut a, mut b, mut c, mut d, mut e) = (third(), third(), third(), third(), third());
    assert_eq!(split_at(items(), |_| a()).count(), 4);
    assert_eq!(split_at(items(), |_| b()).keep_separator().count(), 7);
    assert_eq!(split_before(items(), |_| c()).count(), 4);
    assert_eq!(split_after(items(), |_| d()).count(), 4);
    assert_eq!(split_when(items(), |_, _| e()).count(), 4);

    let n = NonZeroUsize::new(3).unwrap();
    assert_eq!(divide(n, items()).count(), 3);
    let mut parts = divide(n, items());
    assert_eq!(parts.next_back().map(|part| part.len()), Some(3));
    assert_eq!(parts.nth(1).map(|part| part.len()), Some(3));
    drop(parts);
    // Half-way: with a list begun, a separator to come, parts left.
    let mut left = split_at(items(), |_| true).keep_separator();
    left.next();
    drop(left);
    let mut left = split_before(items(), |_| true);
    left.next();
    drop(left);
    let mut left = divide(n, items());
    left.next();
    drop(left);
    assert_eq!(clones.get(), 0);
    assert_eq!(Rc::strong_count(&clones), 1);
}

/// The item at hand is lost, and nothing else: the list goes on where it was.
#[test]
fn a_panic_of_the_predicate_loses_one_item() {
    macro_rules! check {
        ($lists:expr, $($expected:expr),+) => {
            let mut lists = $lists;
            assert!(catch_unwind(AssertUnwindSafe(|| lists.next())).is_err());
            assert_eq!(lists.collect::<Vec<_>>(), [$(Vec::from($expected)),+]);
        };
    }
    let zero = |x: &i32| {
        assert_ne!(*x, 9);
        *x == 0
    };
    let items = [1, 2, 9, 3, 0, 4];
    check!(split_at(items, zero), [1, 2, 3], [4]);
    check!(split_at(items, zero).keep_separator(), [1, 2, 3], [0], [4]);
    check!(split_before(items, zero), [1, 2, 3], [0, 4]);
    check!(split_after(items, zero), [1, 2, 3, 0], [4]);
    check!(split_when(items, |_, x| zero(x)), [1, 2, 3], [0, 4]);

    // Also with only one list to come, and when nothing follows.
    let mut last = split_after([1, 9], zero);
    assert!(catch_unwind(AssertUnwindSafe(|| last.next())).is_err());
    assert_eq!(last.size_hint(), (1, Some(1)));
    assert!(last.eq([[1]]));
}

#[test]
fn a_panic_of_the_source_leaves_no_parts() {
    let n = NonZeroUsize::new(3).unwrap();
    let alive = Rc::new(Cell::new(0));
    let mut parts = divide(n, (0..9).inspect(|x| assert_ne!(*x, 5)).map(|_| Counted(alive.clone())));
    assert_eq!(parts.len(), 3);
    assert!(catch_unwind(AssertUnwindSafe(|| parts.next())).is_err());
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_eq!(parts.len(), 0);
    assert!(parts.next().is_none() && parts.next_back().is_none());
}
