//! A task that stops because of a token below its own: when that is its end, and when it keeps its value.

use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::support::{Gate, watched};
use tarae::prelude::*;

/// A job that gets a token from `make`, is aborted, and then does `work` with it.
fn aborted<T: Send + 'static>(
    make: impl FnOnce(CancelToken) -> CancelToken + Send + 'static,
    work: impl FnOnce(CancelToken) -> T + Send + 'static,
) -> Result<T, TaskError> {
    let pool = ThreadPool::new(1).unwrap();
    let (begun, begin) = channel();
    let gate = Gate::default();
    let task = pool.submit({
        let gate = gate.clone();
        move || {
            let token = make(CancelToken::current());
            begun.send(()).unwrap();
            gate.pass();
            work(token)
        }
    });
    begin.recv().unwrap();
    task.abort();
    gate.open();
    task.result()
}

#[test]
fn a_checkpoint_of_a_child_is_one_of_the_task() {
    watched(|| {
        let answer = aborted(|task| task.child(), |child| child.checkpoint());
        assert!(answer.unwrap_err().is_cancelled());
    });
}

#[test]
fn so_is_the_end_of_an_iterator_and_at_any_depth() {
    watched(|| {
        let deep = |task: CancelToken| (0..10).fold(task, |token, _| token.child());
        let answer = aborted(deep, |token| (0..).cancellable(&token).count());
        assert!(answer.unwrap_err().is_cancelled());
        let answer = aborted(deep, |token| (0..).cancellable(&token).next());
        assert!(answer.unwrap_err().is_cancelled());
    });
}

#[test]
fn a_child_born_after_the_abort_is_one_too() {
    watched(|| {
        let answer = aborted(|task| task, |task| task.child().until(Duration::MAX).checkpoint());
        assert!(answer.unwrap_err().is_cancelled());
    });
}

#[test]
fn to_ask_a_child_is_not_to_stop() {
    watched(|| {
        let answer = aborted(|task| task.child(), |child| child.is_cancelled());
        assert!(answer.unwrap());
    });
}

#[test]
fn a_child_cancelled_by_itself_leaves_the_task_its_value() {
    let task = Inline.submit(with_token(|task| {
        let child = task.child();
        let found = (0..)
            .cancellable(&child)
            .inspect(|&n| {
                if n == 3 {
                    child.cancel()
                }
            })
            .count();
        assert_eq!(child.checkpoint(), Err(Cancelled));
        assert_eq!(child.child().checkpoint(), Err(Cancelled));
        found
    }));
    assert_eq!(task.result().unwrap(), 4);
}

#[test]
fn the_first_request_counts() {
    watched(|| {
        // What the job has found is whole: the abort came when the search was over.
        let answer = aborted(
            |task| {
                let child = task.child();
                child.cancel();
                child
            },
            |child| child.checkpoint().map_or("found", |()| "not asked"),
        );
        assert_eq!(answer.unwrap(), "found");
    });
}

#[test]
fn a_deadline_of_the_work_leaves_the_task_its_value() {
    watched(|| {
        let task = Inline.submit(|| {
            let limit = CancelToken::current().until(Duration::from_millis(5));
            (0u64..).cancellable(&limit).count()
        });
        assert!(task.result().is_ok());
        let task = Inline.submit(|| CancelToken::current().until(Duration::ZERO).checkpoint());
        assert_eq!(task.result().unwrap(), Err(Cancelled));
    });
}

#[test]
fn an_abort_before_the_deadline_ends_the_task() {
    watched(|| {
        let limited = |task: CancelToken| task.until(Duration::from_secs(3600));
        let answer = aborted(limited, |limit| (0..).cancellable(&limit).count());
        assert!(answer.unwrap_err().is_cancelled());
    });
}

#[test]
fn a_thread_that_the_job_has_started_may_obey_for_it() {
    watched(|| {
        let answer =
            aborted(|task| task.child(), |child| thread::spawn(move || child.checkpoint()).join().unwrap());
        assert!(answer.unwrap_err().is_cancelled());
    });
}

#[test]
fn a_child_of_anothers_token_is_none_of_the_task() {
    let root = CancelToken::new();
    let child = root.child();
    let task = Inline.submit(move || {
        root.cancel();
        child.checkpoint()
    });
    assert_eq!(task.result().unwrap(), Err(Cancelled));
}

#[test]
fn with_token_gives_the_tasks_own_token() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let task = pool.submit(with_token(move |cx| {
            begun.send(()).unwrap();
            (0u64..).cancellable(cx).count()
        }));
        begin.recv().unwrap();
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());

        fn by_name(cx: &CancelToken) -> bool {
            cx.is_cancelled()
        }
        assert!(!pool.submit(with_token(by_name)).result().unwrap());
        // It borrows what its executor lets it borrow.
        let text = String::from("text");
        assert_eq!(Inline.submit(with_token(|_| text.len())).result().unwrap(), 4);
    });
}
