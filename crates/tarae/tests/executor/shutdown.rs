//! How a pool of threads ends: what still runs, what is cancelled, what is refused, and that nothing is left pending.
//!
//! F58 to F61 are rows of Python's behaviours. Two differ: all threads are started with the pool, not one by one as work
//! comes (F58); and nothing is waited for when the program ends, since Rust has no hook for that (F61): keep the pool and
//! drop it, or shut it down.

use std::sync::mpsc::channel;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::support::{self, Bomb, Count, Gate, PATIENCE, alone, eventually, hold, watched};
use tarae::executor::BuildError;
use tarae::prelude::*;
use tarae::task::ErrorKind;

const NOW: Duration = Duration::ZERO;

/// Whether the executor refused it.
fn is_refused<T>(task: Task<T>) -> bool {
    task.result().is_err_and(|error| *error.kind() == ErrorKind::Rejected)
}

/// F58: no workers is an error, and there are never more threads than workers, however many tasks there are, at once or one
/// after the other.
#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "reads /proc")]
fn there_are_never_more_threads_than_workers() {
    alone("shutdown::there_are_never_more_threads_than_workers", || {
        assert!(matches!(ThreadPool::new(0), Err(BuildError::NoWorkers)));
        let before = support::threads();
        let pool = ThreadPool::new(3).unwrap();
        for n in 0..3 {
            assert_eq!(pool.submit(move || n).result().unwrap(), n);
        }
        let held = hold(&pool, 3);
        let tasks: Vec<_> = (0..45).map(|n| pool.submit(move || n)).collect();
        assert_eq!(support::threads(), before + 3);
        held.release();
        assert_eq!(wait(tasks, None, Wait::All).done.len(), 45);
        assert_eq!(support::threads(), before + 3);
    });
}

/// F59: a submit after the end is an error; what is queued runs; leaving the scope waits for it.
#[test]
fn a_submit_after_the_end_is_refused_and_what_was_queued_has_run() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let pool = ThreadPool::new(2).unwrap();
            pool.shutdown(how, None).unwrap();
            let dropped = Count::default();
            let capture = dropped.on_drop();
            assert!(is_refused(pool.submit(move || drop(capture))), "{how:?}");
            assert_eq!(dropped.get(), 1);
            pool.shutdown(how, None).unwrap();
        }
        let runs = Count::default();
        {
            let pool = ThreadPool::new(2).unwrap();
            for _ in 0..50 {
                let runs = runs.clone();
                pool.submit(move || runs.add()).detach();
            }
        }
        assert_eq!(runs.get(), 50);
    });
}

/// F60: queued tasks are cancelled, running ones finish, none is left pending; one that was cancelled just before does not
/// keep the pool.
#[test]
fn cancelling_what_is_queued_leaves_nothing_pending() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let held = hold(&pool, 2);
        let (calls, drops) = (Count::default(), Count::default());
        let mut tasks: Vec<Task<()>> = (0..20)
            .map(|_| {
                let capture = drops.on_drop();
                pool.submit(move || drop(capture))
            })
            .collect();
        let followed = tasks.split_off(10);
        let followers: Vec<_> = followed
            .into_iter()
            .map(|task| {
                let calls = calls.clone();
                task.on_done(move |result| {
                    assert!(result.unwrap_err().is_cancelled());
                    calls.add();
                })
            })
            .collect();
        let just_before = pool.submit(|| ());
        assert!(just_before.cancel());
        let still = pool.shutdown(Shutdown::CancelPending, NOW).unwrap_err();
        assert_eq!((still.tasks().len(), still.queued()), (2, 0));
        assert_eq!((drops.get(), calls.get()), (20, 10));
        assert!(tasks.into_iter().all(|task| task.result_within(NOW).unwrap().unwrap_err().is_cancelled()));
        assert!(followers.into_iter().all(|task| task.result_within(NOW).unwrap().is_ok()));
        held.release(); // each gives a result
        pool.shutdown(Shutdown::CancelPending, None).unwrap();
    });
}

/// F60: as above, with nothing else to run, and without waiting.
#[test]
fn a_task_cancelled_just_before_the_end_does_not_keep_the_pool() {
    watched(|| {
        for limit in [None, Some(NOW)] {
            let pool = ThreadPool::new(1).unwrap();
            let held = hold(&pool, 1);
            let task = pool.submit(|| ());
            assert!(task.cancel());
            drop(held);
            let _ = pool.shutdown(Shutdown::CancelPending, limit);
            pool.shutdown(Shutdown::Finish, None).unwrap();
        }
    });
}

/// F61: a pool is dropped, or told to end without waiting, with work queued: the work is done and the threads end.
#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "reads /proc")]
fn without_waiting_the_work_is_done_all_the_same_and_the_threads_end() {
    alone("shutdown::without_waiting_the_work_is_done_all_the_same_and_the_threads_end", || {
        let (before, runs) = (support::threads(), Count::default());
        for told in [false, true] {
            let pool = ThreadPool::new(2).unwrap();
            let held = hold(&pool, 2);
            let queued = runs.clone();
            pool.submit(move || queued.add()).detach();
            if told {
                let still = pool.shutdown(Shutdown::Finish, NOW).unwrap_err();
                assert_eq!(still.queued(), 1);
                assert!(is_refused(pool.submit(|| ())));
                drop(pool); // does not wait: it would for ever
                assert_eq!(runs.get(), 1);
                held.release();
            } else {
                thread::scope(|scope| {
                    scope.spawn(|| drop(pool));
                    held.release();
                });
                assert_eq!(runs.get(), 1);
            }
            eventually("the end of the threads", || support::threads() == before);
        }
        assert_eq!(runs.get(), 2);
    });
}

#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "reads /proc")]
fn after_each_kind_of_end_no_thread_is_left() {
    alone("shutdown::after_each_kind_of_end_no_thread_is_left", || {
        let before = support::threads();
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let pool = ThreadPool::new(3).unwrap();
            let tasks: Vec<_> = (0..100).map(|n| pool.submit(move || n)).collect();
            pool.shutdown(how, None).unwrap();
            eventually("the end of the threads", || support::threads() == before);
            assert!(tasks.iter().all(|task| task.wait_within(NOW)), "{how:?}");
        }
    });
}

/// Three kinds of jobs: one that has its token when it is asked to stop, one that asks for it after that, and one that
/// never does.
#[test]
fn aborting_asks_what_runs_to_stop_and_no_more() {
    watched(|| {
        let pool = ThreadPool::new(3).unwrap();
        let (gate, begun) = (Gate::default(), Count::default());
        let begin = |asks: bool| {
            let (gate, begun) = (gate.clone(), begun.clone());
            move || {
                let early = asks.then(CancelToken::current);
                begun.add();
                gate.pass();
                early.unwrap_or_else(CancelToken::current)
            }
        };
        let (early, late, deaf) = (begin(true), begin(false), begin(false));
        let early = pool.submit(move || early().checkpoint());
        let late = pool.submit(move || late().checkpoint());
        let deaf = pool.submit(move || deaf().is_cancelled());
        begun.reaches(3);
        let queued = pool.submit(|| ());
        let still = pool.shutdown(Shutdown::Abort, NOW).unwrap_err();
        assert_eq!(still.tasks().len(), 3);
        assert!(queued.result().unwrap_err().is_cancelled());
        gate.open();
        pool.shutdown(Shutdown::Abort, None).unwrap();
        assert!(early.result().unwrap_err().is_cancelled());
        assert!(late.result().unwrap_err().is_cancelled());
        assert!(deaf.result().unwrap(), "it looked, and went on: its result counts");
    });
}

#[test]
fn a_stronger_end_after_a_weaker_one_counts_and_a_weaker_one_changes_nothing() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, has_begun) = channel();
        let running = pool.submit(move || {
            let token = CancelToken::current();
            begun.send(()).unwrap();
            std::iter::repeat_with(thread::yield_now).cancellable(&token).count()
        });
        has_begun.recv().unwrap();
        let queued = pool.submit(|| ());
        assert_eq!(pool.shutdown(Shutdown::Finish, NOW).unwrap_err().queued(), 1);
        assert_eq!(queued.state(), TaskState::Pending);
        assert_eq!(pool.shutdown(Shutdown::CancelPending, NOW).unwrap_err().queued(), 0);
        assert_eq!((queued.state(), running.state()), (TaskState::Cancelled, TaskState::Running));
        assert!(pool.shutdown(Shutdown::Finish, NOW).is_err());
        pool.shutdown(Shutdown::Abort, None).unwrap();
        assert!(running.result().unwrap_err().is_cancelled());
    });
}

#[test]
fn what_runs_may_still_submit_while_the_pool_finishes_and_not_while_it_cancels() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending] {
            let pool = Arc::new(ThreadPool::new(1).unwrap());
            let (gate, begun) = (Gate::default(), Count::default());
            let task = pool.submit({
                let (pool, gate, begun) = (pool.clone(), gate.clone(), begun.clone());
                move || {
                    let before = pool.submit(|| 1);
                    begun.add();
                    gate.pass();
                    let after = pool.submit(|| 2);
                    (before.result(), after.result())
                }
            });
            begun.reaches(1);
            assert!(pool.shutdown(how, NOW).is_err());
            gate.open();
            let (before, after) = task.result().unwrap();
            if how == Shutdown::Finish {
                assert_eq!((before.unwrap(), after.unwrap()), (1, 2));
            } else {
                assert!(before.unwrap_err().is_cancelled());
                assert_eq!(*after.unwrap_err().kind(), ErrorKind::Rejected);
            }
            pool.shutdown(how, None).unwrap();
        }
    });
}

#[test]
fn a_job_that_ends_its_own_pool_does_not_wait_for_itself() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let inner = pool.clone();
        let task = pool.submit_with(Options::new().name("the end"), move || {
            inner.shutdown(Shutdown::CancelPending, None).unwrap_err()
        });
        let still = task.result().unwrap();
        assert_eq!(still.tasks()[0].name(), Some("the end"));
        pool.shutdown(Shutdown::Finish, None).unwrap();
    });
}

#[test]
fn a_pool_that_was_shut_down_is_dropped_without_waiting() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (sent, receive) = channel();
        let held = hold(&pool, 1);
        pool.submit(move || sent.send(1)).detach();
        assert!(pool.shutdown(Shutdown::Finish, NOW).is_err());
        drop(pool); // would wait for ever: the gate is still closed
        held.release();
        assert_eq!(receive.recv_timeout(PATIENCE), Ok(1));
    });
}

#[test]
fn a_worker_of_another_pool_still_runs_what_it_waits_for() {
    watched(|| {
        let (ended, other) = (ThreadPool::new(1).unwrap(), ThreadPool::new(1).unwrap());
        let held = hold(&ended, 1);
        let task = ended.submit(|| thread::current().name().map(str::to_owned));
        assert_eq!(ended.shutdown(Shutdown::Finish, NOW).unwrap_err().queued(), 1);
        let waits =
            other.submit(move || (task.result().unwrap(), thread::current().name().map(str::to_owned)));
        let (ran_on, waited_on) = waits.result().unwrap();
        assert_eq!(ran_on, waited_on);
        held.release();
        ended.shutdown(Shutdown::Finish, None).unwrap();
    });
}

/// No lock is held while they are called.
#[test]
fn what_is_called_back_by_the_end_may_use_the_pool() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let held = hold(&pool, 1);
        let inner = pool.clone();
        let follows = pool.submit(|| ()).on_done(move |result| {
            assert!(result.unwrap_err().is_cancelled());
            assert!(is_refused(inner.submit(|| ())));
            inner.shutdown(Shutdown::CancelPending, NOW).unwrap_err().tasks().len()
        });
        let dropped = Count::default();
        let bomb = Bomb(dropped.clone());
        pool.submit(move || std::mem::forget(bomb)).detach();
        assert!(pool.shutdown(Shutdown::CancelPending, NOW).is_err());
        assert_eq!((follows.result().unwrap(), dropped.get()), (1, 1));
        held.release();
        pool.shutdown(Shutdown::Finish, None).unwrap();
    });
}

/// A destructor of a thread-local variable runs when a worker has left.
#[test]
fn a_thread_that_ends_may_still_use_its_pool() {
    struct Last(Arc<ThreadPool>, std::sync::mpsc::Sender<bool>);
    impl Drop for Last {
        fn drop(&mut self) {
            let refused = is_refused(self.0.submit(|| ()));
            self.1.send(refused && self.0.shutdown(Shutdown::Abort, None).is_ok()).unwrap();
        }
    }
    thread_local! {
        static LAST: OnceLock<Last> = const { OnceLock::new() };
    }
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let (send, receive) = channel();
        let inner = pool.clone();
        pool.submit(move || LAST.with(|last| drop(last.set(Last(inner, send))))).result().unwrap();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        assert_eq!(receive.recv_timeout(PATIENCE), Ok(true));
    });
}
