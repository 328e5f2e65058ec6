//! Calls and clones are as many as the documentation says, and nothing is leaked.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use crate::support::Counted;
use std::cell::Cell;
use std::rc::Rc;

use tarae::iter::{accumulate, accumulate_from, filterfalse, groupby, product};

#[test]
fn a_total_is_cloned_once() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    for total in accumulate(items(), |_, x| x) {
        drop(total);
    }
    assert_eq!(clones.replace(0), 10);
    accumulate(items(), |_, x| x).for_each(drop);
    assert_eq!(clones.replace(0), 10);
    drop(accumulate(items(), |_, x| x).collect::<Vec<_>>());
    assert_eq!(clones.replace(0), 10);
    assert_eq!(Rc::strong_count(&clones), 1);
}

#[test]
fn an_array_clones_each_of_its_items_once() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    // Two an array; then one for each of ten rows, and two for the first row.
    for array in product::<2, _>(items()) {
        drop(array);
    }
    let stepped = clones.replace(0);
    assert!((200..=212).contains(&stepped), "{stepped}");
    // Here the row is copied once more for each of the ten.
    product::<2, _>(items()).for_each(drop);
    let folded = clones.replace(0);
    assert!((200..=232).contains(&folded), "{folded}");
    assert_eq!(Rc::strong_count(&clones), 1);
}

#[test]
fn what_is_left_unread_is_dropped() {
    let alive = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(alive.clone()));
    let mut pairs = product::<2, _>(items());
    pairs.nth(17);
    drop(pairs);
    let mut groups = groupby(items(), |_| 1);
    assert!(groups.next_group().is_some());
    drop(groups);
    let mut totals = accumulate(items(), |_, x| x);
    totals.next();
    drop(totals);
    assert_eq!(Rc::strong_count(&alive), 1);
}

#[test]
fn key_and_predicate_are_called_once_an_item() {
    let calls = Cell::new(0);
    let call = || calls.set(calls.get() + 1);
    let key = |x: &i32| {
        call();
        x / 3
    };
    let mut groups = groupby(0..10, key);
    while let Some(mut group) = groups.next_group() {
        group.next();
    }
    assert_eq!(calls.replace(0), 10);
    let mut groups = groupby(0..10, key);
    while let Some(group) = groups.next_group() {
        group.for_each(drop);
    }
    assert_eq!(calls.replace(0), 10);
    assert_eq!(groupby(0..10, key).collect_groups().count(), 4);
    assert_eq!(calls.replace(0), 10);
    for _ in groupby(0..10, key).collect_groups() {}
    assert_eq!(calls.replace(0), 10);
    let odd = |x: &i32| {
        call();
        x % 2 == 0
    };
    assert_eq!(filterfalse(odd, 0..10).count(), 5);
    assert_eq!(calls.replace(0), 10);
}

/// After a panic in a closure the iterators can still be used, and are where the documentation says.
#[test]
fn a_panic_loses_one_item() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let mut totals = accumulate(1..=4, |a, x| if x == 3 { panic!("three") } else { a + x });
    assert_eq!((totals.next(), totals.next()), (Some(1), Some(3)));
    assert!(catch_unwind(AssertUnwindSafe(|| totals.next())).is_err());
    assert_eq!((totals.next(), totals.next()), (Some(7), None));

    let mut groups = groupby([1, 1, 1, 2], |x| *x);
    let group = groups.next_group().unwrap();
    assert!(catch_unwind(AssertUnwindSafe(|| group.for_each(|x| assert_ne!(x, 1)))).is_err());
    assert_eq!(groups.next_group().map(|group| *group.key()), Some(2));

    let mut calls = 0;
    let mut sums = groupby([1, 1, 1, 2], |x| *x).fold_groups(
        |_| 0,
        |sum, x| {
            calls += 1;
            if calls == 2 { panic!("second") } else { sum + x }
        },
    );
    assert!(catch_unwind(AssertUnwindSafe(|| sums.next())).is_err());
    assert_eq!((sums.next(), sums.next(), sums.next()), (Some((1, 1)), Some((2, 2)), None));
}

#[test]
fn a_total_after_a_first_one_is_cloned_once() {
    let clones = Rc::new(Cell::new(0));
    let totals = || accumulate_from(Counted(clones.clone()), 0..10, |total, _| Counted(total.0.clone()));
    for total in totals() {
        drop(total);
    }
    assert_eq!(clones.replace(0), 11);
    totals().for_each(drop);
    assert_eq!(clones.replace(0), 11);
    assert_eq!(totals().collect::<Vec<_>>().len(), 11);
    assert_eq!(clones.replace(0), 11);
    assert_eq!(Rc::strong_count(&clones), 1);
}

#[test]
fn a_panic_in_a_total_loses_one_item() {
    let mut totals = accumulate_from(10, 1..=3, |a, x| if x == 2 { panic!("two") } else { a + x });
    assert_eq!((totals.next(), totals.next()), (Some(10), Some(11)));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| totals.next())).is_err());
    assert_eq!((totals.next(), totals.next()), (Some(14), None));
}

/// Whichever call of a closure panics, in a step or in a `fold`: each item is dropped, once.
#[test]
fn a_closure_that_panics_half_way_leaks_nothing() {
    use std::iter;
    use std::num::NonZeroUsize;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use tarae::iter::{
        combination_slices, partition, split_after, split_at, split_before, split_when, windowed,
    };

    let (alive, calls) = (Rc::new(Cell::new(0)), Cell::new(0));
    let items = || (0..9).map(|_| Counted(alive.clone()));
    let (two, one) = (NonZeroUsize::new(2).unwrap(), NonZeroUsize::MIN);
    for at in 1..=8 {
        let call = || {
            calls.set(calls.get() + 1);
            assert_ne!(calls.get(), at, "called");
            calls.get()
        };
        macro_rules! check {
            ($($it:expr;)+) => {$(
                calls.set(0);
                let mut it = $it;
                assert!(catch_unwind(AssertUnwindSafe(|| while it.next().is_some() {})).is_err(), "{at}");
                drop(it);
                assert_eq!(Rc::strong_count(&alive), 1, "{at}: next of {}", stringify!($it));
                calls.set(0);
                let it = $it;
                assert!(catch_unwind(AssertUnwindSafe(|| it.for_each(drop))).is_err(), "{at}");
                assert_eq!(Rc::strong_count(&alive), 1, "{at}: fold of {}", stringify!($it));
            )+};
        }
        let keep = |mut group: Vec<_>, item| {
            call();
            group.push(item);
            group
        };
        check! {
            accumulate(items(), |_, x| { call(); x });
            accumulate_from(Counted(alive.clone()), items(), |_, x| { call(); x });
            filterfalse(|_| call() % 2 == 0, items());
            groupby(items(), |_| call() / 3).collect_groups();
            groupby(items(), |_| call() / 3).fold_groups(|_| Vec::new(), |mut group, x| { group.push(x); group });
            groupby(items(), |_| 1).fold_groups(|_| Vec::new(), keep);
            { let mut groups = groupby(items(), |_| call() / 3); iter::from_fn(move || Some(groups.next_group()?.count())) };
            split_at(items(), |_| call() % 3 == 0).keep_separator();
            split_before(items(), |_| call() % 3 == 0);
            split_after(items(), |_| call() % 3 == 0);
            split_when(items(), |_, _| call() % 3 == 0);
            windowed(items(), two, one).map_windows(|window| call() + window.len());
            combination_slices(items(), 2).map_slices(|pair| call() + pair.len());
            { let (matching, rest) = partition(|_| call() % 3 == 0, items()); matching.chain(rest) };
            { let (matching, rest) = partition(|_| call() % 3 == 0, items()); rest.chain(matching) };
        }
    }
}
