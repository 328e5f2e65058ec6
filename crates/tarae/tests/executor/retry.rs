//! A `retry` as a job: its waits end with its task, and what is not an error is not tried again. (What is waited, and when a
//! job is tried again: src/executor/retry_tests.rs.)

use std::time::Duration;

use crate::support::{Count, watched};
use tarae::prelude::*;

const HOUR: Duration = Duration::from_secs(3_600);

fn at_once(attempts: usize) -> Backoff {
    Backoff::new(attempts).first_delay(Duration::ZERO)
}

#[test]
fn it_runs_on_every_executor() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let calls = Count::default();
        let count = calls.clone();
        let job = retry(at_once(5), move || {
            count.add();
            if count.get() < 3 { Err("no line") } else { Ok(count.get()) }
        });
        assert_eq!(pool.submit(job).result().unwrap(), Ok(3));
        // A job may borrow, where the executor allows it.
        let text = String::from("a page");
        let job = retry(2, || Ok::<_, ()>(text.len()));
        assert_eq!(Inline.submit(job).result().unwrap(), Ok(6));
    });
}

#[test]
fn what_fails_each_time_is_tried_as_often_as_was_said() {
    watched(|| {
        let (pool, calls) = (ThreadPool::new(1).unwrap(), Count::default());
        let count = calls.clone();
        let job = retry(at_once(4), move || {
            count.add();
            Err::<(), _>(count.get())
        });
        let error = pool.submit(job).result().unwrap().unwrap_err();
        assert_eq!((error.attempts(), error.into_last(), calls.get()), (4, 4, 4));
    });
}

#[test]
fn a_panic_is_not_tried_again() {
    let calls = Count::default();
    let job = retry(at_once(4), || -> Result<(), ()> {
        calls.add();
        panic!("a fault")
    });
    assert!(Inline.submit(job).result().unwrap_err().is_panic());
    assert_eq!(calls.get(), 1);
}

#[test]
fn a_wait_ends_with_its_task() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let fails = |calls: &Count| {
            let calls = calls.clone();
            retry(Backoff::new(9).first_delay(HOUR).max_delay(HOUR), move || {
                calls.add();
                Err::<(), _>("no line")
            })
        };
        let calls = Count::default();
        let task = pool.submit(fails(&calls));
        calls.reaches(1);
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());

        let limit = Options::new().timeout(Duration::from_millis(5));
        let late = Count::default();
        assert!(pool.submit_with(limit, fails(&late)).result().unwrap_err().is_timed_out());
        drop(pool);
        assert_eq!(calls.get(), 1);
        assert!(late.get() <= 1);
    });
}

#[test]
fn asked_to_stop_in_a_call_it_is_not_tried_again() {
    watched(|| {
        let (pool, calls) = (ThreadPool::new(1).unwrap(), Count::default());
        let count = calls.clone();
        let group = CancelToken::new();
        let stop = group.clone();
        let job = retry(at_once(9), move || {
            count.add();
            stop.cancel();
            Err::<(), _>("no line")
        });
        let task = pool.submit_with(Options::new().token(&group), job);
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(calls.get(), 1);
    });
}
