//! `prefetch` pulls ahead on a worker, never more than it may, in order; it keeps no worker, and waits for none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::support::{self, Count, OneThread, Shelf, hold, message, watched};
use tarae::prelude::*;

/// Numbers from 0 on, counted as they are pulled.
fn counted(pulled: &Count) -> impl Iterator<Item = u64> + Send + 'static {
    let pulled = pulled.clone();
    (0..).inspect(move |_| pulled.add())
}

#[test]
fn the_items_are_those_of_the_source_in_order_on_every_executor() {
    watched(|| {
        let items = if cfg!(miri) { 40u64 } else { 2_000 };
        for n in [1, 2, 3, 64, usize::MAX] {
            for workers in [1, 3] {
                let pool = Arc::new(ThreadPool::new(workers).unwrap());
                assert!((0..items).prefetch(&*pool, n).eq(0..items));
                assert!((0..items).prefetch(pool, n).eq(0..items));
            }
            assert!((0..items).prefetch(Inline, n).eq(0..items));
            assert!((0..items).prefetch(OneThread::new(), n).eq(0..items));
            // Nobody ever runs a job: the consumer does it all.
            assert!((0..items).prefetch(Shelf::default(), n).eq(0..items));
        }
    });
}

#[test]
fn and_on_rayon_and_tokio() {
    watched(|| {
        let rayon = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap());
        assert!((0..200).prefetch(tarae::executor::Rayon::new(rayon), 5).eq(0..200));
        let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        assert!((0..200).prefetch(tarae::executor::Tokio::new(runtime.handle().clone()), 5).eq(0..200));
    });
}

#[test]
fn nothing_is_pulled_before_the_first_next() {
    let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
    let source = counted(&pulled).take(10);
    let ahead = source.prefetch(&pool, 3);
    assert_eq!(ahead.size_hint(), (10, Some(10)));
    drop(ahead);
    drop(pool);
    assert_eq!(pulled.get(), 0);
}

#[test]
fn the_bound_is_exact() {
    watched(|| {
        for n in [1, 2, 3, 8, 64] {
            let (begun, pulled, most) = (Count::default(), Count::default(), Arc::new(AtomicUsize::new(0)));
            let (asked, highest) = (begun.clone(), most.clone());
            let count = pulled.clone();
            let source = (0u64..).inspect(move |_| {
                count.add();
                // What a `next` that has begun may have taken counts as taken.
                highest.fetch_max(count.get() - asked.get().min(count.get()), Ordering::SeqCst);
            });
            let pool = ThreadPool::new(2).unwrap();
            let mut ahead = source.prefetch(&pool, n);
            begun.add();
            assert_eq!(ahead.next(), Some(0));
            pulled.reaches(1 + n); // runs ahead so far, with nobody asking
            let taken = if cfg!(miri) { 20 } else { 500 };
            for k in 1..taken {
                begun.add();
                assert_eq!(ahead.next(), Some(k));
            }
            // Once half is free it is filled again, to the last place.
            begun.add();
            assert_eq!(ahead.next(), Some(taken));
            for k in taken + 1..=taken + n as u64 {
                begun.add();
                assert_eq!(ahead.next(), Some(k));
            }
            drop(ahead);
            drop(pool);
            assert_eq!(most.load(Ordering::SeqCst), n, "prefetch of {n}");
        }
    });
}

#[test]
fn it_is_ahead_after_each_item() {
    watched(|| {
        for n in [1, 2] {
            let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
            let mut ahead = counted(&pulled).prefetch(&pool, n);
            for taken in 1..=if cfg!(miri) { 20 } else { 2_000 } {
                ahead.next();
                pulled.reaches(taken + n); // also where the job before is just ending
            }
        }
    });
}

#[test]
fn the_consumer_may_move_to_another_thread() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let mut ahead = (0..50).prefetch(pool, 3);
        assert_eq!(ahead.next(), Some(0));
        assert!(thread::spawn(move || ahead.eq(1..50)).join().unwrap());
    });
}

#[test]
fn half_the_buffer_is_taken_before_the_source_runs_again() {
    watched(|| {
        let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
        let mut ahead = counted(&pulled).prefetch(&pool, 4);
        ahead.next();
        pulled.reaches(5);
        ahead.next();
        pool.submit(|| ()).result().unwrap(); // behind a job of the prefetch, if there were one
        assert_eq!(pulled.get(), 5);
        ahead.next();
        pulled.reaches(7);
    });
}

#[test]
fn a_slow_consumer_keeps_no_worker() {
    watched(|| {
        let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
        let mut ahead = counted(&pulled).prefetch(&pool, 3);
        assert_eq!(ahead.next(), Some(0));
        pulled.reaches(4);
        // With a limit the job is not run here: the one worker has to be free.
        let limit = support::PATIENCE;
        assert_eq!(pool.submit(|| 42).result_within(limit).unwrap().unwrap(), 42);
        assert_eq!(ahead.next(), Some(1));
    });
}

#[test]
fn neither_does_a_consumer_that_never_stops() {
    watched(|| {
        let (pool, done) = (ThreadPool::new(1).unwrap(), Count::default());
        let mut ahead = (0u64..).prefetch(&pool, 5);
        ahead.next();
        let end = done.clone();
        let other = pool.submit(move || end.add());
        while done.get() == 0 {
            ahead.next();
        }
        other.result().unwrap();
    });
}

#[test]
fn a_consumer_in_a_job_of_the_same_pool_needs_no_other_worker() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        for n in [1, 4] {
            let own = pool.clone();
            let sum = pool.submit(move || (1..=100u64).prefetch(&*own, n).sum::<u64>());
            assert_eq!(sum.result().unwrap(), 5050);
            // Two consumers that take turns on the one worker, and one on it that reads the other's.
            let own = pool.clone();
            let sum = pool.submit(move || {
                let inner = (1..=100u64).prefetch(own.clone(), n);
                inner.map(|n| n * 2).prefetch(own, n).sum::<u64>()
            });
            assert_eq!(sum.result().unwrap(), 10_100);
        }
    });
}

#[test]
fn a_source_that_maps_on_the_same_pool_needs_no_other_worker() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let squares = (0..50u64).par_map(pool.clone(), |n| n * n).prefetch(pool, 4);
        assert!(squares.eq((0..50).map(|n| n * n)));
    });
}

#[test]
fn a_busy_pool_holds_nobody_up() {
    watched(|| {
        let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
        let held = hold(&pool, 1);
        let mut ahead = counted(&pulled).prefetch(&pool, 8);
        for n in 0..20 {
            assert_eq!(ahead.next(), Some(n));
            assert_eq!(pulled.get(), n as usize + 1, "one for one, while no worker is there");
        }
        held.release();
        pulled.reaches(28);
    });
}

#[test]
fn inline_pulls_one_for_one() {
    let (pulled, here) = (Count::default(), thread::current().id());
    let source = counted(&pulled).inspect(move |_| assert_eq!(thread::current().id(), here));
    let mut ahead = source.prefetch(Inline, 8);
    for n in 0..20 {
        assert_eq!(ahead.next(), Some(n));
        assert_eq!(pulled.get(), n as usize + 1);
    }
    // And the source may borrow.
    let words = [String::from("a"), String::from("b")];
    assert!(words.iter().map(String::as_str).prefetch(Inline, 1).eq(["a", "b"]));
}

#[test]
fn a_buffer_of_none_is_refused() {
    let panic = catch_unwind(AssertUnwindSafe(|| (0..3).prefetch(Inline, 0))).unwrap_err();
    assert_eq!(message(&*panic), "a prefetch of 0 items runs nothing ahead: give at least 1");
}

#[test]
fn the_size_hint_follows_what_is_taken() {
    let pool = ThreadPool::new(1).unwrap();
    let mut ahead = (0..3).prefetch(&pool, 2);
    for left in [2, 1, 0, 0] {
        ahead.next();
        assert_eq!(ahead.size_hint(), (left, Some(left)));
    }
    let mut endless = (0u64..).prefetch(&pool, 2);
    endless.next();
    assert_eq!(endless.size_hint().1, None);
}
