//! How often a job is tried, and what is waited in between, by a sleep that is only written down.

use super::{Backoff, Retry, RetryError, retry};
use crate::cancel::Cancelled;
use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// Runs it; and how long it would have slept, in milliseconds.
fn run<F, P, T, E>(job: Retry<F, P>) -> (Result<T, RetryError<E>>, Vec<u128>)
where
    F: FnMut() -> Result<T, E>,
    P: FnMut(&E) -> bool,
{
    let mut slept = Vec::new();
    let result = job.run_by(|delay| {
        // Rounded: the policy counts in floats.
        slept.push(delay.saturating_add(Duration::from_micros(500)).as_millis());
        Ok(())
    });
    (result, slept)
}

/// Fails so often, and then gives how often it was called.
fn fails(times: usize) -> impl FnMut() -> Result<usize, usize> {
    let mut calls = 0;
    move || {
        calls += 1;
        if calls > times { Ok(calls) } else { Err(calls) }
    }
}

fn steady(attempts: usize) -> Backoff {
    Backoff::new(attempts).jitter(false)
}

#[test]
fn what_succeeds_is_not_tried_again() {
    assert_eq!(run(retry(3, fails(0))), (Ok(1), vec![]));
    assert_eq!(run(retry(steady(3), fails(1))), (Ok(2), vec![100]));
    assert_eq!(run(retry(steady(3), fails(2))), (Ok(3), vec![100, 200]));
}

#[test]
fn the_last_error_comes_out_with_the_number_of_attempts() {
    for attempts in 1..5 {
        let (result, slept) = run(retry(attempts, fails(9)));
        let error = result.unwrap_err();
        assert_eq!((error.attempts(), *error.last()), (attempts, attempts));
        assert_eq!(slept.len(), attempts - 1, "nothing is waited for after the last");
        assert_eq!(error.into_last(), attempts);
    }
}

#[test]
fn waits_grow_up_to_the_longest() {
    let policy = steady(7).first_delay(Duration::from_millis(10)).max_delay(Duration::from_millis(100));
    assert_eq!(run(retry(policy.clone(), fails(9))).1, [10, 20, 40, 80, 100, 100]);
    assert_eq!(run(retry(policy.clone().factor(1.0), fails(9))).1, [10; 6]);
    assert_eq!(run(retry(policy.factor(5.0), fails(9))).1, [10, 50, 100, 100, 100, 100]);
    // The longest wins.
    let policy = steady(3).max_delay(Duration::from_millis(7));
    assert_eq!(run(retry(policy, fails(9))).1, [7, 7]);
    let policy = steady(4).first_delay(Duration::MAX).max_delay(Duration::MAX);
    assert_eq!(run(retry(policy, fails(9))).1, [Duration::MAX.as_millis(); 3]);
}

#[test]
fn a_jitter_makes_a_wait_longer_at_most_twice() {
    for _ in 0..100 {
        let slept = run(retry(4, fails(9))).1;
        for (delay, least) in slept.into_iter().zip([100, 200, 400]) {
            assert!((least..=2 * least).contains(&delay), "{delay}");
        }
    }
}

#[test]
fn only_what_is_to_be_tried_again_is() {
    let kinds = [ErrorKind::TimedOut, ErrorKind::NotFound, ErrorKind::TimedOut];
    let mut calls = kinds.into_iter();
    let job = retry(5, || Err::<(), _>(io::Error::from(calls.next().unwrap())));
    let (result, slept) = run(job.when(|error| error.kind() == ErrorKind::TimedOut));
    let error = result.unwrap_err();
    assert_eq!((error.attempts(), error.last().kind(), slept.len()), (2, ErrorKind::NotFound, 1));
    assert_eq!(error.to_string(), "failed at attempt 2, and is not tried again: entity not found");
    assert_eq!(calls.next(), Some(ErrorKind::TimedOut));
}

#[test]
fn asked_to_stop_it_is_not_tried_again() {
    let calls = Cell::new(0);
    let job = retry(5, || {
        calls.set(calls.get() + 1);
        Err::<(), _>("no line")
    });
    let mut sleeps = 0;
    let error = job.run_by(|_| {
        sleeps += 1;
        if sleeps < 2 { Ok(()) } else { Err(Cancelled) }
    });
    assert_eq!(error.unwrap_err().to_string(), "was asked to stop after 2 attempts: no line");
    assert_eq!(calls.get(), 2);
}

#[test]
fn the_error_says_what_happened() {
    let error = run(retry(2, || Err::<(), _>(io::Error::other("no line")))).0.unwrap_err();
    assert_eq!(error.to_string(), "gave up after 2 attempts: no line");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "no line");
    let error = run(retry(1, || Err::<(), _>("no line"))).0.unwrap_err();
    assert_eq!(error.to_string(), "gave up after 1 attempt: no line");
}

#[test]
#[should_panic(expected = "a retry of 0 attempts calls nothing: give at least 1")]
fn no_attempts_are_refused() {
    let _ = retry(0, fails(0));
}

#[test]
#[should_panic(expected = "a back-off by NaN times would become shorter: give at least 1")]
fn a_factor_that_is_no_number_is_refused() {
    let _ = Backoff::new(1).factor(f32::NAN);
}
