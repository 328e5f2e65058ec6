//! Failures in a `par_map`: each at its own item, and those after it can still be had.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};

use crate::support::{self, Count, watched};
use tarae::prelude::*;

/// Fails for those that `fails` says.
fn run(n: u32) -> u32 {
    assert!(!fails(n), "number {n}");
    n
}

fn fails(n: u32) -> bool {
    n % 5 == 3 || n == 0 || n == 11
}

/// F54: and those after them are there.
#[test]
fn as_items_they_stand_in_their_place() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for batch in [1, 2, 3, 7, 100] {
            let results = (0..if cfg!(miri) { 9 } else { 40 }).par_map(&pool, run).batch(batch).results();
            let line = line!() - 1;
            for (n, result) in (0..).zip(results) {
                match result {
                    Ok(value) => assert!(value == n && !fails(n)),
                    Err(error) => {
                        assert!(fails(n) && error.is_panic());
                        assert!(error.to_string().contains(&format!("panicked: number {n} ")), "{error}");
                        assert_eq!((error.location().file(), error.location().line()), (file!(), line));
                    }
                }
            }
        }
    });
}

/// F54: what came before is handed out first.
#[test]
fn in_the_plain_form_they_go_on_when_it_is_their_turn_and_the_iteration_goes_on_after() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        const ITEMS: u32 = if cfg!(miri) { 5 } else { 20 };
        for batch in [1, 3, 100] {
            let mut map = (0..ITEMS).par_map(&pool, run).batch(batch);
            for n in 0..ITEMS {
                let answer = catch_unwind(AssertUnwindSafe(|| map.next()));
                match answer {
                    Ok(value) => assert!(value == Some(n) && !fails(n)),
                    Err(panic) => {
                        assert!(fails(n));
                        assert_eq!(support::message(&*panic), format!("number {n}"));
                    }
                }
            }
            assert_eq!(map.next(), None);
        }
    });
}

#[test]
fn payloads_are_given_on_and_those_that_nobody_saw_are_dropped() {
    let payloads = Count::default();
    let thrown = payloads.clone();
    let mut map = (0..4u32).par_map(Inline, move |_| -> u32 { panic_any(thrown.on_drop()) }).batch(4);
    let panic = catch_unwind(AssertUnwindSafe(|| map.next())).unwrap_err();
    assert!(panic.is::<support::OnDrop>());
    assert_eq!(payloads.get(), 0);
    drop(map);
    assert_eq!(payloads.get(), 3);
    drop(panic);
    assert_eq!(payloads.get(), 4);
}

#[test]
fn a_source_that_panics_does_so_here_and_loses_nothing_that_was_pulled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        for batch in [1, 3, 10] {
            let source = (0..10).inspect(|n| assert_ne!(*n, 5, "the source"));
            let mut map = source.par_map(&pool, |n| n).batch(batch);
            let mut values = Vec::new();
            let mut panics = 0;
            loop {
                match catch_unwind(AssertUnwindSafe(|| map.next())) {
                    Ok(Some(value)) => values.push(value),
                    Ok(None) => break,
                    Err(_) => panics += 1,
                }
            }
            assert_eq!(panics, 1);
            assert_eq!(values, [0, 1, 2, 3, 4, 6, 7, 8, 9], "batch {batch}");
        }
    });
}

#[test]
fn items_and_results_are_dropped_once_whatever_fails() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (items, results) = (Count::default(), Count::default());
        let (made, given) = (items.clone(), results.clone());
        let map = (0..30u32).map(|n| (n, made.on_drop())).par_map(&pool, move |(n, item)| {
            let _item = item;
            run(n);
            given.on_drop()
        });
        let kept: Vec<_> = map.batch(4).results().collect();
        assert_eq!((items.get(), results.get()), (30, 0));
        drop(kept);
        assert_eq!(results.get(), (0..30).filter(|&n| !fails(n)).count());
    });
}
