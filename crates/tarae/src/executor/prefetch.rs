//! An iterator whose source runs ahead on an executor.
//!
//! ```text
//!          ┌─▶ [job, while there is room] ──▶ buffer, at most n ─┐
//! source ──┤                                                    ├──▶ next()
//!          └─▶ [the consumer, if nothing is ready and no job has it] ─┘
//! ```
//!
//! A job ends when the buffer is full, and the consumer submits the next one when half of the buffer is free: a slow consumer
//! keeps no worker.

use super::Executor;
use super::contract::submit_at;
use super::run_ahead::{Buffer, RunAhead};
use crate::sync::Arc;
use crate::task::Task;
use std::fmt;
use std::iter::FusedIterator;
use std::panic::{Location, resume_unwind};

/// Runs its source ahead on an executor; see [`IterExt::prefetch`](crate::iter::IterExt::prefetch). Dropping it drops the
/// source and what was pulled. If a job is just pulling, it is asked to stop, and drops the source when that item is there.
#[must_use = "iterators are lazy: nothing is pulled or run before the first `next`"]
pub struct Prefetch<I: Iterator, E> {
    buffer: Arc<Buffer<I>>,
    executor: E,
    /// Taken where `E: Executor<..>` was proven, so that no impl here needs that bound.
    submit: fn(&E, RunAhead<I>, &'static Location<'static>) -> Task<()>,
    /// The latest job.
    job: Option<Task<()>>,
    /// The source's, less what has been taken.
    size_hint: (usize, Option<usize>),
    location: &'static Location<'static>,
}

impl<I: Iterator, E> Prefetch<I, E> {
    #[track_caller]
    pub(crate) fn new(source: I, executor: E, n: usize) -> Self
    where
        I: Send,
        I::Item: Send,
        E: Executor<RunAhead<I>>,
    {
        assert!(n > 0, "a prefetch of 0 items runs nothing ahead: give at least 1");
        let size_hint = source.size_hint();
        Prefetch {
            buffer: Buffer::new(source, n),
            executor,
            submit: submit_at,
            job: None,
            size_hint,
            location: Location::caller(),
        }
    }

    fn run_ahead(&mut self) {
        let job = RunAhead::new(self.buffer.clone());
        self.job = Some((self.submit)(&self.executor, job, self.location));
        self.buffer.submitted();
    }

    /// An item, or a panic in its place, comes out.
    fn count_one(&mut self) {
        let (low, high) = self.size_hint;
        self.size_hint = (low.saturating_sub(1), high.map(|high| high.saturating_sub(1)));
    }
}

impl<I: Iterator, E> Iterator for Prefetch<I, E> {
    type Item = I::Item;

    /// # Panics
    /// With the source's own panic, at its place; what follows can still be asked for.
    fn next(&mut self) -> Option<I::Item> {
        let (step, wants_job) = self.buffer.next();
        if wants_job {
            self.run_ahead();
        }
        match &step {
            Ok(None) => self.size_hint = (0, Some(0)),
            _ => self.count_one(),
        }
        step.unwrap_or_else(|payload| resume_unwind(payload))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.size_hint
    }
}

impl<I: Iterator, E> FusedIterator for Prefetch<I, E> {}

impl<I: Iterator, E> Drop for Prefetch<I, E> {
    fn drop(&mut self) {
        if let Some(job) = &self.job {
            job.abort();
        }
        self.buffer.close();
    }
}

impl<I: Iterator, E> fmt::Debug for Prefetch<I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prefetch").finish_non_exhaustive()
    }
}
