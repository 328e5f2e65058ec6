//! The pool of threads: how many there are, who runs what and when, and that nobody sleeps while there is work.

#[path = "executor_contract/support.rs"]
mod support;

use std::collections::HashSet;
use std::sync::mpsc::{RecvTimeoutError, channel, sync_channel};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::Duration;

use support::{Count, Gate, PATIENCE, Random, eventually, hold, watched};
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
    const ALONE: &str = "TARAE_COUNTS_THREADS";
    // Other tests start threads, too: this one counts in a process of its own.
    if std::env::var_os(ALONE).is_none() {
        let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
        alone.args(["--exact", "no_thread_is_left_when_the_pool_is_dropped"]).env(ALONE, "1");
        assert!(alone.output().unwrap().status.success());
        return;
    }
    watched(|| {
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

#[test]
fn workers_of_two_pools_wait_for_each_others_tasks() {
    watched(|| {
        let (here, there) = (Arc::new(ThreadPool::new(1).unwrap()), Arc::new(ThreadPool::new(1).unwrap()));
        for _ in 0..if cfg!(miri) { 3 } else { 2_000 } {
            let barrier = Arc::new(Barrier::new(2));
            let crossing = |from: &ThreadPool, to: &Arc<ThreadPool>| {
                let (barrier, to) = (barrier.clone(), to.clone());
                from.submit(move || {
                    barrier.wait(); // both workers are taken: nobody is left to run what they submit now
                    to.submit(|| 1).result().unwrap()
                })
            };
            let (one, two) = (crossing(&here, &there), crossing(&there, &here));
            assert_eq!(one.result().unwrap() + two.result().unwrap(), 2);
        }
    });
}

/// A task holds a mutex and waits for one that runs elsewhere, beside one that wants the mutex. A worker that ran
/// strangers' work while it waits would deadlock here.
#[test]
fn a_mutex_may_be_held_across_a_wait() {
    watched(|| {
        for workers in [2, 3] {
            let pool = Arc::new(ThreadPool::new(workers).unwrap());
            for _ in 0..if cfg!(miri) { 3 } else { 2_000 } {
                let mutex = Arc::new(Mutex::new(0));
                let (begun, begin) = channel();
                let gate = Gate::default();
                let awaited = pool.submit({
                    let gate = gate.clone();
                    move || {
                        begun.send(()).unwrap();
                        gate.pass();
                        1
                    }
                });
                begin.recv().unwrap();
                let (inner, shared) = (pool.clone(), mutex.clone());
                let holder = pool.submit(move || {
                    let mut held = shared.lock().unwrap();
                    for _ in 0..8 {
                        let shared = shared.clone();
                        inner.submit(move || *shared.lock().unwrap() += 1).detach();
                    }
                    gate.open();
                    *held += awaited.result().unwrap();
                });
                holder.result().unwrap();
                eventually("all that wanted the mutex", || *mutex.lock().unwrap() == 9);
            }
        }
    });
}

/// Everything at once, for as many seconds as `TARAE_STRESS_SECONDS` says.
#[test]
#[cfg_attr(miri, ignore = "takes seconds")]
fn whatever_many_threads_do_each_job_runs_and_is_dropped_once() {
    let seconds = std::env::var("TARAE_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    for workers in [1, 3] {
        stress(workers, Duration::from_secs(seconds));
    }
}

fn stress(workers: usize, time: Duration) {
    let pool = Arc::new(ThreadPool::new(workers).unwrap());
    let (runs, captures, results) = (Count::default(), Count::default(), Count::default());
    let end = std::time::Instant::now() + time;
    let submitters: Vec<_> = (1..=4)
        .map(|seed| {
            let (pool, runs, captures, results) =
                (pool.clone(), runs.clone(), captures.clone(), results.clone());
            thread::spawn(move || {
                let mut random = Random::new(seed);
                let (mut submitted, mut cancelled) = (0, 0);
                let mut kept = Vec::new();
                while std::time::Instant::now() < end {
                    let (count, capture, result) = (runs.clone(), captures.on_drop(), results.clone());
                    let inner = (random.below(4) == 0).then(|| pool.clone());
                    let task = pool.submit(move || {
                        let _capture = capture;
                        count.add();
                        if let Some(pool) = inner {
                            let (count, value) = (count.clone(), result.on_drop());
                            pool.submit(move || count.add()).result().unwrap();
                            drop(value);
                        }
                        result.on_drop()
                    });
                    submitted += 1;
                    match random.below(7) {
                        0 => drop(task),
                        1 => cancelled += usize::from(task.cancel()),
                        2 => cancelled += usize::from(task.result().is_err()),
                        3 => task.on_done(drop).detach(),
                        4 => drop(task.result_within(Duration::from_micros(random.below(50)))),
                        5 => drop(wait([task], Duration::ZERO, Wait::Any)),
                        _ => kept.push(task),
                    }
                    if kept.len() > 50 {
                        let mut set = as_completed(kept.drain(..));
                        (0..random.below(50)).for_each(|_| drop(set.next()));
                    }
                }
                (submitted, cancelled)
            })
        })
        .collect();
    let (mut submitted, mut cancelled) = (0, 0);
    for submitter in submitters {
        let (more, less) = submitter.join().unwrap();
        submitted += more;
        cancelled += less;
    }
    eventually("the workers to let go of the pool", || Arc::strong_count(&pool) == 1);
    drop(pool);
    assert_eq!(captures.get(), submitted);
    let nested = results.get() - (submitted - cancelled);
    assert_eq!(runs.get(), submitted - cancelled + nested);
}
