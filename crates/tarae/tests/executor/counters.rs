//! The counters of a pool: at rest each task is counted once, in its own way, by the pool that it was submitted to.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::support::{Gate, eventually, hold, watched};
use tarae::executor::{Counters, yield_now};
use tarae::prelude::*;

/// Submitted, done, panicked and cancelled, when the pool has come to rest.
fn at_rest(pool: &ThreadPool) -> [u64; 4] {
    eventually("a pool at rest", || {
        let counters = pool.counters();
        counters.queued == 0 && counters.running == 0
    });
    let Counters { submitted, done, panicked, cancelled, .. } = pool.counters();
    assert_eq!(submitted, done + panicked + cancelled);
    [submitted, done, panicked, cancelled]
}

#[test]
fn a_new_pool_has_counted_nothing() {
    assert_eq!(ThreadPool::new(2).unwrap().counters(), Counters::default());
}

#[test]
fn who_has_a_result_finds_it_counted() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for n in 1..=if cfg!(miri) { 10 } else { 1_000 } {
            pool.submit(|| ()).result().unwrap();
            assert_eq!(pool.counters().done, n);
        }
    });
}

#[test]
fn what_waits_and_what_runs_is_told_apart() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let held = hold(&pool, 2);
        let behind: Vec<Task<()>> = (0..5).map(|_| pool.submit(|| ())).collect();
        let counters = pool.counters();
        assert_eq!([counters.submitted, counters.queued, counters.running, counters.done], [7, 5, 2, 0]);
        held.release();
        wait(&behind, None, Wait::All);
        assert_eq!(at_rest(&pool), [7, 7, 0, 0]);
    });
}

#[test]
fn a_panic_is_counted_as_one() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        assert!(pool.submit(|| panic!("meant")).result().is_err());
        assert_eq!(at_rest(&pool), [1, 0, 1, 0]);
    });
}

#[test]
fn what_is_cancelled_in_the_queue_is_counted_when_a_worker_comes_across_it() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let tasks = [(); 3].map(|()| pool.submit(|| ()));
        assert!(tasks.iter().all(Task::cancel));
        assert_eq!([pool.counters().queued, pool.counters().cancelled], [3, 0]);
        held.release();
        assert_eq!(at_rest(&pool), [4, 1, 0, 3]);
    });
}

#[test]
fn what_stops_as_it_was_asked_to_is_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let begun = Gate::default();
        let begins = begun.clone();
        let task = pool.submit(move || {
            let token = CancelToken::current();
            begins.open();
            (0u64..).cancellable(&token).count()
        });
        begun.pass();
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(at_rest(&pool), [1, 0, 0, 1]);
    });
}

#[test]
fn what_is_out_of_time_before_it_began_is_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let late = pool.submit_with(Options::new().timeout(Duration::ZERO), || ());
        assert!(late.result().unwrap_err().is_timed_out());
        held.release();
        assert_eq!(at_rest(&pool), [2, 1, 0, 1]);
    });
}

#[test]
fn a_job_s_own_submits_are_counted_and_so_is_what_it_runs_itself() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let own = pool.clone();
        let outer = pool.submit(move || {
            let values = [own.submit(|| 1), own.submit(|| 2)].map(|task| task.result().unwrap());
            let broken = own.submit(|| panic!("meant")).result().is_err();
            let unwanted = own.submit(|| ());
            (values, broken, unwanted.cancel())
        });
        assert_eq!(outer.result().unwrap(), ([1, 2], true, true));
        assert_eq!(at_rest(&pool), [5, 3, 1, 1]);
    });
}

#[test]
fn what_another_pool_s_worker_runs_is_counted_by_its_own() {
    watched(|| {
        for panics in [false, true] {
            let [here, there] = [(); 2].map(|()| ThreadPool::new(1).unwrap());
            let held = hold(&there, 1); // so that only the one who waits can run it
            let task = there.submit(move || assert!(!panics, "meant"));
            let waits = here.submit(move || task.result().is_err());
            assert_eq!(waits.result().unwrap(), panics);
            held.release();
            assert_eq!(at_rest(&here), [1, 1, 0, 0]);
            assert_eq!(at_rest(&there), if panics { [2, 1, 1, 0] } else { [2, 2, 0, 0] });
        }
    });
}

#[test]
fn what_still_runs_elsewhere_when_its_pool_comes_across_it_is_counted_as_it_ends() {
    watched(|| {
        for panics in [false, true] {
            let [here, there] = [(); 2].map(|()| ThreadPool::new(1).unwrap());
            let held = hold(&there, 1);
            let (begun, gate) = (Gate::default(), Gate::default());
            let (begins, waits) = (begun.clone(), gate.clone());
            let task = there.submit(move || {
                begins.open();
                waits.pass();
                assert!(!panics, "meant");
            });
            let outer = here.submit(move || task.result().is_err());
            begun.pass();
            held.release();
            // It has gone through the one queue before this.
            there.submit(|| ()).result().unwrap();
            let counters = there.counters();
            assert_eq!([counters.submitted, counters.queued, counters.running, counters.done], [3, 0, 1, 2]);
            gate.open();
            assert_eq!(outer.result().unwrap(), panics);
            assert_eq!(at_rest(&there), if panics { [3, 2, 1, 0] } else { [3, 3, 0, 0] });
        }
    });
}

#[test]
fn half_a_join_counts_if_another_worker_takes_it() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let own = pool.clone();
        let taken = pool.submit(move || {
            let gate = Gate::default();
            own.join(|| gate.pass(), || gate.open()); // the first needs the second
        });
        taken.result().unwrap();
        assert_eq!(at_rest(&pool), [2, 2, 0, 0]);

        let alone = Arc::new(ThreadPool::new(1).unwrap());
        let own = alone.clone();
        alone.submit(move || own.join(|| (), || ())).result().unwrap();
        assert_eq!(at_rest(&alone), [1, 1, 0, 0]);
        // From outside, both run as one task.
        assert_eq!(alone.join(|| 1, || 2), (1, 2));
        assert_eq!(at_rest(&alone), [2, 2, 0, 0]);
        let broken = catch_unwind(AssertUnwindSafe(|| alone.join(|| panic!("meant"), || ())));
        assert!(broken.is_err());
        assert_eq!(at_rest(&alone), [3, 2, 1, 0]);
    });
}

#[test]
fn what_a_pool_that_ends_gives_up_is_cancelled_and_what_it_refuses_never_came() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let tasks = [(); 3].map(|()| pool.submit(|| ()));
        assert!(pool.shutdown(Shutdown::CancelPending, Duration::ZERO).is_err());
        assert!(tasks.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        assert!(pool.submit(|| ()).result().is_err());
        held.release();
        assert_eq!(at_rest(&pool), [4, 1, 0, 3]);
    });
}

#[test]
fn a_scope_counts_the_threads_that_it_asks_for() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        pool.scope(|s| (0..5).for_each(|_| drop(s.submit(|| ()))));
        let [submitted, done, ..] = at_rest(&pool);
        assert!((1..=5).contains(&submitted), "{submitted}");
        assert_eq!(done, submitted);

        // One that panics, one that is cancelled: each thread that was asked for is done.
        let alone = ThreadPool::new(1).unwrap();
        let held = hold(&alone, 1);
        alone.scope(|s| {
            let bad = s.submit(|| panic!("meant"));
            let unwanted = s.submit(|| ());
            assert!(unwanted.cancel());
            held.release();
            assert!(bad.result().is_err());
        });
        assert_eq!(at_rest(&alone), [3, 3, 0, 0]);
    });
}

#[test]
fn the_threads_that_a_pool_does_not_send_are_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        pool.scope(|s| {
            let tasks = [(); 3].map(|()| s.submit(|| ()));
            assert!(pool.shutdown(Shutdown::CancelPending, Duration::ZERO).is_err());
            assert!(tasks.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
            assert!(s.submit(|| ()).result().is_err()); // refused: it never came
        });
        held.release();
        assert_eq!(at_rest(&pool), [4, 1, 0, 3]);
    });
}

#[test]
fn a_future_counts_by_its_turns() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        pool.spawn(async {}).result().unwrap();
        assert_eq!(at_rest(&pool), [1, 1, 0, 0]);

        pool.spawn(async {
            yield_now().await;
            yield_now().await;
        })
        .result()
        .unwrap();
        assert_eq!(at_rest(&pool), [4, 4, 0, 0]);

        // The turn does not panic: the future does.
        assert!(pool.spawn(async { panic!("meant") }).result().is_err());
        assert_eq!(at_rest(&pool), [5, 5, 0, 0]);

        // Cancelled before its turn comes, which finds nothing to poll.
        let held = hold(&pool, 1);
        assert!(pool.spawn(async {}).cancel());
        held.release();
        assert_eq!(at_rest(&pool), [7, 7, 0, 0]);

        // Dropped where it waits: no turn more.
        let waits = pool.spawn(std::future::pending::<()>());
        drop(waits.result());
        assert_eq!(at_rest(&pool), [8, 8, 0, 0]);
    });
}

#[test]
fn the_turns_that_a_pool_gives_up_are_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let task = pool.spawn(async {});
        assert!(pool.shutdown(Shutdown::CancelPending, Duration::ZERO).is_err());
        assert!(task.result().unwrap_err().is_cancelled());
        assert!(pool.spawn(async {}).result().is_err());
        held.release();
        assert_eq!(at_rest(&pool), [2, 1, 0, 1]);
    });
}

#[test]
fn nothing_is_lost_when_many_submit_cancel_and_wait_at_once() {
    const TASKS: usize = if cfg!(miri) { 30 } else { 20_000 };
    watched(|| {
        let pool = Arc::new(ThreadPool::new(3).unwrap());
        let threads = [0, 1].map(|parity| {
            let pool = pool.clone();
            std::thread::spawn(move || {
                let own = pool.clone();
                let nested = pool.submit(move || {
                    (0..TASKS).for_each(|n| {
                        let task = own.submit(move || {
                            if n % 2_000 == 7 {
                                std::panic::resume_unwind(Box::new(()))
                            }
                        });
                        match n % 3 {
                            0 => drop(task.result()),
                            1 => drop(task.cancel()),
                            _ => drop(task),
                        }
                    });
                });
                for n in 0..TASKS {
                    let task = pool.submit(|| ());
                    if n % 2 == parity {
                        task.cancel();
                    }
                    let counters = pool.counters();
                    let over = counters.done + counters.panicked + counters.cancelled;
                    assert_eq!(counters.submitted, counters.queued + counters.running + over);
                }
                nested.result().unwrap();
            })
        });
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(at_rest(&pool)[0], 2 + 4 * TASKS as u64);
    });
}
