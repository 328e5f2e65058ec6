//! A `throttle` in a task: its waits end when the task is asked to stop. (When items come, by a clock that a test can set:
//! src/iter/throttle_tests.rs.)

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use crate::support::{Count, message, watched};
use tarae::iter::Rate;
use tarae::prelude::*;

const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn it_is_slowed_down_by_the_real_clock() {
    let start = Instant::now();
    assert!((0..4).throttle(Duration::from_millis(2)).eq(0..4));
    assert!(start.elapsed() >= Duration::from_millis(6));
}

#[test]
fn nothing_is_pulled_before_it_is_asked_for() {
    let pulled = Count::default();
    let mut numbers = (0..).inspect(|_| pulled.add()).throttle(Rate::per_second(1_000_000));
    assert_eq!(pulled.get(), 0);
    for n in 1..5 {
        numbers.next();
        assert_eq!(pulled.get(), n);
    }
}

#[test]
fn a_task_that_is_asked_to_stop_does_not_wait() {
    watched(|| {
        let (pool, pulled) = (ThreadPool::new(1).unwrap(), Count::default());
        let pull = pulled.clone();
        let task = pool.submit(move || (0..).inspect(|_| pull.add()).throttle(HOUR).count());
        pulled.reaches(1);
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(pulled.get(), 1);
    });
}

#[test]
fn a_prefetch_that_is_dropped_does_not_wait() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let mut numbers = (0..).throttle(HOUR).prefetch(&pool, 2);
        assert_eq!(numbers.next(), Some(0)); // a worker waits for the next, or will
        drop(numbers);
        drop(pool);
    });
}

#[test]
fn a_rate_of_none_is_refused() {
    let said = |rate: fn() -> Rate| message(&*catch_unwind(rate).unwrap_err()).to_owned();
    let none = "a rate of 0 items hands nothing out: give at least 1, in a longer time";
    assert_eq!(said(|| Rate::per_second(0)), none);
    assert_eq!(said(|| Rate::new(0, HOUR)), none);
    assert_eq!(
        said(|| Rate::per_second(1).burst(0)),
        "a burst of 0 items hands nothing out: give at least 1"
    );
}
