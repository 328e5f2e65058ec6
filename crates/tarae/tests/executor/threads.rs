//! The pool of threads: how many there are, who runs what and when, and that nobody sleeps while there is work.

use std::collections::HashSet;
use std::sync::mpsc::{RecvTimeoutError, channel, sync_channel};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use crate::support::{self, PATIENCE, Random, alone, eventually, hold, watched};
use tarae::prelude::*;

#[test]
fn two_jobs_that_meet_run_at_once_however_the_pool_was_before() {
    const ROUNDS: usize = if cfg!(miri) { 5 } else { 100_000 };
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let mut random = Random::new(1);
        for round in 0..ROUNDS {
            let (here, there) = sync_channel::<()>(0);
            // The first needs the second: a worker that sleeps on while the second waits is a deadlock.
            let first = pool.submit(move || there.recv_timeout(PATIENCE / 2));
            for _ in 0..random.below(200) {
                std::hint::spin_loop();
            }
            let second = pool.submit(move || here.send(()).is_ok());
            let met = first.result().unwrap();
            assert_ne!(met, Err(RecvTimeoutError::Timeout), "nobody was woken in round {round}");
            second.result().unwrap();
            for _ in 0..random.below(2_000) {
                std::hint::spin_loop();
            }
        }
    });
}

#[test]
fn threads_are_named_and_numbered() {
    watched(|| {
        let names = |pool: &ThreadPool| {
            let workers = pool.workers();
            let barrier = Arc::new(Barrier::new(workers));
            let tasks: Vec<_> = (0..workers)
                .map(|_| {
                    let barrier = barrier.clone();
                    pool.submit(move || {
                        barrier.wait();
                        thread::current().name().unwrap().to_owned()
                    })
                })
                .collect();
            tasks.into_iter().map(|task| task.result().unwrap()).collect::<HashSet<_>>()
        };
        let expected = |names: [&str; 3]| names.map(str::to_owned).into_iter().collect::<HashSet<_>>();
        assert_eq!(names(&ThreadPool::new(3).unwrap()), expected(["tarae-0", "tarae-1", "tarae-2"]));
        let named = ThreadPool::builder().workers(3).name("crawler").build().unwrap();
        assert_eq!(names(&named), expected(["crawler-0", "crawler-1", "crawler-2"]));
        assert_eq!(format!("{named:?}"), "ThreadPool { workers: 3, .. }");
    });
}

/// F58. DIFFERENCE: Python has four more, for threads that wait for its one lock.
#[test]
fn without_a_number_there_is_a_worker_for_each_core() {
    let pool = ThreadPool::builder().build().unwrap();
    assert_eq!(pool.workers(), thread::available_parallelism().unwrap().get());
    assert_eq!(Executor::<fn()>::parallelism(&pool).get(), pool.workers());
}

#[test]
#[cfg_attr(miri, ignore = "Miri's stacks have no size")]
fn the_stack_is_as_large_as_asked_for() {
    fn depth(n: usize) -> usize {
        let filler = std::hint::black_box([n as u8; 1024]);
        if n == 0 { 0 } else { depth(n - 1) + 1 + usize::from(filler[1]) - usize::from(filler[2]) }
    }
    watched(|| {
        // Twenty megabytes: five times more than any default.
        let pool = ThreadPool::builder().workers(1).stack_size(64 << 20).build().unwrap();
        assert_eq!(pool.submit(|| depth(20_000)).result().unwrap(), 20_000);
    });
}

/// F58: nor are there ever more than workers.
#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "reads /proc")]
fn no_thread_is_left_when_the_pool_is_dropped() {
    alone("threads::no_thread_is_left_when_the_pool_is_dropped", || {
        let before = support::threads();
        for _ in 0..5 {
            let pool = ThreadPool::new(3).unwrap();
            eventually("its threads", || support::threads() == before + 3);
            let tasks: Vec<_> = (0..100).map(|n| pool.submit(move || n)).collect();
            assert_eq!(wait(tasks, None, Wait::All).done.len(), 100);
            assert_eq!(support::threads(), before + 3);
            drop(pool);
            eventually("their end", || support::threads() == before); // the kernel's entry goes a moment later
        }
    });
}

#[test]
fn one_worker_begins_jobs_from_outside_in_order() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let begun = Arc::new(Mutex::new(Vec::new()));
        let held = hold(&pool, 1);
        let n = if cfg!(miri) { 20 } else { 500 };
        for k in 0..n {
            let begun = begun.clone();
            pool.submit(move || begun.lock().unwrap().push(k)).detach();
        }
        drop(held);
        drop(pool);
        assert!(begun.lock().unwrap().iter().copied().eq(0..n));
    });
}

#[test]
fn jobs_that_were_brought_in_together_do_not_wait_for_each_others_worker() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for _ in 0..if cfg!(miri) { 3 } else { 5_000 } {
            let held = hold(&pool, 2);
            let (send, receive) = channel();
            // All queued at once; the first needs the last.
            let first = pool.submit(move || receive.recv_timeout(PATIENCE / 2));
            for _ in 0..20 {
                pool.submit(|| ()).detach();
            }
            let last = pool.submit(move || send.send(()).unwrap());
            held.release();
            assert!(first.result().unwrap().is_ok());
            last.result().unwrap();
        }
    });
}
