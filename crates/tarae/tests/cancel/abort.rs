//! Asking running jobs to stop: who hears it, and how a task ends that obeyed.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use crate::support::{Gate, PATIENCE, Shelf, watched};
use tarae::prelude::*;

#[test]
fn an_endless_loop_that_is_cancellable_ends_as_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let task = pool.submit(move || {
            begun.send(()).unwrap();
            (0u64..).cancellable(&CancelToken::current()).count()
        });
        begin.recv().unwrap();
        assert!(task.is_running() && !task.cancel());
        task.abort();
        task.abort();
        let error = task.result().unwrap_err();
        assert!(error.is_cancelled());
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_job_that_stops_at_a_checkpoint_ends_as_cancelled_whatever_it_returns() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let task = pool.submit(move || -> Result<u32, Cancelled> {
            let token = CancelToken::current();
            begun.send(()).unwrap();
            loop {
                token.checkpoint()?;
                thread::yield_now();
            }
        });
        begin.recv().unwrap();
        task.abort();
        assert!(task.wait_within(PATIENCE));
        assert_eq!(task.state(), TaskState::Cancelled);
        assert!(task.cancel(), "it was cancelled before");
        assert!(task.result().unwrap_err().is_cancelled());
    });
}

/// One task of a pool that stands at a gate; what it does behind it is `then`'s.
fn aborted_at_a_gate<T: Send + 'static>(then: impl FnOnce() -> T + Send + 'static) -> Result<T, TaskError> {
    let pool = ThreadPool::new(1).unwrap();
    let (begun, begin) = channel();
    let gate = Gate::default();
    let task = pool.submit({
        let gate = gate.clone();
        move || {
            begun.send(()).unwrap();
            gate.pass();
            then()
        }
    });
    begin.recv().unwrap();
    task.abort();
    gate.open();
    task.result()
}

#[test]
fn a_job_that_does_not_ask_or_goes_on_all_the_same_ends_with_its_value() {
    watched(|| {
        assert_eq!(aborted_at_a_gate(|| 42).unwrap(), 42);
        let seen = aborted_at_a_gate(|| CancelToken::current().is_cancelled());
        assert!(seen.unwrap(), "asking is not stopping");
    });
}

#[test]
fn a_token_that_is_asked_for_after_the_abort_knows_of_it() {
    watched(|| {
        let stopped = aborted_at_a_gate(|| CancelToken::current().checkpoint());
        assert!(stopped.unwrap_err().is_cancelled());
        let stopped = aborted_at_a_gate(|| (0..).cancellable(&CancelToken::current()).count());
        assert!(stopped.unwrap_err().is_cancelled());
    });
}

#[test]
fn a_panic_after_the_stop_is_part_of_the_stop() {
    watched(|| {
        let answer = aborted_at_a_gate(|| -> u32 {
            CancelToken::current().checkpoint().unwrap();
            unreachable!("stopped")
        });
        assert!(answer.unwrap_err().is_cancelled());
        // One that has nothing to do with it is a panic.
        assert!(aborted_at_a_gate(|| -> u32 { panic!("expected") }).unwrap_err().is_panic());
    });
}

#[test]
fn a_job_that_had_finished_its_loop_keeps_its_answer() {
    watched(|| {
        // The loop was over before: the token was not obeyed.
        let answer = aborted_at_a_gate(|| (0..10).sum::<u32>());
        assert_eq!(answer.unwrap(), 45);
    });
}

#[test]
fn outside_a_task_nobody_cancels() {
    let token = CancelToken::current();
    assert!(!token.is_cancelled());
    assert_eq!(token.checkpoint(), Ok(()));
    token.cancel();
    assert_eq!(token.checkpoint(), Err(Cancelled));
    assert!(!CancelToken::current().is_cancelled(), "another one");
    assert_eq!(Inline.submit(|| 1).result().unwrap(), 1);
}

#[test]
fn one_task_has_one_token_and_a_nested_one_its_own() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let outer = pool.submit(move || {
            let token = CancelToken::current();
            // On this very thread, in the middle of the outer one.
            let nested = inner.submit(|| {
                let token = CancelToken::current();
                token.cancel();
                token.checkpoint()
            });
            assert!(nested.result().unwrap_err().is_cancelled());
            let inline = Inline.submit(|| CancelToken::current().cancel());
            inline.result().unwrap();
            assert!(!token.is_cancelled());
            CancelToken::current().cancel();
            token.is_cancelled()
        });
        assert!(outer.result().unwrap());
    });
}

#[test]
fn another_token_stops_the_work_and_leaves_the_task_its_value() {
    let token = CancelToken::new();
    token.cancel();
    let inner = token.clone();
    let task = Inline.submit(move || (0..).cancellable(&inner).count());
    assert_eq!(task.result().unwrap(), 0);
    assert_eq!(token.checkpoint(), Err(Cancelled));
}

#[test]
fn abort_of_a_task_that_is_over_changes_nothing() {
    let task = Inline.submit(|| 1);
    task.abort();
    assert_eq!(task.result().unwrap(), 1);
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    task.abort();
    task.abort();
    assert!(task.is_cancelled());
    shelf.run_next();
}

#[test]
fn a_token_may_outlive_its_task_and_be_used_by_other_threads() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let token = pool.submit(CancelToken::current).result().unwrap();
        assert!(!token.is_cancelled());
        token.cancel();
        assert_eq!(token.checkpoint(), Err(Cancelled));

        let (send, receive) = channel();
        let task = pool.submit(move || {
            send.send(CancelToken::current()).unwrap();
            let token = CancelToken::current();
            while token.checkpoint().is_ok() {
                thread::yield_now();
            }
        });
        receive.recv().unwrap().cancel();
        assert!(task.result().unwrap_err().is_cancelled());
    });
}

#[test]
fn a_cancellable_iterator_gives_an_honest_size_hint() {
    let token = CancelToken::new();
    let mut five = (0..5).cancellable(&token);
    assert_eq!(five.size_hint(), (0, Some(5)));
    assert_eq!(five.next(), Some(0));
    token.cancel();
    assert_eq!((five.next(), five.next()), (None, None));
}
