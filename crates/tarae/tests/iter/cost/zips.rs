//! compress, zip_strict, roundrobin.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::support::Counted;
use tarae::iter::{Uneven, compress, roundrobin, zip_strict};

#[test]
fn nothing_is_cloned_and_nothing_leaked() {
    let clones = Rc::new(Cell::new(0));
    let items = |n| (0..n).map(|_| Counted(clones.clone()));
    assert_eq!(compress(items(9), [true, false].repeat(3)).count(), 3);
    compress(items(9), [true, false].repeat(3)).for_each(drop);
    let mut some = compress(items(9), [true, false].repeat(3));
    some.next();
    drop(some);
    assert!(matches!(zip_strict(items(3), items(2)).last(), Some(Err(Uneven::First(_)))));
    zip_strict(items(2), items(3)).for_each(drop);
    roundrobin([items(2), items(0), items(5)]).for_each(drop);
    let mut some = roundrobin([items(2).collect::<Vec<_>>(), items(5).collect()]);
    assert!(some.nth(5).is_some());
    drop(some);
    assert_eq!(clones.get(), 0);
    assert_eq!(Rc::strong_count(&clones), 1);
}

/// A source that panics once, in place of its third item.
fn panics_once() -> impl Iterator<Item = i32> {
    let mut n = 0;
    std::iter::from_fn(move || {
        n += 1;
        assert!(n != 3, "third");
        (n < 6).then_some(n)
    })
}

#[test]
fn a_panic_of_a_source_loses_what_the_documentation_says() {
    let mut pairs = zip_strict(10.., panics_once());
    assert_eq!((pairs.next(), pairs.next()), (Some(Ok((10, 1))), Some(Ok((11, 2)))));
    assert!(catch_unwind(AssertUnwindSafe(|| pairs.next())).is_err());
    // 12 is lost.
    assert_eq!(pairs.next(), Some(Ok((13, 4))));

    let sources: [Box<dyn Iterator<Item = i32>>; 3] =
        [Box::new(10..15), Box::new(panics_once()), Box::new(20..22)];
    let mut items = roundrobin(sources);
    assert!(items.by_ref().take(7).eq([10, 1, 20, 11, 2, 21, 12]));
    assert!(catch_unwind(AssertUnwindSafe(|| items.next())).is_err());
    // The one that has panicked is asked again.
    assert!(items.eq([4, 13, 5, 14]));

    let mut items = roundrobin((0..3).inspect(|n| assert_ne!(*n, 2)).map(|n| [n]));
    assert!(catch_unwind(AssertUnwindSafe(|| items.next())).is_err());
    assert_eq!((items.next(), items.size_hint()), (None, (0, Some(0))));
}

#[test]
fn who_has_ended_is_dropped_with_the_round() {
    let alive = Rc::new(());
    let source = |n| {
        let held = alive.clone();
        (0..n).inspect(move |_| assert!(Rc::strong_count(&held) > 0))
    };
    let mut items = roundrobin([source(0), source(3), source(1)]);
    assert_eq!(Rc::strong_count(&alive), 4);
    items.next();
    items.next();
    items.next();
    assert_eq!(Rc::strong_count(&alive), 3);
    items.next();
    assert_eq!(Rc::strong_count(&alive), 2);
}

/// The error goes through `?`, whatever the items are.
#[test]
fn an_uneven_end_is_an_error_for_all_items() {
    struct Plain;
    fn pairs() -> Result<usize, Box<dyn std::error::Error>> {
        Ok(zip_strict([Plain, Plain], [Plain]).collect::<Result<Vec<_>, _>>()?.len())
    }
    assert!(pairs().unwrap_err().to_string().contains("first iterable is longer"));
}
