//! `timeout`: a limit for all of a `par_map`. Results that are there, then one error, then nothing, and nothing runs on.
//! (Python's behaviour F55.)

use std::cell::Cell;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use crate::support::{self, Count, Gate, PATIENCE, Shelf, hold, watched};
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// So short that it is over soon, so long that what is done before is done.
const SHORT: Duration = Duration::from_millis(if cfg!(miri) { 10_000 } else { 1_000 });

#[test]
fn f55_values_so_far_then_one_error_then_nothing() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let gate = Gate::default();
        let passed = gate.clone();
        let work = move |n: u32| {
            if n == 3 {
                passed.pass();
            }
            n
        };
        let mut map = (0..).par_map(&pool, work).batch(1).buffer(6).timeout(SHORT);
        let line = line!() - 1;
        for n in 0..3 {
            assert_eq!(map.next().unwrap().unwrap(), n);
        }
        let error = map.next().unwrap().unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::TimedOut);
        assert_eq!((error.location().file(), error.location().line()), (file!(), line));
        let said = format!("task \"par_map\" did not end in its time (submitted at {})", error.location());
        assert_eq!(error.to_string(), said);
        assert_eq!(map.size_hint(), (0, Some(1)));
        for _ in 0..3 {
            assert!(map.next().is_none());
        }
        gate.open();
    });
}

#[test]
fn f55_what_has_not_begun_never_runs() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let (runs, items, pulled) = (Count::default(), Count::default(), Count::default());
        let (count, made, pull) = (runs.clone(), items.clone(), pulled.clone());
        let source = (0..).map(move |n: u32| {
            pull.add();
            (n, made.on_drop())
        });
        let mut map =
            source.par_map(&pool, move |_| count.add()).buffer(3).timeout(Duration::from_millis(10));
        assert!(map.next().unwrap().unwrap_err().is_timed_out());
        assert_eq!((items.get(), pulled.get()), (3, 3), "nothing of them is kept, though the map is");
        held.release();
        assert!(map.next().is_none());
        pool.submit(|| ()).result().unwrap(); // behind all that was queued
        assert_eq!((runs.get(), pulled.get()), (0, 3));
    });
}

#[test]
fn what_runs_is_asked_to_stop_and_not_waited_for() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (ended, end) = channel();
        let endless = move |_| {
            let items = (0u64..).cancellable(&CancelToken::current()).count();
            ended.send(items).unwrap();
        };
        let start = Instant::now();
        let mut map = [()].into_iter().par_map(&pool, endless).timeout(Duration::from_millis(20));
        assert!(map.next().unwrap().unwrap_err().is_timed_out());
        assert!(start.elapsed() >= Duration::from_millis(20));
        end.recv_timeout(PATIENCE).expect("the call was asked to stop");
    });
}

#[test]
fn a_batch_stops_at_its_next_item_while_the_consumer_does_something_else() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let (runs, gate) = (Count::default(), Gate::default());
        let (count, passed) = (runs.clone(), gate.clone());
        let work = move |n: u32| {
            count.add();
            if n == 1 {
                begun.send(()).unwrap();
                passed.pass();
            }
            n
        };
        let mut map = (0..100).par_map(&pool, work).batch(1).timeout(SHORT);
        assert_eq!(map.next().unwrap().unwrap(), 0);
        let mut map = map.batch(50);
        begin.recv().unwrap();
        let limit = CancelToken::new().until(SHORT);
        support::eventually("the limit", || limit.is_cancelled());
        gate.open();
        pool.submit(|| ()).result().unwrap();
        let ran = runs.get();
        assert_eq!(ran, 2, "what was queued behind it did not run");
        let rest: Vec<_> = map.by_ref().collect();
        assert!(rest.last().unwrap().as_ref().unwrap_err().is_timed_out());
        assert!(rest.len() <= 2);
    });
}

#[test]
fn results_that_are_there_come_out_before_the_error_in_order_up_to_the_first_that_is_not() {
    watched(|| {
        for in_order in [true, false] {
            let shelf = Shelf::default();
            let map = (0..).par_map(&shelf, |n: u32| n).batch(1).buffer(3).timeout(SHORT);
            let mut map = if in_order { map } else { map.as_completed() };
            // One thread runs the first and the third; nobody runs the second.
            let mut results = std::thread::scope(|scope| {
                let shelf = &shelf;
                let runner = scope.spawn(move || {
                    support::eventually("three jobs", || shelf.len() == 3);
                    let [first, second, third] = std::array::from_fn(|_| shelf.take());
                    third.run();
                    first.run();
                    second
                });
                let results = map.by_ref().collect::<Vec<_>>();
                drop(runner.join().unwrap());
                results
            });
            assert!(results.pop().unwrap().unwrap_err().is_timed_out());
            let values: Vec<u32> = results.into_iter().map(Result::unwrap).collect();
            let expected: &[u32] = if in_order { &[0] } else { &[2, 0] };
            assert_eq!(values, expected);
        }
    });
}

#[test]
fn what_is_over_in_time_knows_no_error() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for limit in [Duration::from_secs(600), Duration::MAX] {
            let squares: Result<Vec<u32>, TaskError> =
                (0..100).par_map(&pool, |n| n * n).timeout(limit).collect();
            assert!(squares.unwrap().into_iter().eq((0..100).map(|n| n * n)));
        }
        assert_eq!((0..100).par_map(&pool, |n| n).timeout(None).as_completed().count(), 100);
        assert_eq!((0..10).par_map(&pool, |n| n).timeout(None).size_hint(), (10, Some(10)));
    });
}

#[test]
fn a_limit_that_is_over_pulls_nothing() {
    let pulled = Cell::new(0);
    let source = (0..10).inspect(|_| pulled.set(pulled.get() + 1));
    let mut map = source.par_map(Inline, |n| n).timeout(Duration::ZERO);
    assert!(map.next().unwrap().unwrap_err().is_timed_out());
    assert!(map.next().is_none());
    assert_eq!(pulled.get(), 0);
}

#[test]
fn an_endless_source_ends() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for as_completed in [false, true] {
            let map = (0u64..).par_map(&pool, |n| n).timeout(Duration::from_millis(20));
            let map = if as_completed { map.as_completed() } else { map };
            let results: Vec<_> = map.collect();
            let (error, values) = results.split_last().unwrap();
            assert!(error.as_ref().unwrap_err().is_timed_out());
            assert!(values.iter().all(Result::is_ok));
        }
        // Also where each result is there as soon as it is asked for.
        assert!((0u64..).par_map(Inline, |n| n).timeout(Duration::from_millis(5)).last().unwrap().is_err());
        let stage =
            (0u64..).par_stage(&pool, |batch| batch.filter(|n| n % 2 == 0)).timeout(Duration::from_millis(5));
        assert!(stage.last().unwrap().is_err());
    });
}

#[test]
fn everything_combines_in_any_order() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let map = || (0..20u32).par_map(pool.clone(), |n| n);
        let long = Duration::from_secs(600);
        let all = [
            map().as_completed().timeout(long).buffer(4).batch(2),
            map().timeout(long).batch(2).as_completed().buffer(4),
            map().buffer(4).results().as_completed().batch(2).timeout(long),
            map().batch(2).buffer(4).timeout(long).as_completed(),
        ];
        for map in all {
            assert!(map.map(Result::unwrap).eq(0..20));
        }
    });
}
