//! The two halves of a task on two threads.

use super::tracked::{against_runner, is_cancelled, returned, seven, task};
use crate::cancel::{CancelToken, Deadline};
use crate::options::Options;
use crate::sync::model;
use crate::task::Task;
use crate::task::raw::set::Set;
use crate::task::raw::shown::Shown;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::task::Waker;
use std::time::Duration;

#[test]
fn a_waiting_handle_sees_the_result() {
    against_runner(|handle| {
        assert!(handle.wait(Deadline::NEVER));
        assert_eq!(returned(handle), 7);
    });
}

#[test]
fn a_dropped_handle_leaves_the_result_to_the_runner() {
    against_runner(drop);
}

#[test]
fn a_wait_that_times_out_leaves_nothing_behind() {
    against_runner(|handle| {
        if handle.wait(Deadline::from(Duration::ZERO)) {
            assert_eq!(returned(handle), 7);
        }
    });
}

#[test]
fn a_task_is_run_or_cancelled_never_both() {
    against_runner(|handle| {
        if handle.task().cancel() {
            assert!(is_cancelled(handle));
        } else {
            assert!(handle.wait(Deadline::NEVER));
            assert_eq!(returned(handle), 7);
        }
    });
}

#[test]
fn a_task_that_is_aborted_is_over_at_some_time() {
    against_runner(|handle| {
        handle.task().abort();
        assert!(handle.wait(Deadline::NEVER));
    });
}

#[test]
fn a_token_that_is_asked_for_during_an_abort_is_told() {
    loom::model(|| {
        let job = || {
            let token = CancelToken::current();
            while token.checkpoint().is_ok() {
                thread::yield_now();
            }
        };
        let (erased, handle) = task(Options::new(), job);
        let runner = thread::spawn(move || erased.run());
        handle.task().abort();
        assert!(handle.wait(Deadline::NEVER));
        assert!(is_cancelled(handle));
        runner.join().unwrap();
    });
}

#[test]
fn a_handle_that_helps_runs_the_job_once() {
    against_runner(|handle| {
        handle.task().help();
        assert!(handle.wait(Deadline::NEVER));
        assert_eq!(returned(handle), 7);
    });
}

#[test]
fn a_ticket_dropped_ends_the_waiting() {
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || drop(task));
        assert!(handle.wait(Deadline::NEVER));
        assert!(is_cancelled(handle));
        runner.join().unwrap();
    });
}

#[test]
fn a_ticket_and_a_handle_dropped_together_free_the_block() {
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || drop(task));
        drop(handle);
        runner.join().unwrap();
    });
}

#[test]
fn a_waker_is_woken_or_the_task_was_over() {
    struct Count(AtomicUsize);
    impl std::task::Wake for Count {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        let woken = std::sync::Arc::new(Count(AtomicUsize::new(0)));
        let over = handle.wake_when_settled(&Waker::from(woken.clone()));
        runner.join().unwrap();
        assert_eq!(woken.0.load(Ordering::SeqCst), usize::from(!over));
        assert_eq!(returned(handle), 7);
    });
}

#[test]
fn a_handle_dropped_after_a_poll_takes_its_waker_along() {
    against_runner(|handle| {
        handle.wake_when_settled(Waker::noop());
        drop(handle);
    });
}

#[test]
fn a_callback_runs_once() {
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        let followed = Task::new(handle).on_done(|result| result.map_or(0, |tracked| tracked.read()));
        runner.join().unwrap();
        assert!(followed.is_finished());
        assert_eq!(followed.result().ok(), Some(7));
    });
}

#[test]
fn a_set_hands_out_each_once() {
    // Two tellers and a consumer at a spin lock: with more preemptions, more steps than loom takes.
    model(1, 1, || {
        let (first, one) = seven();
        let (second, two) = seven();
        let mut set = Set::new();
        set.push(Task::new(one));
        set.push(Task::new(two));
        let runners = [first, second].map(|task| thread::spawn(move || task.run()));
        for _ in 0..2 {
            let task = loop {
                if let Some(task) = set.pop() {
                    break task;
                }
                assert!(set.wait(Deadline::NEVER));
            };
            assert_eq!(task.result().unwrap().read(), 7);
        }
        assert_eq!(set.len(), 0);
        for runner in runners {
            runner.join().unwrap();
        }
    });
}

#[test]
fn a_set_dropped_early_leaves_nothing_behind() {
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        let mut set = Set::new();
        set.push(Task::new(handle));
        drop(set);
        runner.join().unwrap();
    });
}

#[test]
fn two_wait_for_one_task() {
    loom::model(|| {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        let task = Task::new(handle);
        let mut set = Set::new();
        set.push(&task);
        assert!(task.wait_within(None));
        assert!(set.wait(Deadline::NEVER));
        assert!(set.pop().is_some());
        drop(set);
        runner.join().unwrap();
        assert_eq!(task.result().unwrap().read(), 7);
    });
}

/// The token is found by who asks, or the one who makes it is told.
#[test]
fn a_token_made_while_its_worker_is_asked_to_stop_is_cancelled() {
    loom::model(|| {
        let shown = Arc::new(Shown::new());
        let asker = thread::spawn({
            let shown = shown.clone();
            move || shown.request_stop()
        });
        let token = CancelToken::new();
        if shown.add_token(&token) {
            token.cancel();
        }
        asker.join().unwrap();
        assert!(token.is_cancelled());
    });
}
