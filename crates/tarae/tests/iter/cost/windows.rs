//! Windows: clones are counted, and a panic loses only what the documentation says.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::support::Counted;
use tarae::iter::{pairwise, sliding, windowed};

fn size(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

/// Ten items that count their clones.
fn items(clones: &Rc<Cell<usize>>) -> impl Iterator<Item = Counted> + use<> {
    let clones = clones.clone();
    (0..10).map(move |_| Counted(clones.clone()))
}

#[test]
fn clones_are_as_many_as_it_says() {
    let clones = Rc::new(Cell::new(0));
    for pair in pairwise(items(&clones)) {
        drop(pair);
    }
    assert_eq!(clones.replace(0), 9);
    pairwise(items(&clones)).for_each(drop);
    // The first item is moved into the first pair.
    assert_eq!(clones.replace(0), 9);
    for window in sliding::<3, _>(items(&clones)) {
        drop(window);
    }
    assert_eq!(clones.replace(0), 8 * 3);
    sliding::<3, _>(items(&clones)).for_each(drop);
    assert_eq!(clones.replace(0), 8 * 3);
    assert_eq!(windowed(items(&clones), size(4), size(2)).collect_windows().map(drop).count(), 4);
    assert_eq!(clones.replace(0), 4 * 4);

    // Nothing that is skipped or only counted is cloned.
    let mut pairs = pairwise(items(&clones));
    assert!(pairs.nth(4).is_some());
    assert!(pairs.nth(2).is_some());
    assert_eq!(pairs.count(), 1);
    assert_eq!(clones.replace(0), 2);
    let mut windows = sliding::<3, _>(items(&clones));
    assert!(windows.nth(2).is_some());
    assert!(windows.nth(1).is_some());
    assert!(windows.nth(2).is_some());
    assert_eq!(windows.count(), 0);
    assert_eq!(clones.replace(0), 9);
    let mut lent = windowed(items(&clones), size(4), size(1));
    while lent.next_window().is_some() {}
    assert_eq!(windowed(items(&clones), size(4), size(1)).map_windows(<[_]>::len).count(), 7);
    assert_eq!(windowed(items(&clones), size(4), size(1)).collect_windows().count(), 7);
    assert!(windowed(items(&clones), size(4), size(1)).collect_windows().nth(9).is_none());
    assert_eq!(clones.get(), 0);
    drop(lent);
    assert_eq!(Rc::strong_count(&clones), 1);
}

#[test]
fn what_is_left_unread_is_dropped() {
    let alive = Rc::new(Cell::new(0));
    let mut pairs = pairwise(items(&alive));
    pairs.next();
    drop(pairs);
    let mut windows = sliding::<3, _>(items(&alive));
    windows.next();
    drop(windows);
    // Too short for a window.
    assert!(sliding::<11, _>(items(&alive)).next().is_none());
    let mut lent = windowed(items(&alive), size(4), size(3)).partial();
    lent.next_window();
    drop(lent);
    assert_eq!(Rc::strong_count(&alive), 1);
}

/// Of items that need a drop, those that are in no window any more are not kept for long.
#[test]
fn a_window_keeps_no_more_than_another_one() {
    let alive = Rc::new(Cell::new(0));
    let many = (0..1000).map(|_| Counted(alive.clone()));
    let mut lent = windowed(many, size(10), size(1));
    while lent.next_window().is_some() {
        // One is this test's, one the source's.
        assert!(Rc::strong_count(&alive) <= 1 + 20, "{}", Rc::strong_count(&alive));
    }
}

/// 1, 2, 3, ..: the source panics instead of giving 4, once.
fn stumbles() -> impl Iterator<Item = i32> + Clone {
    let mut next = 0;
    let mut stumbled = false;
    std::iter::from_fn(move || {
        if next == 3 && !stumbled {
            stumbled = true;
            panic!("four");
        }
        next += 1;
        (next <= 8).then_some(next)
    })
}

#[test]
fn a_panic_of_the_source_loses_nothing() {
    let caught = |f: &mut dyn FnMut()| assert!(catch_unwind(AssertUnwindSafe(f)).is_err());

    let mut pairs = pairwise(stumbles());
    assert_eq!(pairs.by_ref().take(2).count(), 2);
    caught(&mut || _ = pairs.next());
    assert_eq!((pairs.next(), pairs.next()), (Some((3, 4)), Some((4, 5))));

    let mut windows = sliding::<3, _>(stumbles());
    assert_eq!(windows.next(), Some([1, 2, 3]));
    caught(&mut || _ = windows.next());
    assert_eq!(windows.next(), Some([2, 3, 4]));
    // But for the items of a first window.
    let mut windows = sliding::<5, _>(stumbles());
    caught(&mut || _ = windows.next());
    assert_eq!((windows.next(), windows.next()), (Some([4, 5, 6, 7, 8]), None));

    for (n, step) in [(5, 1), (2, 1), (3, 3), (2, 2)] {
        let mut lent = windowed(stumbles(), size(n), size(step));
        let mut smooth = windowed(1..9, size(n), size(step));
        let mut panics = 0;
        while let Some(expected) = smooth.next_window() {
            if catch_unwind(AssertUnwindSafe(|| _ = lent.clone().next_window())).is_err() {
                panics += 1;
                caught(&mut || _ = lent.next_window());
            }
            assert_eq!(lent.next_window(), Some(expected));
        }
        assert_eq!(panics, 1, "{n} {step}");
        assert!(lent.next_window().is_none());
    }
    // In a jump to the next pair or window: it begins anew behind it.
    let mut pairs = pairwise(stumbles());
    pairs.next();
    caught(&mut || _ = pairs.nth(3));
    assert_eq!(pairs.next(), Some((4, 5)));
}

/// Panics when it is cloned for the first time.
#[derive(Debug, PartialEq)]
struct Brittle<'a>(u8, &'a Cell<bool>);

impl Clone for Brittle<'_> {
    fn clone(&self) -> Self {
        assert!(self.0 != 3 || self.1.replace(true), "three");
        Self(self.0, self.1)
    }
}

#[test]
fn a_panic_of_clone_loses_one_window() {
    let cloned = Cell::new(false);
    let mut pairs = pairwise((1..6).map(|x| Brittle(x, &cloned))).map(|(a, b)| (a.0, b.0));
    assert_eq!(pairs.next(), Some((1, 2)));
    assert!(catch_unwind(AssertUnwindSafe(|| pairs.next())).is_err());
    assert_eq!((pairs.next(), pairs.next(), pairs.next()), (Some((3, 4)), Some((4, 5)), None));

    cloned.set(false);
    let mut windows = sliding((1..6).map(|x| Brittle(x, &cloned))).map(|[a, b]| (a.0, b.0));
    assert_eq!(windows.next(), Some((1, 2)));
    assert!(catch_unwind(AssertUnwindSafe(|| windows.next())).is_err());
    assert_eq!((windows.next(), windows.next(), windows.next()), (Some((3, 4)), Some((4, 5)), None));

    // A closure that panics loses its window, too.
    let mut first = true;
    let mut sums = windowed(1..=4, size(2), size(1)).map_windows(|w| {
        assert!(w[0] != 2 || !std::mem::take(&mut first), "two");
        w[0] + w[1]
    });
    assert_eq!(sums.next(), Some(3));
    assert!(catch_unwind(AssertUnwindSafe(|| sums.next())).is_err());
    assert_eq!((sums.next(), sums.next()), (Some(7), None));
}
