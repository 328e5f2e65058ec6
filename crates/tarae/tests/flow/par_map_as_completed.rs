//! `as_completed`: results as they end, within the same bound, and with everything else that can be asked for.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Gate, OneThread, Shelf, eventually, hold, watched};
use tarae::prelude::*;

#[test]
fn one_that_is_slow_holds_nothing_back() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let gate = Gate::default();
        let passed = gate.clone();
        let numbers = (0..20).par_map(&pool, move |n| {
            if n == 0 {
                passed.pass();
            }
            n
        });
        let mut numbers = numbers.batch(1).as_completed();
        let mut quick: Vec<u32> = numbers.by_ref().take(19).collect();
        quick.sort_unstable();
        assert!(quick.into_iter().eq(1..20));
        gate.open();
        assert_eq!((numbers.next(), numbers.next()), (Some(0), None));
    });
}

#[test]
fn on_one_worker_the_order_is_that_of_the_source() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        for batch in [1, 3, 100] {
            assert!((0..20u32).par_map(&pool, |n| n).as_completed().batch(batch).eq(0..20));
        }
        assert!((0..20u32).par_map(Inline, |n| n).as_completed().eq(0..20));
        assert!((0..20u32).par_map(OneThread::new(), |n| n).as_completed().eq(0..20));
    });
}

#[test]
fn each_result_comes_once() {
    watched(|| {
        let pool = ThreadPool::new(3).unwrap();
        let n = if cfg!(miri) { 40u64 } else { 5_000 };
        for batch in [None, Some(1), Some(7)] {
            let map = (0..n).par_map(&pool, |n| n * n).as_completed();
            let mut squares: Vec<u64> = match batch {
                Some(batch) => map.batch(batch).collect(),
                None => map.collect(),
            };
            squares.sort_unstable();
            assert!(squares.into_iter().eq((0..n).map(|n| n * n)));
        }
    });
}

#[test]
fn no_more_is_pulled_than_the_buffer_holds() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for buffer in [1, 2, 7, 64] {
            for batch in [None, Some(1), Some(3), Some(100)] {
                let (pulled, most, handed_out) = (Cell::new(0), Cell::new(0), Cell::new(0));
                let source = (0u64..).inspect(|_| {
                    pulled.set(pulled.get() + 1);
                    most.set(most.get().max(pulled.get() - handed_out.get()));
                });
                let map = source.par_map(&pool, |n| n).as_completed().buffer(buffer);
                let map = match batch {
                    Some(batch) => map.batch(batch),
                    None => map,
                };
                for _ in map.take(if cfg!(miri) { 20 } else { 500 }) {
                    handed_out.set(handed_out.get() + 1);
                }
                assert!(most.get() <= buffer, "buffer {buffer}, batch {batch:?}: {}", most.get());
            }
        }
    });
}

#[test]
fn a_result_that_is_there_is_handed_out_before_the_source_is_asked_again() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (gate, done, pulled) = (Gate::default(), Count::default(), Cell::new(0));
        let (passed, count) = (gate.clone(), done.clone());
        // The first never ends by itself; the third item comes when the second has been mapped.
        let source = (0..6).inspect(|n| {
            pulled.set(pulled.get() + 1);
            if *n == 2 {
                eventually("the second", || done.get() == 1);
                pool.submit(|| ()).result().unwrap(); // its worker has gone on
            }
        });
        let mut map = source
            .par_map(&pool, move |n| {
                if n == 0 {
                    passed.pass();
                }
                count.add();
                n
            })
            .batch(1)
            .as_completed();
        assert_eq!((map.next(), pulled.get()), (Some(1), 3));
        gate.open();
        assert_eq!(map.count(), 5);
    });
}

#[test]
fn failures_come_when_they_happen() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let run = |n: u32| if n % 3 == 1 { panic!("number {n}") } else { n };
        let (values, errors): (Vec<_>, Vec<_>) =
            (0..12).par_map(&pool, run).as_completed().results().partition(Result::is_ok);
        assert_eq!((values.len(), errors.len()), (8, 4));
        assert!(errors.iter().all(|error| error.as_ref().unwrap_err().is_panic()));

        let mut map = (0..4).par_map(Inline, run).as_completed();
        assert_eq!(map.next(), Some(0));
        let panic = catch_unwind(AssertUnwindSafe(|| map.next())).unwrap_err();
        assert_eq!(support::message(&*panic), "number 1");
        assert!(map.eq([2, 3]));
    });
}

#[test]
fn dropping_it_cancels_what_has_not_run() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (runs, items, pulled) = (Count::default(), Count::default(), Count::default());
        let (count, made, pull) = (runs.clone(), items.clone(), pulled.clone());
        let map = (0..100).map(move |n| {
            pull.add();
            (n, made.on_drop())
        });
        let mut map = map
            .par_map(&pool, move |(n, _)| {
                count.add();
                n
            })
            .batch(1)
            .as_completed();
        assert_eq!(map.next(), Some(0));
        let held = hold(&pool, 1);
        let ran = runs.get();
        drop(map);
        held.release();
        drop(pool);
        assert_eq!((runs.get(), items.get()), (ran, pulled.get()));
    });
}

#[test]
fn it_may_be_asked_for_between_two_items() {
    let shelf = Shelf::default();
    let mut map = (0..4).par_map(&shelf, |n| n).batch(1).timeout(Duration::ZERO);
    assert!(map.next().unwrap().unwrap_err().is_timed_out());
    assert!(map.as_completed().next().is_none());

    let mut map = (0..6).par_map(Inline, |n| n).batch(1);
    assert_eq!(map.next(), Some(0));
    assert!(map.as_completed().eq(1..6));
}

#[test]
fn it_works_inside_a_job_of_the_same_pool() {
    watched(|| {
        for workers in [1, 2] {
            let pool = Arc::new(ThreadPool::new(workers).unwrap());
            let inner = pool.clone();
            let sum = pool.submit(move || {
                let nested = inner.clone();
                let sums = (0..8u32).par_map(&*inner, move |n| {
                    (0..n).par_map(nested.clone(), |n| n).as_completed().sum::<u32>()
                });
                sums.as_completed().sum::<u32>()
            });
            assert_eq!(sum.result().unwrap(), (0..8).map(|n| (0..n).sum::<u32>()).sum());
        }
    });
}

#[test]
fn it_can_be_sent_to_another_thread() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let mut map = (0..20u32).par_map(pool, |n| n).as_completed();
        assert!(map.next().is_some());
        assert_eq!(thread::spawn(move || map.count()).join().unwrap(), 19);
    });
}
