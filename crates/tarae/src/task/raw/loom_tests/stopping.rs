//! A task's token from outside, which fires while the task begins, ends, or its block is freed.

use super::tracked::{Tracked, returned, task};
use crate::cancel::{CancelToken, Deadline};
use crate::options::Options;
use crate::sync::model;
use crate::task::TaskState;
use crate::task::raw::handle::Handle;
use crate::task::raw::runner::Erased;
use loom::thread;

/// A task that `token` ends, whose job gives 7.
fn seven(token: &CancelToken) -> (Erased, Handle<Tracked>) {
    let seven = Tracked::new(7);
    task(Options::new().token(token), move || Tracked::new(seven.read()))
}

/// Waits; whether the task ended with its value. It was cancelled otherwise.
fn has_ended(handle: Handle<Tracked>) -> bool {
    assert!(handle.wait(Deadline::NEVER));
    let cancelled = handle.task().word().state() == TaskState::Cancelled;
    if cancelled {
        assert!(handle.take_failure().is_none());
    } else {
        assert_eq!(returned(handle), 7);
    }
    !cancelled
}

#[test]
fn a_task_that_its_token_ends_is_run_or_cancelled_never_both() {
    model(3, 4, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        let fires = thread::spawn(move || token.cancel());
        task.run();
        has_ended(handle);
        fires.join().unwrap();
    });
}

#[test]
fn a_token_that_fires_wakes_who_waits() {
    model(3, 4, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        let fires = thread::spawn(move || token.cancel());
        assert!(!has_ended(handle));
        fires.join().unwrap();
        task.run(); // a tombstone: the job is dropped here
    });
}

/// The block is freed by the runner while the token fires.
#[test]
fn a_token_that_fires_when_the_task_ends_leaves_the_freed_block_alone() {
    model(3, 4, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        drop(handle);
        let fires = thread::spawn(move || token.cancel());
        task.run();
        fires.join().unwrap();
    });
}

#[test]
fn a_token_that_fires_when_the_ticket_is_dropped_leaves_the_freed_block_alone() {
    model(3, 4, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        let fires = thread::spawn(move || token.cancel());
        drop(task);
        assert!(!has_ended(handle));
        fires.join().unwrap();
    });
}

#[test]
fn a_token_that_fires_against_runner_and_handle_leaves_nothing_behind() {
    // More preemptions are more steps than loom takes: three threads meet at a spin lock.
    model(1, 1, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        let fires = thread::spawn(move || token.cancel());
        let runs = thread::spawn(move || task.run());
        drop(handle);
        fires.join().unwrap();
        runs.join().unwrap();
    });
}

#[test]
fn a_token_and_a_handle_cancel_a_task_once() {
    model(2, 3, || {
        let token = CancelToken::new();
        let (task, handle) = seven(&token);
        let fires = thread::spawn(move || token.cancel());
        let runs = thread::spawn(move || task.run());
        if handle.task().cancel() {
            assert!(!has_ended(handle));
        } else {
            assert!(has_ended(handle));
        }
        fires.join().unwrap();
        runs.join().unwrap();
    });
}

/// A running job is asked through its own token: no request is lost, whenever the job first asks for it.
#[test]
fn a_job_that_runs_learns_that_the_token_fired() {
    model(3, 4, || {
        let token = CancelToken::new();
        let job = || {
            let token = CancelToken::current();
            while token.checkpoint().is_ok() {
                thread::yield_now();
            }
            Tracked::new(0)
        };
        let (task, handle) = task(Options::new().token(&token), job);
        let runs = thread::spawn(move || task.run());
        token.cancel();
        assert!(!has_ended(handle));
        runs.join().unwrap();
    });
}

#[test]
fn a_token_that_fires_while_the_task_is_made_ends_it() {
    model(3, 4, || {
        let token = CancelToken::new();
        let fires = thread::spawn({
            let token = token.clone();
            move || token.cancel()
        });
        let (task, handle) = seven(&token);
        fires.join().unwrap();
        task.run();
        assert!(!has_ended(handle));
    });
}
