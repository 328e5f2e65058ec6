//! What an executor holds of a task.

use super::{Job, Options};
use crate::task::{self, Erased, Others, Runner, Task, as_worker};
use std::fmt;
use std::panic::Location;

/// A job, with the duty to run it: the executor's half of a task.
///
/// Dropped, its task ends as Cancelled.
#[must_use = "run it, or its task ends as Cancelled"]
pub struct Ticket<J: Job>(Runner<J>);

impl<J: Job> Ticket<J> {
    /// A task, in two halves.
    #[track_caller]
    #[inline]
    pub fn new(options: Options, job: J) -> (Self, Task<J::Output>) {
        Self::at(Location::caller(), options, job)
    }

    /// A task that says it was submitted at `location`.
    #[inline]
    pub(super) fn at(
        location: &'static Location<'static>,
        options: Options,
        job: J,
    ) -> (Self, Task<J::Output>) {
        let (runner, handle) = task::new(job, location, options);
        (Ticket(runner), Task::new(handle))
    }

    /// The executor's half itself, and where the task was submitted.
    pub(super) fn into_parts(self) -> (Runner<J>, &'static Location<'static>) {
        let location = self.0.location();
        (self.0, location)
    }

    /// Runs the job here, unless it was cancelled. A panic becomes the task's error.
    #[inline]
    pub fn run(self) {
        as_worker(Others::Busy, || self.0.run());
    }

    /// Ends the task without running the job; the error says that the executor refused it.
    pub fn reject(self) {
        self.0.reject();
    }

    /// Erases the job's type, to put it into a queue. From here on, a job that waits for the task may run it: so an
    /// executor that queues what this gives does not deadlock on nested waits.
    #[inline]
    pub fn into_runnable(self) -> Runnable
    where
        J: 'static,
    {
        Runnable(self.0.erase())
    }
}

impl<J: Job> fmt::Debug for Ticket<J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

/// A ticket for a job of any type. Dropped, its task ends as Cancelled.
#[must_use = "run it, or its task ends as Cancelled"]
pub struct Runnable(pub(super) Erased);

impl Runnable {
    /// Runs the job here, unless it was cancelled or somebody who waited for it has run it.
    #[inline]
    pub fn run(self) {
        as_worker(Others::Busy, || self.0.run());
    }

    /// The same on a thread of an executor that begins what is queued without waiting for what runs.
    #[cfg(feature = "tokio")]
    pub(super) fn run_among_idle(self) {
        as_worker(Others::Idle, || self.0.run());
    }
}

impl fmt::Debug for Runnable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runnable").finish_non_exhaustive()
    }
}
