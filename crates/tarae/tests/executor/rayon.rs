//! rayon's pools as executors: what holds beside the contract.

use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::{self, Count, eventually, hold, watched};
use tarae::executor::Rayon;
use tarae::prelude::*;

/// A pool whose threads are named "theirs".
fn pool(threads: usize) -> rayon::ThreadPool {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.thread_name(|_| "theirs".to_owned()).build().unwrap()
}

fn is_theirs() -> bool {
    thread::current().name() == Some("theirs")
}

#[test]
fn a_pool_is_taken_by_value_by_reference_and_in_pointers() {
    fn runs(executor: impl Executor<fn() -> bool>) -> bool {
        assert_eq!(executor.parallelism().get(), 2);
        executor.submit(is_theirs).result().unwrap()
    }
    watched(|| {
        let (by_reference, shared) = (pool(2), Arc::new(pool(2)));
        assert!(runs(Rayon::new(&by_reference)));
        assert!(runs(Rayon::new(shared.clone())));
        assert!(runs(Rayon::new(Box::new(pool(2)))));
        assert!(runs(Rayon::new(pool(2))));
        let executor = Rayon::new(&*shared);
        let copy = executor;
        assert!(runs(executor) && runs(copy));
        assert_eq!(format!("{executor:?} {:?}", Rayon::global()), "Rayon { workers: 2 } Rayon(global)");
    });
}

/// As rayon's own functions do.
#[test]
fn the_global_pool_is_the_one_of_the_thread_that_submits() {
    watched(|| {
        assert!(!Rayon::global().submit(is_theirs).result().unwrap());
        assert_eq!(Executor::<fn()>::parallelism(&Rayon::global()).get(), rayon::current_num_threads());
        let inside = || {
            assert_eq!(Executor::<fn()>::parallelism(&Rayon::global()).get(), 3);
            // Not waited for without a limit: this thread would run it itself.
            let task = Rayon::global().submit(is_theirs);
            assert!(task.wait_within(support::PATIENCE));
            task.result().unwrap()
        };
        assert!(pool(3).install(inside));
    });
}

#[test]
fn one_worker_begins_what_one_thread_submits_in_order() {
    watched(|| {
        let executor = Rayon::new(Arc::new(pool(1)));
        let n = 100;
        for from_inside in [false, true] {
            let begun = Arc::new(Mutex::new(Vec::new()));
            let submit_all = {
                let (executor, begun) = (executor.clone(), begun.clone());
                move || {
                    for k in 0..n {
                        let begun = begun.clone();
                        executor.submit(move || begun.lock().unwrap().push(k)).detach();
                    }
                }
            };
            if from_inside {
                executor.submit(submit_all).result().unwrap();
            } else {
                let held = hold(&executor, 1);
                submit_all();
                held.release();
            }
            eventually("all of them", || begun.lock().unwrap().len() == n);
            assert!(begun.lock().unwrap().iter().copied().eq(0..n));
        }
    });
}

#[test]
fn a_panic_of_a_job_is_its_error_and_not_rayons() {
    watched(|| {
        let handled = Arc::new(AtomicBool::new(false));
        let seen = handled.clone();
        let builder = rayon::ThreadPoolBuilder::new().num_threads(1);
        let pool = builder.panic_handler(move |_| seen.store(true, Ordering::SeqCst)).build().unwrap();
        let executor = Rayon::new(&pool);
        assert!(executor.submit(|| panic!("here")).result().unwrap_err().is_panic());
        assert_eq!(executor.submit(|| 1).result().unwrap(), 1);
        assert!(!handled.load(Ordering::SeqCst));
    });
}

/// The thread that waits is the only one there is, and runs no task of ours.
#[test]
fn rayons_own_work_waits_for_tasks_on_one_thread() {
    watched(|| {
        let shared = Arc::new(pool(1));
        let executor = Rayon::new(shared.clone());
        let inner = executor.clone();
        assert_eq!(shared.install(move || inner.submit(|| 7).result().unwrap()), 7);
        let inner = executor.clone();
        let sums = move || {
            let nested = |n: u64| (0..n).par_map(inner.clone(), |k| k).sum::<u64>();
            (0..20u64).into_par_iter().map(nested).sum::<u64>()
        };
        assert_eq!(shared.install(sums), 1140);
        let inner = executor.clone();
        let both = move || {
            rayon::join(
                || inner.submit(|| 1).result().unwrap(),
                || {
                    as_completed([2, 3].map(|n| inner.submit(move || n)))
                        .map(|n| n.result().unwrap())
                        .sum::<i32>()
                },
            )
        };
        assert_eq!(shared.install(both), (1, 5));
    });
}

#[test]
fn jobs_use_parallel_iterators_and_these_use_jobs() {
    watched(|| {
        let executor = Rayon::new(Arc::new(pool(2)));
        let inner = executor.clone();
        let task = executor.submit(move || {
            let rounds = if cfg!(miri) { 4 } else { 200u64 };
            (0..rounds).into_par_iter().map(|n| inner.submit(move || n * 2).result().unwrap()).sum::<u64>()
        });
        let rounds = if cfg!(miri) { 4 } else { 200u64 };
        assert_eq!(task.result().unwrap(), rounds * (rounds - 1));
    });
}

#[test]
fn a_dropped_pool_finishes_what_is_queued_and_ends_its_threads() {
    watched(|| {
        let (runs, started, ended) = (Count::default(), Count::default(), Count::default());
        let (start, exit) = (started.clone(), ended.clone());
        let builder = rayon::ThreadPoolBuilder::new().num_threads(2);
        let builder = builder.start_handler(move |_| start.add()).exit_handler(move |_| exit.add());
        let executor = Rayon::new(builder.build().unwrap());
        let held = hold(&executor, 2);
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let count = runs.clone();
                executor.submit(move || count.add())
            })
            .collect();
        drop(executor); // waits for nothing
        assert_eq!((runs.get(), ended.get()), (0, 0));
        drop(held);
        assert!(tasks.into_iter().all(|task| task.result().is_ok()));
        assert_eq!(runs.get(), 100);
        ended.reaches(2);
        assert_eq!(started.get(), 2);
    });
}

#[test]
fn a_job_may_drop_the_last_handle_of_its_pool() {
    watched(|| {
        let ended = Count::default();
        let exit = ended.clone();
        let builder = rayon::ThreadPoolBuilder::new().num_threads(1).exit_handler(move |_| exit.add());
        let executor = Arc::new(Rayon::new(builder.build().unwrap()));
        let last = executor.clone();
        let task = executor.submit(move || drop(last));
        drop(executor);
        task.result().unwrap();
        ended.reaches(1);
    });
}
