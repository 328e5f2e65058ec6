//! `par_stage`: several steps, one task a batch; otherwise all that `par_map` promises.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;

use crate::support::{self, Count, Gate, watched};
use tarae::prelude::*;

#[test]
fn the_steps_give_what_they_give_in_sequence() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let n = if cfg!(miri) { 60u64 } else { 5_000 };
        let plain = |items: std::ops::Range<u64>| {
            items.map(|n| n * 3).filter(|n| n % 2 == 0).flat_map(|n| [n, n + 1]).collect::<Vec<_>>()
        };
        for batch in [None, Some(1), Some(3), Some(1000)] {
            let stage = (0..n).par_stage(&pool, |batch| {
                batch.map(|n| n * 3).filter(|n| n % 2 == 0).flat_map(|n| [n, n + 1])
            });
            let results: Vec<u64> = match batch {
                Some(batch) => stage.batch(batch).collect(),
                None => stage.collect(),
            };
            assert_eq!(results, plain(0..n));
        }
    });
}

#[test]
fn one_task_runs_all_steps_of_a_batch() {
    let calls = Count::default();
    let sums: Vec<u32> = (1..=10)
        .par_stage(Inline, |batch| {
            calls.add();
            [batch.sum::<u32>()]
        })
        .batch(4)
        .collect();
    assert_eq!((sums, calls.get()), (vec![10, 26, 19], 3));
}

#[test]
fn what_a_stage_makes_need_not_be_send() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let stage = (0..10u32).par_stage(&pool, |batch| {
            let seen = Rc::new(Cell::new(0));
            batch.inspect(move |n| seen.set(seen.get() + n))
        });
        assert!(stage.eq(0..10));
    });
}

#[test]
fn a_batch_that_gives_nothing_is_not_the_end() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let found = (0u64..).par_stage(&pool, |batch| batch.filter(|n| n % 10_000 == 9_999)).batch(7).next();
        assert_eq!(found, Some(9_999));
        assert_eq!((0..100).par_stage(&pool, |batch| batch.filter(|_| false)).count(), 0);
    });
}

#[test]
fn the_items_of_a_batch_count_until_its_last_result_is_handed_out() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for (buffer, batch) in [(1, None), (6, Some(3)), (7, Some(100)), (64, None)] {
            let (pulled, most, used_up) = (Cell::new(0u64), Cell::new(0), Cell::new(0));
            let source = (0u64..).inspect(|_| {
                pulled.set(pulled.get() + 1);
                most.set(most.get().max(pulled.get() - used_up.get()));
            });
            // Two results an item: after an odd one its item is used up, and those before it.
            let stage =
                source.par_stage(&pool, |batch| batch.flat_map(|n| [2 * n, 2 * n + 1])).buffer(buffer);
            let stage = match batch {
                Some(batch) => stage.batch(batch),
                None => stage,
            };
            for (n, result) in (0..if cfg!(miri) { 20 } else { 500 }).zip(stage) {
                assert_eq!(n, result);
                used_up.set(n.div_ceil(2));
            }
            assert!(most.get() <= buffer as u64, "buffer {buffer}, batch {batch:?}: {}", most.get());
        }
    });
}

#[test]
fn a_panic_stands_in_its_place_and_what_follows_follows() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for batch in [1, 3, 100] {
            let stage = (0..12u32).par_stage(&pool, |batch| {
                batch.filter(|n| n % 4 != 0).map(|n| if n % 5 == 0 { panic!("number {n}") } else { n })
            });
            let results = stage.batch(batch).results();
            let shown: Vec<String> = results
                .map(|result| match result {
                    Ok(n) => n.to_string(),
                    Err(error) => error.to_string().split(" (").next().unwrap().to_owned(),
                })
                .collect();
            let failed = |n: u32| format!("a task panicked: number {n}");
            let expected =
                (0..12u32).filter(|n| n % 4 != 0).map(|n| if n % 5 == 0 { failed(n) } else { n.to_string() });
            assert!(shown.into_iter().eq(expected));
        }
    });
}

#[test]
fn a_stage_that_panics_loses_its_batch_with_one_error() {
    let stage = (0..9u32).par_stage(Inline, |batch| {
        assert!(!batch.as_slice().contains(&4), "no fours");
        batch
    });
    let mut stage = stage.batch(3);
    assert!(stage.by_ref().take(3).eq(0..3));
    let panic = catch_unwind(AssertUnwindSafe(|| stage.next())).unwrap_err();
    assert_eq!(support::message(&*panic), "no fours");
    assert!(stage.eq(6..9));
}

#[test]
fn an_iterator_that_only_panics_does_so_no_more_often_than_it_was_given_items() {
    let broken = |batch: std::vec::IntoIter<u32>| {
        let _kept = batch;
        std::iter::from_fn(|| -> Option<u32> { panic!("again") })
    };
    assert_eq!((0..7).par_stage(Inline, broken).batch(3).results().filter(Result::is_err).count(), 7);
}

#[test]
fn dropped_it_stops_a_batch_at_its_next_result() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (gate, begun, runs) = (Gate::default(), Count::default(), Count::default());
        let (passed, begin, count) = (gate.clone(), begun.clone(), runs.clone());
        let mut stage = (0..2u32)
            .par_stage(&pool, move |batch| {
                let (passed, begin, count) = (passed.clone(), begin.clone(), count.clone());
                batch.flat_map(move |n| {
                    let (passed, begin, count) = (passed.clone(), begin.clone(), count.clone());
                    (0..if n == 0 { 1 } else { 1_000u32 }).inspect(move |k| {
                        if n == 1 {
                            count.add();
                            if *k == 0 {
                                begin.add();
                                passed.pass();
                            }
                        }
                    })
                })
            })
            .batch(1);
        assert_eq!(stage.next(), Some(0));
        begun.reaches(1);
        drop(stage);
        gate.open();
        drop(pool);
        assert_eq!(runs.get(), 1);
    });
}

#[test]
fn size_hint_promises_only_what_is_there() {
    let mut stage = (0..4u32).par_stage(Inline, |batch| batch.flat_map(|n| [n, n])).batch(2);
    assert_eq!(stage.size_hint(), (0, None));
    assert_eq!(stage.next(), Some(0));
    assert_eq!(stage.size_hint(), (3, None));
    assert_eq!(stage.by_ref().count(), 7);
    let mut stage = (0..4u32).par_stage(Inline, |batch| batch).batch(100);
    assert_eq!((stage.next(), stage.size_hint()), (Some(0), (3, Some(3))));
}

#[test]
fn it_works_inside_a_job_and_as_completed() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let sum = pool.submit(move || {
            (0..100u32).par_stage(&*inner, |batch| batch.filter(|n| n % 2 == 0)).as_completed().sum::<u32>()
        });
        assert_eq!(sum.result().unwrap(), (0..100).filter(|n| n % 2 == 0).sum());
    });
}
