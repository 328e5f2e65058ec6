//! Promises: the two halves of a task that nobody runs.

use super::tracked::Tracked;
use crate::cancel::Deadline;
use crate::options::Options;
use crate::task::raw::handle::Handle;
use crate::task::raw::promised::Promised;
use crate::task::{TaskState, set_failure_hook};
use loom::thread;
use std::panic::Location;

/// What became of a promise that was kept, or was to be: the value, if it came back.
type Kept = Option<u32>;

fn keep(promised: Promised<Tracked>) -> Kept {
    match promised.settle(Ok(Tracked::new(7))) {
        Ok(()) => None,
        Err(Ok(value)) => Some(value.read()),
        Err(Err(_)) => unreachable!("it was a value"),
    }
}

/// Runs `first` with the promise on another thread and `second` with the handle on this one, then `check` with what both
/// give.
fn against<A: Send + 'static, B>(
    started: bool,
    first: fn(Promised<Tracked>) -> A,
    second: fn(Handle<Tracked>) -> B,
    check: impl Fn(A, B) + Send + Sync + 'static,
) where
    B: 'static,
{
    // A broken promise that nobody asks after is said; here that is no news.
    set_failure_hook(|_| ());
    loom::model(move || {
        let (mut promised, handle) = Promised::new(Options::new(), Location::caller());
        assert!(!started || promised.start());
        let other = thread::spawn(move || first(promised));
        let second = second(handle);
        check(other.join().unwrap(), second);
    });
}

/// Waits; the value, or `None` if the task was cancelled.
fn value(handle: Handle<Tracked>) -> Option<u32> {
    assert!(handle.wait(Deadline::NEVER));
    match handle.take_value() {
        Ok(value) => Some(value.read()),
        Err(handle) => {
            assert!(handle.take_failure().is_none(), "not broken");
            None
        }
    }
}

#[test]
fn who_waits_sees_the_answer() {
    against(false, keep, value, |kept, value| assert_eq!((kept, value), (None, Some(7))));
    against(true, keep, value, |kept, value| assert_eq!((kept, value), (None, Some(7))));
}

#[test]
fn an_answer_is_had_or_comes_back_if_the_task_is_cancelled_meanwhile() {
    let second = |handle: Handle<Tracked>| (handle.task().cancel(), value(handle));
    against(false, keep, second, |kept, seen| {
        let cancelled = seen.0;
        assert_eq!((kept, seen.1), if cancelled { (Some(7), None) } else { (None, Some(7)) });
    });
}

#[test]
fn an_answer_is_had_or_comes_back_if_the_task_is_aborted_meanwhile() {
    let second = |handle: Handle<Tracked>| {
        handle.task().abort();
        value(handle)
    };
    against(false, keep, second, |kept, seen| assert_eq!(kept.is_some(), seen.is_none()));
    // Started: then it is asked to stop, and gives the answer all the same.
    against(true, keep, second, |kept, seen| assert_eq!((kept, seen), (None, Some(7))));
}

#[test]
fn an_answer_goes_with_a_handle_that_is_dropped_meanwhile_or_comes_back() {
    against(false, keep, drop, |kept, ()| assert!(matches!(kept, None | Some(7))));
    against(true, keep, drop, |kept, ()| assert!(matches!(kept, None | Some(7))));
}

#[test]
fn a_promise_is_started_or_cancelled_never_both() {
    let first = |mut promised: Promised<Tracked>| {
        let started = promised.start();
        (started, keep(promised))
    };
    let second = |handle: Handle<Tracked>| (handle.task().cancel(), value(handle));
    against(false, first, second, |(started, kept), (cancelled, value)| {
        assert_ne!(started, cancelled);
        assert_eq!((kept, value), if started { (None, Some(7)) } else { (Some(7), None) });
    });
}

#[test]
fn a_promise_that_is_dropped_ends_the_waiting() {
    let second = |handle: Handle<Tracked>| {
        assert!(handle.wait(Deadline::NEVER));
        handle.take_failure().is_some()
    };
    against(false, drop, second, |(), broken| assert!(broken));
    against(true, drop, second, |(), broken| assert!(broken));
}

#[test]
fn a_promise_that_is_dropped_during_an_abort_is_broken_or_cancelled() {
    let second = |handle: Handle<Tracked>| {
        handle.task().abort();
        assert!(handle.wait(Deadline::NEVER));
        let state = handle.task().word().state();
        (state, handle.take_failure().is_some())
    };
    for started in [false, true] {
        against(started, drop, second, |(), seen| {
            assert!(matches!(seen, (TaskState::Cancelled, false) | (TaskState::Finished, true)));
        });
    }
}

#[test]
fn a_promise_and_a_handle_dropped_together_free_the_block() {
    against(false, drop, drop, |(), ()| ());
    against(true, drop, drop, |(), ()| ());
}

#[test]
fn who_keeps_a_promise_learns_of_the_abort() {
    let first = |mut promised: Promised<Tracked>| {
        let started = promised.start();
        while !promised.is_abandoned() {
            thread::yield_now();
        }
        started
    };
    let second = |handle: Handle<Tracked>| {
        handle.task().abort();
        value(handle)
    };
    against(false, first, second, |_started, value| assert_eq!(value, None));
}
