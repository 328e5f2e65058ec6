//! Batches: nothing is cloned or leaked, and a panic loses only what the documentation says.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::support::Counted;
use tarae::iter::{batched, batched_array};

const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();

#[test]
fn nothing_is_cloned_or_leaked() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    for batch in batched(items(), THREE) {
        drop(batch);
    }
    batched(items(), THREE).for_each(drop);
    batched(items().filter(|_| true), THREE).for_each(drop);
    assert!(batched(items(), THREE).nth(2).is_some());
    for batch in batched_array::<3, _>(items()) {
        drop(batch);
    }
    batched_array::<3, _>(items()).for_each(drop);
    batched_array::<3, _>(items()).strict().for_each(drop);
    let mut some = batched_array::<4, _>(items());
    assert_eq!(some.by_ref().count(), 2);
    assert_eq!(some.remainder().len(), 2);
    drop(some);
    let error = batched(items(), THREE).strict().find_map(Result::err).unwrap();
    assert_eq!(error.into_items().len(), 1);
    assert_eq!(clones.get(), 0);
    assert_eq!(Rc::strong_count(&clones), 1);
}

/// Each item is dropped once, whatever has been filled when the source panics; what comes later is not lost.
#[test]
fn a_panic_of_the_source_loses_the_batch_at_hand() {
    fn check<B>(mut batches: impl Iterator<Item = B>, len: fn(&B) -> usize, alive: &Rc<Cell<usize>>) {
        assert_eq!(batches.next().map(|batch| len(&batch)), Some(3));
        assert!(catch_unwind(AssertUnwindSafe(|| batches.next())).is_err());
        assert_eq!(batches.next().map(|batch| len(&batch)), Some(3));
        drop(batches);
        assert_eq!(Rc::strong_count(alive), 1);
    }
    let alive = Rc::new(Cell::new(0));
    let items = || {
        let alive = alive.clone();
        // The panic is in the second batch, after two items.
        (0..10).map(move |x| if x == 5 { panic!("five") } else { Counted(alive.clone()) })
    };
    check(batched(items(), THREE), Vec::len, &alive);
    check(batched(items().filter(|_| true), THREE), Vec::len, &alive);
    check(batched_array::<3, _>(items()), |batch| batch.len(), &alive);
    check(batched_array::<3, _>(items().filter(|_| true)), |batch| batch.len(), &alive);
    assert!(catch_unwind(AssertUnwindSafe(|| batched(items(), THREE).for_each(drop))).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| batched_array::<3, _>(items()).for_each(drop))).is_err());
    assert_eq!(Rc::strong_count(&alive), 1);
}

/// The error says what was left, of items that cannot be printed as well.
#[test]
fn the_error_gives_the_items_back() {
    struct Opaque;
    let error = batched([Opaque, Opaque], THREE).strict().find_map(Result::err).unwrap();
    assert_eq!((error.items().len(), error.expected()), (2, 3));
    assert_eq!(
        error.to_string(),
        "the last batch has 2 of 3 items: pad the source, or do not ask for strict"
    );
    assert_eq!(format!("{error:?}"), "Incomplete { len: 2, expected: 3, .. }");
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(boxed.source().is_none());
}
