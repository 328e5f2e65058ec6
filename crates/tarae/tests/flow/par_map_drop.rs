//! A `par_map` that is dropped: what has not begun never runs, what runs stops at its next item, nothing is left.

use std::sync::Arc;
use std::sync::mpsc::channel;

use crate::support::{Count, Gate, Shelf, hold, watched};
use tarae::prelude::*;

/// F55: what has not begun is cancelled.
#[test]
fn queued_batches_never_run() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (runs, items, pulled) = (Count::default(), Count::default(), Count::default());
        let (count, made, pull) = (runs.clone(), items.clone(), pulled.clone());
        let (gate, begun) = (Gate::default(), Count::default());
        let (passed, begin) = (gate.clone(), begun.clone());
        let map = (0..100)
            .map(move |n| {
                pull.add();
                (n, made.on_drop())
            })
            .par_map(&pool, move |(n, _item)| {
                if n == 1 {
                    begin.add();
                    passed.pass();
                }
                count.add();
                n
            })
            .batch(5);
        let mut map = map;
        // The first batch stands at the gate behind its first item; `next` would wait for it.
        let opener = std::thread::spawn({
            let (gate, begun) = (gate.clone(), begun.clone());
            move || {
                begun.reaches(1);
                gate.open();
            }
        });
        assert_eq!(map.next(), Some(0));
        opener.join().unwrap();
        drop(map);
        drop(pool);
        assert!(runs.get() <= 20, "at most what the window of four batches holds: {}", runs.get());
        assert_eq!(items.get(), pulled.get(), "each item that was pulled is dropped once");
    });
}

#[test]
fn a_running_batch_stops_at_its_next_item() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let runs = Count::default();
        let (gate, count) = (Gate::default(), runs.clone());
        let (begun, begin) = channel();
        let passed = gate.clone();
        let mut map = (0..1_000)
            .par_map(&pool, move |n| {
                count.add();
                if n == 10 {
                    begun.send(()).unwrap();
                    passed.pass();
                }
                n
            })
            .batch(10);
        for n in 0..10 {
            assert_eq!(map.next(), Some(n));
        }
        begin.recv().unwrap(); // the second batch stands at its first item
        drop(map);
        gate.open();
        drop(pool);
        assert_eq!(runs.get(), 11);
    });
}

/// F57: when their turn is over.
#[test]
fn items_functions_and_results_are_dropped() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (items, results, function) = (Count::default(), Count::default(), Arc::new(()));
        let weak = Arc::downgrade(&function);
        let (made, given) = (items.clone(), results.clone());
        let mut map = (0u64..).map(|_| made.on_drop()).par_map(&pool, move |item| {
            let _kept = (&function, item);
            given.on_drop()
        });
        let taken: Vec<_> = map.by_ref().take(20).collect();
        drop(map);
        drop(taken);
        drop(pool);
        assert_eq!(weak.strong_count(), 0);
        assert!(results.get() >= 20 && items.get() >= results.get());
    });
}

#[test]
fn on_an_executor_that_never_ran_it_all_is_cancelled() {
    let shelf = Shelf::default();
    let items = Count::default();
    let held = shelf.submit(|| ());
    let map = [1, 2].map(|n| (n, items.on_drop())).into_iter().par_map(&shelf, |(n, _)| n);
    drop(map);
    assert_eq!((items.get(), shelf.len()), (2, 1));
    drop(held);
    shelf.run_next();
}

#[test]
fn dropped_inside_a_job_it_cancels_what_the_only_worker_has_queued() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let runs = Count::default();
        let (inner, count) = (pool.clone(), runs.clone());
        let first = pool.submit(move || {
            let mut map = (0..100)
                .par_map(inner, move |n| {
                    count.add();
                    n
                })
                .batch(1);
            map.next()
        });
        assert_eq!(first.result().unwrap(), Some(0));
        hold(&pool, 1).release();
        assert_eq!(runs.get(), 1, "the worker ran the one that was asked for, itself");
    });
}
