//! A job that is tried again when it fails.

use super::{Backoff, Job};
use crate::cancel::{CancelToken, Cancelled};
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A job that calls `f` until it succeeds, or so often, and waits in between. (Feature `retry`.)
///
/// ```
/// use std::io::{Error, ErrorKind};
/// use std::time::Duration;
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(1)?;
/// let mut calls = 0;
/// let fetch = move || {
///     calls += 1;
///     if calls < 3 { Err(Error::from(ErrorKind::TimedOut)) } else { Ok("the page") }
/// };
/// let task = pool.submit(retry(Backoff::new(5).first_delay(Duration::from_millis(1)), fetch));
/// assert_eq!(task.result()??, "the page");
///
/// // Without a pool, with the usual waits; and only what may pass is tried again.
/// let gone = retry(3, || Err::<(), _>(Error::from(ErrorKind::NotFound)));
/// let error = gone.when(|error| error.kind() == ErrorKind::TimedOut).run().unwrap_err();
/// assert_eq!(error.attempts(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The policy is a number of attempts, the first one included, or a [`Backoff`].
///
/// # Errors
/// The task's value is a `Result`: that of the last call, its error in a [`RetryError`] with the number of attempts. A panic
/// is not tried again: it is the task's error.
///
/// # Cancellation
/// A wait ends when the task is asked to stop, also by its [time-out](super::Options::timeout), and nothing is tried after
/// that: the task ends as Cancelled. A call that runs is not interrupted.
///
/// # Cost
/// The worker waits: it does nothing else meanwhile.
pub fn retry<F, T, E>(policy: impl Into<Backoff>, f: F) -> Retry<F, fn(&E) -> bool>
where
    F: FnMut() -> Result<T, E>,
{
    Retry { backoff: policy.into(), f, when: |_| true }
}

/// A job that is tried again; see [`retry`].
#[derive(Clone)]
#[must_use = "a job does nothing until it runs: submit it"]
pub struct Retry<F, P> {
    backoff: Backoff,
    f: F,
    when: P,
}

impl<F, P> Retry<F, P> {
    /// Tries again only after errors for which `when` is true. Others come out at once.
    pub fn when<T, E, Q>(self, when: Q) -> Retry<F, Q>
    where
        F: FnMut() -> Result<T, E>,
        Q: FnMut(&E) -> bool,
    {
        Retry { backoff: self.backoff, f: self.f, when }
    }

    /// Runs it; `sleep` says whether it was asked to stop.
    fn run_by<T, E>(
        mut self,
        mut sleep: impl FnMut(Duration) -> Result<(), Cancelled>,
    ) -> Result<T, RetryError<E>>
    where
        F: FnMut() -> Result<T, E>,
        P: FnMut(&E) -> bool,
    {
        let mut delays = self.backoff.delays();
        let mut attempts = 0;
        loop {
            attempts += 1;
            let error = match (self.f)() {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            let end = if !(self.when)(&error) {
                End::Refused
            } else if let Some(delay) = delays.next() {
                match sleep(delay) {
                    Ok(()) => continue,
                    Err(Cancelled) => End::Stopped,
                }
            } else {
                End::GaveUp
            };
            return Err(RetryError { error, attempts, end });
        }
    }
}

impl<F, P, T, E> Job for Retry<F, P>
where
    F: FnMut() -> Result<T, E> + Send,
    P: FnMut(&E) -> bool + Send,
    T: Send,
    E: Send,
{
    type Output = Result<T, RetryError<E>>;

    fn run(self) -> Self::Output {
        let token = CancelToken::current();
        self.run_by(|delay| token.sleep(delay))
    }
}

impl<F, P> fmt::Debug for Retry<F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry").field("backoff", &self.backoff).finish_non_exhaustive()
    }
}

/// The error of the last attempt of a [`retry`], and how many there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryError<E> {
    error: E,
    attempts: usize,
    end: End,
}

/// Why there was no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// There were as many as there might be.
    GaveUp,
    /// The error is not one to try again after.
    Refused,
    /// The work was asked to stop.
    Stopped,
}

impl<E> RetryError<E> {
    /// How many attempts were made, all of which failed.
    pub fn attempts(&self) -> usize {
        self.attempts
    }

    /// The error of the last one.
    pub fn last(&self) -> &E {
        &self.error
    }

    /// The error of the last one, by value.
    pub fn into_last(self) -> E {
        self.error
    }
}

impl<E: fmt::Display> fmt::Display for RetryError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, error) = (self.attempts, &self.error);
        let attempts = if n == 1 { "attempt" } else { "attempts" };
        match self.end {
            End::GaveUp => write!(f, "gave up after {n} {attempts}: {error}"),
            End::Refused => write!(f, "failed at attempt {n}, and is not tried again: {error}"),
            End::Stopped => write!(f, "was asked to stop after {n} {attempts}: {error}"),
        }
    }
}

impl<E: Error + 'static> Error for RetryError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(test)]
#[path = "retry_tests.rs"]
mod tests;
