//! What happens at once with the end of a pool.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use crate::support::{Count, PATIENCE, Random, eventually, watched};
use tarae::prelude::*;

#[test]
fn several_threads_may_end_the_pool_at_once() {
    watched(|| {
        for _ in 0..if cfg!(miri) { 3 } else { 500 } {
            let pool = ThreadPool::new(2).unwrap();
            let tasks: Vec<_> = (0..10).map(|n| pool.submit(move || n)).collect();
            let barrier = Barrier::new(3);
            thread::scope(|scope| {
                for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
                    let (pool, barrier) = (&pool, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        pool.shutdown(how, None).unwrap();
                    });
                }
            });
            assert!(tasks.iter().all(|task| task.wait_within(Duration::ZERO)));
        }
    });
}

/// Submits race with the end, from outside and from jobs: each task ends, and each job is dropped.
#[test]
fn a_submit_that_races_with_the_end_is_not_left_pending() {
    watched(|| {
        let mut random = Random::new(7);
        for round in 0..if cfg!(miri) { 6 } else { 90 } {
            let how = [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort][round % 3];
            let pool = Arc::new(ThreadPool::new(1 + round / 3 % 2).unwrap());
            let (begun, drops, submitted) = (Count::default(), Count::default(), Count::default());
            let submitters: Vec<_> = (0..2)
                .map(|_| {
                    let (pool, begun) = (pool.clone(), begun.clone());
                    let (drops, submitted) = (drops.clone(), submitted.clone());
                    thread::spawn(move || {
                        let mut tasks = Vec::new();
                        loop {
                            submitted.add();
                            let capture = drops.on_drop();
                            let (inner, drops, submitted) = (pool.clone(), drops.clone(), submitted.clone());
                            let task = pool.submit(move || {
                                submitted.add();
                                let inner_capture = drops.on_drop();
                                let task = inner.submit(move || drop(inner_capture));
                                drop((capture, inner));
                                task
                            });
                            begun.add();
                            let ended = task.state() == TaskState::Cancelled;
                            tasks.push(task);
                            if ended {
                                return tasks;
                            }
                        }
                    })
                })
                .collect();
            eventually("a submit", || begun.get() > 1);
            for _ in 0..random.below(3_000) {
                std::hint::spin_loop();
            }
            pool.shutdown(how, None).unwrap();
            for submitter in submitters {
                for task in submitter.join().unwrap() {
                    if let Ok(inner) = task.result() {
                        let _ = inner.result();
                    }
                }
            }
            assert_eq!(drops.get(), submitted.get());
        }
    });
}

/// A job needs others to run beside it to its end: they do not leave before it.
#[test]
fn a_pool_that_finishes_keeps_its_workers_for_what_still_runs() {
    watched(|| {
        for _ in 0..if cfg!(miri) { 3 } else { 1_000 } {
            let pool = Arc::new(ThreadPool::new(2).unwrap());
            let inner = pool.clone();
            let task = pool.submit(move || {
                let (here, there) = sync_channel::<()>(0);
                inner.submit(move || here.send(()).unwrap()).detach();
                there.recv_timeout(PATIENCE / 2)
            });
            pool.shutdown(Shutdown::Finish, None).unwrap();
            assert!(task.result().unwrap().is_ok());
        }
    });
}
