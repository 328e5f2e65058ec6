//! What each worker of a pool runs first, and what becomes of the pool if that panics.

use std::error::Error;
use std::panic::panic_any;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::{self, Bomb, Count, Gate, alone, eventually, hold, watched};
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// Whether the task ended because its pool is broken, and says why.
fn is_broken<T>(task: Task<T>) -> bool {
    task.result().is_err_and(|error| {
        let cause = error.source().expect("an error with a cause").to_string();
        *error.kind() == ErrorKind::Broken
            && cause.starts_with("the initializer of worker ")
            && error.to_string().contains(&cause)
    })
}

/// F62: each worker runs the initializer, on its own thread, before anything else.
#[test]
fn each_worker_runs_it_first() {
    watched(|| {
        let (begun, drops) = (Arc::new(Mutex::new(Vec::new())), Count::default());
        let (numbers, capture) = (begun.clone(), drops.on_drop());
        let builder = ThreadPool::builder().workers(3).initializer(move |worker| {
            let _ = &capture;
            let name = thread::current().name().unwrap().to_owned();
            numbers.lock().unwrap().push((worker, name));
        });
        assert!(format!("{builder:?}").contains("initializer: Some(Initializer)"));
        let pool = builder.build().unwrap();
        hold(&pool, 3).release();
        let mut begun = begun.lock().unwrap().clone();
        begun.sort();
        let expected = [0, 1, 2].map(|worker| (worker, format!("tarae-{worker}")));
        assert_eq!(begun, expected);
        assert_eq!(drops.get(), 1, "each worker has let go of it");
    });
}

/// F62: if it panics, what is queued ends with an error, what is submitted later too, and nothing hangs.
#[test]
fn if_it_panics_no_task_is_left_pending() {
    watched(|| {
        for workers in [1, 3] {
            let (gate, drops) = (Gate::default(), Count::default());
            let closed = gate.clone();
            let pool = ThreadPool::builder().workers(workers).initializer(move |_| {
                closed.pass();
                panic!("no database");
            });
            let pool = pool.build().unwrap();
            let queued: Vec<_> = (0..20)
                .map(|_| {
                    let capture = drops.on_drop();
                    pool.submit(move || drop(capture))
                })
                .collect();
            let follows = pool.submit(|| 1).on_done(|result| result.is_err());
            assert!(queued.iter().all(|task| task.state() == TaskState::Pending));
            gate.open();
            assert!(queued.into_iter().all(is_broken));
            assert!(follows.result().unwrap());
            assert_eq!(drops.get(), 20);
            assert!(is_broken(pool.submit(|| ())));
            // Its workers are about to leave.
            pool.shutdown(Shutdown::Finish, None).unwrap();
            assert!(is_broken(pool.submit(|| ())));
        }
    });
}

/// One is enough: the others finish what they run.
#[test]
fn one_worker_that_cannot_begin_ends_the_pool() {
    watched(|| {
        let gate = Gate::default();
        let closed = gate.clone();
        let pool = ThreadPool::builder().workers(2).initializer(move |worker| {
            if worker == 1 {
                closed.pass();
                panic!("no database");
            }
        });
        let pool = pool.build().unwrap();
        let held = hold(&pool, 1);
        let queued = pool.submit(|| ());
        gate.open();
        assert!(is_broken(queued));
        assert!(is_broken(pool.submit(|| ())));
        held.release(); // gives a result
        drop(pool);
    });
}

/// The threads end by themselves.
#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "reads /proc")]
fn a_broken_pool_has_no_threads() {
    alone("initializer::a_broken_pool_has_no_threads", || {
        let before = support::threads();
        let pool = ThreadPool::builder().workers(3).initializer(|_| panic!("no database")).build().unwrap();
        eventually("their end", || support::threads() == before);
        assert!(is_broken(pool.submit(|| ())));
    });
}

#[test]
fn what_it_leaves_behind_may_panic_too() {
    watched(|| {
        let drops = Count::default();
        let (bomb, another) = (Bomb(drops.clone()), drops.clone());
        let pool = ThreadPool::builder().workers(1).initializer(move |_| {
            let _ = &bomb;
            panic_any(Bomb(another.clone()));
        });
        let pool = pool.build().unwrap();
        assert!(is_broken(pool.submit(|| ())));
        pool.shutdown(Shutdown::Finish, None).unwrap();
        assert_eq!(drops.get(), 2);
    });
}
