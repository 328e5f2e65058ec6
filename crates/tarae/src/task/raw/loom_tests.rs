//! The two halves of a task on two threads, in every order of their steps that the memory model allows.
//!
//! A `Tracked` value makes loom complain if it is read where its writing is not seen; a loom `Arc` in every job makes it
//! complain if a job or a result is leaked or dropped twice.

use super::handle::Handle;
use super::runner::{self, Erased};
use super::set::Set;
use super::shown::Shown;
use crate::cancel::{CancelToken, Deadline};
use crate::task::Task;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::panic::Location;
use std::task::Waker;
use std::time::Duration;

/// A value that its job writes and its handle reads.
struct Tracked {
    value: UnsafeCell<u32>,
    _leak: Arc<()>,
}

// SAFETY: loom watches the accesses.
unsafe impl Send for Tracked {}
// SAFETY: as above.
unsafe impl Sync for Tracked {}

impl Tracked {
    fn read(&self) -> u32 {
        // SAFETY: loom fails the test if this races with the job's write.
        self.value.with(|value| unsafe { *value })
    }
}

/// A task whose job gives 7.
fn seven() -> (Erased, Handle<Tracked>) {
    let leak = Arc::new(());
    let job = move || {
        let tracked = Tracked { value: UnsafeCell::new(0), _leak: leak };
        // SAFETY: nobody else has it.
        tracked.value.with_mut(|value| unsafe { *value = 7 });
        tracked
    };
    let (runner, handle) = runner::new(job, Location::caller(), None);
    (runner.erase(), handle)
}

fn returned(handle: Handle<Tracked>) -> u32 {
    handle.take_value().unwrap_or_else(|_| panic!("the job returns")).read()
}

fn is_cancelled(handle: Handle<Tracked>) -> bool {
    handle.take_failure().is_none()
}

/// Runs the runner's half on another thread, and `f` on this one.
fn against_runner(f: impl Fn(Handle<Tracked>) + Send + Sync + 'static) {
    loom::model(move || {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        f(handle);
        runner.join().unwrap();
    });
}

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
        let (runner, handle) = runner::new(job, Location::caller(), None);
        let erased = runner.erase();
        let runner = thread::spawn(move || erased.run());
        handle.task().abort();
        assert!(handle.wait(Deadline::NEVER));
        assert!(matches!(handle.take(), Outcome::Cancelled));
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
    loom::model(|| {
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
