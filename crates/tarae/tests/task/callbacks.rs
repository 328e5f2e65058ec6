//! `on_done`: once, on the thread that ends the task, after the waiters, with nothing locked.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Gate, Shelf, Wakes, hold, poll, watched};
use tarae::prelude::*;

/// F22: with a value.
#[test]
fn it_is_called_once_with_the_answer_on_the_thread_that_ends_the_task() {
    watched(|| {
        let shelf = Shelf::default();
        let calls = Count::default();
        let count = calls.clone();
        let after = shelf.submit(|| 20).on_done(move |answer| {
            count.add();
            (answer.unwrap() + 1, thread::current().id())
        });
        assert_eq!((calls.get(), after.state()), (0, TaskState::Pending));
        let runnable = shelf.take();
        let runner = thread::spawn(move || {
            runnable.run();
            thread::current().id()
        });
        let runner = runner.join().unwrap();
        assert_eq!(calls.get(), 1);
        assert_eq!(after.result().unwrap(), (21, runner));
    });
}

/// F23: with an error.
#[test]
fn it_is_called_for_a_panic_a_cancel_and_a_rejection() {
    let shelf = Shelf::default();
    let after =
        shelf.submit(|| -> u32 { panic!("expected") }).on_done(|answer| answer.unwrap_err().is_panic());
    shelf.run_next();
    assert!(after.result().unwrap());

    let (ticket, task) = tarae::executor::Ticket::new(Options::new(), || 1);
    let after = task.on_done(|answer| answer.unwrap_err().kind().clone());
    ticket.reject();
    assert_eq!(after.result().unwrap(), tarae::task::ErrorKind::Rejected);
}

/// A task that has a callback is owned by it, so that only a set or the runner can still cancel it.
#[test]
fn it_is_called_by_whoever_ends_the_task() {
    let shelf = Shelf::default();
    let calls = Count::default();
    let count = calls.clone();
    let first = shelf.submit(|| 1);
    let middle = first.on_done(|answer| answer.unwrap());
    let after = middle.on_done(move |answer| {
        assert!(answer.unwrap_err().is_cancelled());
        count.add();
    });
    assert_eq!(calls.get(), 0);
    drop(shelf.take()); // cancels the first: the middle one runs and panics for want of a value
    assert_eq!(calls.get(), 0);
    assert!(after.result().unwrap_err().is_panic());
}

/// F26, F27, F28: with a value, failed, and cancelled.
#[test]
fn a_task_that_is_over_is_followed_at_once_and_here() {
    let here = thread::current().id();
    for panics in [false, true] {
        let after = Inline
            .submit(move || assert!(!panics, "expected"))
            .on_done(|answer| (answer.is_ok(), thread::current().id()));
        assert!(after.is_finished());
        assert_eq!(after.result().unwrap(), (!panics, here));
    }
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    assert!(task.cancel());
    let after = task.on_done(|answer| answer.unwrap_err().is_cancelled());
    assert!(after.is_finished() && after.result().unwrap());
    shelf.run_next();
}

/// F25, F29: who ends the task, or adds the callback, does not fail.
#[test]
fn one_that_panics_is_its_own_tasks_error() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let after = pool.submit(|| 1).on_done(|_| -> u32 { panic!("in the callback") });
        let line = line!() - 1;
        held.release();
        let error = after.result().unwrap_err();
        assert!(error.to_string().contains("in the callback"));
        assert_eq!((error.location().file(), error.location().line()), (file!(), line));
        assert_eq!(pool.submit(|| 2).result().unwrap(), 2);
        // At once, too: `on_done` itself does not fail.
        assert!(Inline.submit(|| 1).on_done(|_| panic!("expected")).result().is_err());
    });
}

/// F30: nothing is locked meanwhile.
#[test]
fn it_may_add_a_callback_wait_submit_and_drop() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let held = hold(&pool, 1);
        let inner = pool.clone();
        let dropped = pool.submit(|| 5);
        let after = pool.submit(|| 1).on_done(move |answer| {
            let more = inner.submit(move || answer.unwrap() + 1);
            let more = more.on_done(|answer| answer.unwrap() + 1);
            drop(dropped);
            more.result().unwrap() // on the only worker
        });
        held.release();
        assert_eq!(after.result().unwrap(), 3);
    });
}

/// F30: each after the one it follows.
#[test]
fn a_chain_is_called_in_order() {
    let shelf = Shelf::default();
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut task = shelf.submit(|| 0);
    for n in 1..=5 {
        let order = order.clone();
        task = task.on_done(move |answer| {
            let value = answer.unwrap();
            assert_eq!(value, n - 1);
            order.lock().unwrap().push(n);
            n
        });
    }
    shelf.run_next();
    assert_eq!(task.result().unwrap(), 5);
    assert_eq!(*order.lock().unwrap(), [1, 2, 3, 4, 5]);
}

/// F31: while the callback has not ended.
#[test]
fn waiters_are_told_before_it() {
    watched(|| {
        let shelf = Shelf::default();
        let (wakes, waker) = Wakes::new();
        let (gate, woken) = (Gate::default(), wakes.clone());
        let mut task = shelf.submit(|| 1);
        assert!(poll(&mut task, &waker).is_pending());
        let after = task.on_done({
            let gate = gate.clone();
            move |_| {
                gate.pass();
                woken.get()
            }
        });
        let runnable = shelf.take();
        let runner = thread::spawn(move || runnable.run());
        support::eventually("the waker", || wakes.get() == 1); // while the callback stands at its gate
        assert!(!after.wait_within(Duration::ZERO));
        gate.open();
        runner.join().unwrap();
        assert_eq!(after.result().unwrap(), 1);
    });
}

#[test]
fn one_that_was_cancelled_is_not_called_and_its_task_runs_all_the_same() {
    let shelf = Shelf::default();
    let (runs, calls) = (Count::default(), Count::default());
    let (run, call) = (runs.clone(), calls.clone());
    let after = shelf.submit(move || run.add()).on_done(move |_| call.add());
    assert!(after.cancel());
    shelf.run_next();
    assert_eq!((runs.get(), calls.get()), (1, 0));
    assert!(after.result().unwrap_err().is_cancelled());
}

#[test]
fn dropping_its_task_changes_nothing() {
    let shelf = Shelf::default();
    let calls = Count::default();
    let call = calls.clone();
    drop(shelf.submit(|| 1).on_done(move |_| call.add()));
    shelf.run_next();
    assert_eq!(calls.get(), 1);
}

#[test]
fn a_worker_that_waits_for_it_runs_the_task_and_then_it() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let sum = pool.submit(move || {
            let after = inner
                .submit(|| 1)
                .on_done(|answer| answer.unwrap() + 1)
                .on_done(|answer| answer.unwrap() + 1);
            after.result().unwrap()
        });
        assert_eq!(sum.result().unwrap(), 3);
    });
}

#[test]
fn a_chain_of_any_length_needs_no_stack() {
    const LENGTH: usize = if cfg!(miri) { 100 } else { 100_000 };
    let shelf = Shelf::default();
    let mut task = shelf.submit(|| 0);
    for _ in 0..LENGTH {
        task = task.on_done(|answer| answer.unwrap() + 1);
    }
    shelf.run_next();
    assert_eq!(task.result().unwrap(), LENGTH);
}

#[test]
fn deep_in_a_chain_a_callback_may_wait_for_what_it_ends_itself() {
    watched(|| {
        let shelf = Arc::new(Shelf::default());
        let mut task = shelf.submit(|| 0);
        for _ in 0..150 {
            let shelf = shelf.clone();
            task = task.on_done(move |answer| {
                // Followed at once, and followed when it ends: both are over when they are waited for, on a thread that
                // is no worker and runs nobody's tasks while it waits.
                let one = Inline.submit(|| 1).on_done(|one| one.unwrap()).result().unwrap();
                let later = shelf.submit(|| ()).on_done(|answer| answer.unwrap());
                shelf.run_next();
                assert!(later.is_finished());
                answer.unwrap() + one
            });
        }
        shelf.run_next();
        assert_eq!(task.result().unwrap(), 150);
    });
}
