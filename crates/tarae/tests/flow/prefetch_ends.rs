//! How a `prefetch` ends: the source's end, its panics at their place, dropping, and a pool that is shut down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{Bomb, Count, Gate, Shelf, eventually, hold, message, watched};
use tarae::executor::Prefetch;
use tarae::prelude::*;

#[test]
fn the_end_is_the_end_and_the_source_is_dropped_before_it_is_seen() {
    watched(|| {
        for n in [1, 4, 100] {
            let (pool, dropped) = (ThreadPool::new(1).unwrap(), Count::default());
            let owned = dropped.on_drop();
            // One that would begin again after its end.
            let mut calls = 0;
            let source = std::iter::from_fn(move || {
                let _ = &owned;
                calls += 1;
                (calls % 4 != 0).then_some(calls)
            });
            let mut ahead = source.prefetch(&pool, n);
            assert!(ahead.by_ref().eq([1, 2, 3]));
            assert_eq!(dropped.get(), 1);
            assert_eq!((ahead.next(), ahead.next()), (None, None));
        }
    });
}

#[test]
fn a_panic_comes_out_at_its_place_and_nothing_is_pulled_beyond() {
    watched(|| {
        for executor in 0..2 {
            let pulled = Count::default();
            let pull = pulled.clone();
            let source = (0..4).inspect(move |n| {
                pull.add();
                assert_ne!(*n, 2, "two");
            });
            // A pool, and a shelf on which no job is ever run: the consumer steps the source itself.
            let mut ahead: Box<dyn Iterator<Item = i32>> = match executor {
                0 => Box::new(source.prefetch(ThreadPool::new(1).unwrap(), 10)),
                _ => Box::new(source.prefetch(Shelf::default(), 10)),
            };
            assert_eq!(ahead.next(), Some(0));
            if executor == 0 {
                pulled.reaches(3); // up to the panic, and no further
            }
            assert_eq!(ahead.next(), Some(1));
            assert_eq!(ahead.size_hint(), (2, Some(2)));
            let panic = catch_unwind(AssertUnwindSafe(|| ahead.next())).unwrap_err();
            assert!(message(&*panic).contains("two"), "{}", message(&*panic));
            assert_eq!(pulled.get(), 3);
            assert_eq!(ahead.next(), Some(3));
            assert_eq!(ahead.next(), None);
        }
    });
}

#[test]
fn dropping_it_drops_what_was_pulled_and_the_source_once() {
    watched(|| {
        let (pool, pulled, dropped) = (ThreadPool::new(1).unwrap(), Count::default(), Count::default());
        let (pull, made, source_gone) = (pulled.clone(), dropped.clone(), Count::default());
        let owned = source_gone.on_drop();
        let source = (0..).map(move |_| {
            let _ = &owned;
            pull.add();
            made.on_drop()
        });
        let mut ahead = source.prefetch(&pool, 5);
        let first = ahead.next();
        pulled.reaches(6);
        drop(ahead);
        eventually("the source's end", || source_gone.get() == 1);
        drop(pool);
        assert_eq!((pulled.get(), dropped.get()), (6, 5));
        drop(first);
        assert_eq!(dropped.get(), 6);
    });
}

#[test]
fn a_worker_that_is_just_pulling_drops_it_when_it_has_pulled() {
    watched(|| {
        let (gate, begun) = (Gate::default(), Count::default());
        let (pulled, dropped, gone) = (Count::default(), Count::default(), Count::default());
        let owned = gone.on_drop();
        let (pass, begin, pull, made) = (gate.clone(), begun.clone(), pulled.clone(), dropped.clone());
        let source = (0..).map(move |n| {
            let _ = &owned;
            if n == 2 {
                begin.add();
                pass.pass();
            }
            pull.add();
            made.on_drop()
        });
        let pool = ThreadPool::new(1).unwrap();
        let mut ahead = source.prefetch(&pool, 5);
        ahead.next();
        begun.reaches(1);
        drop(ahead); // waits for nothing
        assert_eq!((gone.get(), dropped.get()), (0, 2));
        gate.open();
        drop(pool);
        assert_eq!((gone.get(), pulled.get(), dropped.get()), (1, 3, 3));
    });
}

#[test]
fn a_pool_that_ends_with_the_source_on_its_own_worker_does_not_hang() {
    watched(|| {
        let (gate, begun, gone) = (Gate::default(), Count::default(), Count::default());
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let (own, owned, pass, begin) = (pool.clone(), gone.on_drop(), gate.clone(), begun.clone());
        let source = (0..).inspect(move |n| {
            let _ = (&own, &owned);
            if *n == 1 {
                begin.add();
                pass.pass();
            }
        });
        let mut ahead = source.prefetch(pool, 5);
        ahead.next();
        begun.reaches(1);
        drop(ahead); // the pool lives on in the source
        gate.open();
        eventually("the source's end", || gone.get() == 1);
    });
}

#[test]
fn a_worker_that_is_just_pulling_is_asked_to_stop() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let mut items = 0;
        let source = std::iter::from_fn(move || {
            items += 1;
            if items == 2 {
                begun.send(()).unwrap();
                (0u64..).cancellable(&CancelToken::current()).last();
            }
            Some(items)
        });
        let mut ahead = source.prefetch(&pool, 3);
        assert_eq!(ahead.next(), Some(1));
        begin.recv().unwrap();
        drop(ahead);
        drop(pool); // its worker ends
    });
}

#[test]
fn a_job_that_nobody_has_begun_never_runs() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let gone = Count::default();
        let owned = gone.on_drop();
        let mut ahead = (0..)
            .inspect(move |_| {
                let _ = &owned;
            })
            .prefetch(&pool, 5);
        ahead.next();
        drop(ahead);
        assert_eq!(gone.get(), 1, "with a job queued");
        held.release();
    });
}

#[test]
fn destructors_that_panic_do_no_harm() {
    watched(|| {
        let (pool, dropped) = (ThreadPool::new(1).unwrap(), Count::default());
        let bomb = Bomb(dropped.clone());
        // The source's, at its end, on the worker: a panic like one of its own.
        let source = (0..3).inspect(move |_| {
            let _ = &bomb;
        });
        let mut ahead = source.prefetch(&pool, 8);
        assert!(ahead.by_ref().take(3).eq(0..3));
        let panic = catch_unwind(AssertUnwindSafe(|| ahead.next())).unwrap_err();
        assert_eq!(message(&*panic), "a destructor that panics");
        assert_eq!(ahead.next(), None);
        assert_eq!(dropped.get(), 1);

        let bomb = Bomb(dropped.clone());
        let gone = Count::default();
        let owned = gone.on_drop();
        let items = [None, Some(bomb)].into_iter().inspect(move |_| {
            let _ = &owned;
        });
        let mut ahead = items.prefetch(Shelf::default(), 2);
        ahead.next();
        let _ = ahead.next().map(std::mem::forget);
        drop(ahead);
        assert_eq!(gone.get(), 1);
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_pool_that_is_shut_down_leaves_the_rest_to_the_consumer() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let pool = Arc::new(ThreadPool::new(1).unwrap());
            let mut ahead = (0..50).prefetch(pool.clone(), 4);
            assert!(ahead.by_ref().take(10).eq(0..10));
            pool.shutdown(how, None).unwrap();
            assert!(ahead.eq(10..50), "{how:?}");
        }
    });
}

#[test]
fn a_source_that_stops_with_its_pool_has_not_ended() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let (begun, begin) = channel();
        let mut items = 0;
        let source = std::iter::from_fn(move || {
            items += 1;
            if items == 2 {
                begun.send(()).unwrap();
                (0u64..).cancellable(&CancelToken::current()).last();
                return None;
            }
            Some(items)
        });
        let mut ahead = source.prefetch(pool.clone(), 3);
        assert_eq!(ahead.next(), Some(1));
        begin.recv().unwrap();
        pool.shutdown(Shutdown::Abort, Duration::from_secs(20)).unwrap();
        let panic = catch_unwind(AssertUnwindSafe(|| ahead.next())).unwrap_err();
        assert!(message(&*panic).contains("asked to stop: its executor was shut down"));
        assert_eq!(ahead.next(), None);
    });
}

type Numbers = Box<dyn Iterator<Item = usize> + Send>;

#[test]
fn a_source_that_asks_its_own_prefetch_is_told_so() {
    watched(|| {
        let own: Arc<Mutex<Option<Prefetch<Numbers, Arc<ThreadPool>>>>> = Arc::default();
        let (slot, gate) = (own.clone(), Gate::default());
        let (said, hears) = channel();
        let passed = gate.clone();
        let mut items = 0;
        let source: Numbers = Box::new(std::iter::from_fn(move || {
            items += 1;
            if items == 2 {
                passed.pass();
                let mut own = slot.lock().unwrap().take().unwrap();
                let panic = catch_unwind(AssertUnwindSafe(|| own.next())).unwrap_err();
                said.send(message(&*panic).to_owned()).unwrap();
            }
            Some(items)
        }));
        let mut ahead = source.prefetch(Arc::new(ThreadPool::new(1).unwrap()), 3);
        assert_eq!(ahead.next(), Some(1));
        *own.lock().unwrap() = Some(ahead);
        gate.open();
        assert!(hears.recv().unwrap().contains("it would wait for itself"));
    });
}
