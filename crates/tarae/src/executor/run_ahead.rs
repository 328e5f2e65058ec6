//! The job of a `prefetch`: it steps the source until the buffer is full.
//!
//! The source is in one place, and whoever takes it from there steps it: a job, or the consumer if it finds nothing ready and
//! the source there. So a job that nobody has begun holds nobody up, and a pool whose only worker is the consumer needs no
//! other.

use super::Job;
use crate::cancel::CancelToken;
use crate::panics::Payload;
use crate::sync::thread::{self, ThreadId};
use crate::sync::{Arc, Condvar, Mutex, MutexGuard, lock};
use std::collections::VecDeque;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many items a job pulls if its consumer takes them as fast, or a bufferful: then other jobs have their turn. Not fewer,
/// since nothing is pulled from then on until the consumer takes the next item.
const LONGEST_RUN: usize = 64;

/// What the consumer of a [`prefetch`](crate::iter::IterExt::prefetch) and its jobs share.
pub(super) struct Buffer<I: Iterator> {
    state: Mutex<State<I>>,
    /// Rung for the consumer, if it waits.
    changed: Condvar,
    /// How many items may be pulled and not taken.
    limit: usize,
}

struct State<I: Iterator> {
    source: Source<I>,
    /// Pulled and not taken: items, and panics in the place of items.
    ready: VecDeque<Result<I::Item, Payload>>,
    /// Whether a job is queued or runs, or none is of any use.
    has_job: bool,
    /// The thread that is just submitting a job.
    submitting: Option<ThreadId>,
    /// Whether the consumer sleeps.
    waiting: bool,
}

/// Where the source is.
///
/// | from | to | by |
/// |---|---|---|
/// | `Here` | `Lent` | `lend`: somebody steps it |
/// | `Lent` | `Here` | `put`: the job ends; `next`: the consumer has its item |
/// | `Lent` | `Ended` | the same, if the source has ended |
/// | all | `Unwanted` | `close`: the consumer is gone |
enum Source<I> {
    Here(I),
    /// That thread steps it.
    Lent(ThreadId),
    /// It has ended, and is dropped.
    Ended,
    /// Whoever has it drops it.
    Unwanted,
}

/// What an iterator gave, or the panic that came in its place.
pub(super) type Step<T> = Result<Option<T>, Payload>;

/// What there is for the consumer.
enum Taken<I: Iterator> {
    /// What is next; and whether a job is to be submitted.
    Ready(Step<I::Item>, bool),
    /// The source, to be stepped once.
    Source(I),
}

impl<I: Iterator> Buffer<I> {
    pub(super) fn new(source: I, limit: usize) -> Arc<Self> {
        let state = State {
            source: Source::Here(source),
            ready: VecDeque::new(),
            has_job: false,
            submitting: None,
            waiting: false,
        };
        Arc::new(Buffer { state: Mutex::new(state), changed: Condvar::new(), limit })
    }

    /// What is next; and whether a job is to be submitted.
    ///
    /// # Panics
    /// If the job that steps the source runs on this thread: the source waits for its own consumer.
    pub(super) fn next(&self) -> (Step<I::Item>, bool) {
        match self.take() {
            Taken::Ready(step, wants_job) => (step, wants_job),
            Taken::Source(source) => {
                let (rest, step) = step(source);
                let mut state = lock(&self.state);
                state.source = rest.map_or(Source::Ended, Source::Here);
                let wants_job = step.is_ok() && state.wants_job(self.limit);
                (step, wants_job)
            }
        }
    }

    /// Takes what is next, and waits for it if a job is about to have it.
    fn take(&self) -> Taken<I> {
        let mut state = lock(&self.state);
        loop {
            if let Some(step) = state.ready.pop_front() {
                let wants_job = step.is_ok() && state.wants_job(self.limit);
                return Taken::Ready(step.map(Some), wants_job);
            }
            let here = thread::current().id();
            if let Some(source) = state.lend(here) {
                return Taken::Source(source);
            }
            match state.source {
                Source::Lent(to) if to == here => {
                    drop(state);
                    panic!(
                        "the source of a prefetch asks for an item of that prefetch: it would wait for itself"
                    );
                }
                Source::Lent(_) => {
                    state.waiting = true;
                    state = wait(&self.changed, state);
                }
                _ => return Taken::Ready(Ok(None), false),
            }
        }
    }

    /// The job that was to be submitted has been.
    pub(super) fn submitted(&self) {
        lock(&self.state).submitting = None;
    }

    /// Nobody will take anything any more. What was pulled is dropped here, and the source, too, unless a job steps it: then
    /// that drops it.
    pub(super) fn close(&self) {
        let mut state = lock(&self.state);
        let source = mem::replace(&mut state.source, Source::Unwanted);
        let ready = mem::take(&mut state.ready);
        drop(state); // what follows are destructors of the user's
        drop(ready);
        drop(source);
    }

    /// Steps the source until the buffer is full; not at all if it is elsewhere.
    fn run_ahead(&self) {
        let mut state = lock(&self.state);
        let here = thread::current().id();
        if state.submitting == Some(here) {
            // An executor that runs it in the consumer's `submit` runs nothing ahead, and would only keep the consumer. It counts
            // as having a job from here on: it is given no other.
            return;
        }
        let Some(mut source) = state.lend(here) else {
            state.has_job = false;
            return;
        };
        drop(state);
        for left in (0..self.limit.max(LONGEST_RUN)).rev() {
            let (rest, step) = step_as_job(source);
            match self.put(rest, step, left) {
                Some(rest) => source = rest,
                None => return,
            }
        }
    }

    /// Puts an item into the buffer; gives the source back if it is to be stepped on.
    fn put(&self, rest: Option<I>, step: Step<I::Item>, left: usize) -> Option<I> {
        let mut state = lock(&self.state);
        if let Source::Unwanted = state.source {
            drop(state); // what follows are destructors of the user's
            drop(step);
            drop(rest);
            return None;
        }
        // Not beyond a panic: what comes after it is pulled if the consumer still asks.
        let runs_on = step.is_ok() && left > 0;
        if let Some(item) = step.transpose() {
            state.ready.push_back(item);
        }
        let goes_on = match rest {
            Some(source) if runs_on && state.ready.len() < self.limit => Some(source),
            rest => {
                state.source = rest.map_or(Source::Ended, Source::Here);
                state.has_job = false;
                None
            }
        };
        let waits = mem::take(&mut state.waiting);
        drop(state);
        if waits {
            self.changed.notify_one();
        }
        goes_on
    }
}

impl<I: Iterator> State<I> {
    /// Takes the source to step it on that thread, if it is here.
    fn lend(&mut self, to: ThreadId) -> Option<I> {
        match mem::replace(&mut self.source, Source::Lent(to)) {
            Source::Here(source) => Some(source),
            elsewhere => {
                self.source = elsewhere;
                None
            }
        }
    }

    /// Whether the caller is to submit a job: there is none, and half of the buffer is free. Not for each item that is taken: a
    /// job costs more than a cheap item.
    fn wants_job(&mut self, limit: usize) -> bool {
        let runs_on = matches!(self.source, Source::Here(_)) && self.ready.back().is_none_or(Result::is_ok);
        let wants_job = runs_on && !self.has_job && self.ready.len() <= limit / 2;
        if wants_job {
            self.has_job = true;
            self.submitting = Some(thread::current().id());
        }
        wants_job
    }
}

/// Steps a source; what is left of it, and what it gave. It is dropped before anybody can see that it has ended.
fn step<I: Iterator>(source: I) -> (Option<I>, Step<I::Item>) {
    let mut rest = Some(source);
    let step = catch_unwind(AssertUnwindSafe(|| {
        let item = rest.as_mut().and_then(Iterator::next);
        if item.is_none() {
            drop(rest.take());
        }
        item
    }));
    (rest, step)
}

/// The same in a job. A source that ends since the job was asked to stop, and not its consumer, has not ended: the consumer is
/// told so.
fn step_as_job<I: Iterator>(source: I) -> (Option<I>, Step<I::Item>) {
    match step(source) {
        (rest, Ok(None)) if CancelToken::current().was_obeyed() => {
            (rest, Err(Box::new("the source of a prefetch was asked to stop: its executor was shut down")))
        }
        other => other,
    }
}

fn wait<'a, T>(bell: &Condvar, state: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    bell.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A job of a [`prefetch`](crate::iter::IterExt::prefetch): what an executor must be able to run for that.
pub struct RunAhead<I: Iterator> {
    /// Taken when it runs.
    buffer: Option<Arc<Buffer<I>>>,
}

impl<I: Iterator> RunAhead<I> {
    pub(super) fn new(buffer: Arc<Buffer<I>>) -> Self {
        RunAhead { buffer: Some(buffer) }
    }
}

impl<I> Job for RunAhead<I>
where
    I: Iterator + Send,
    I::Item: Send,
{
    type Output = ();

    fn run(mut self) {
        if let Some(buffer) = self.buffer.take() {
            buffer.run_ahead();
        }
    }
}

impl<I: Iterator> Drop for RunAhead<I> {
    /// If it never ran, another may be submitted.
    fn drop(&mut self) {
        if let Some(buffer) = self.buffer.take() {
            lock(&buffer.state).has_job = false;
        }
    }
}

impl<I: Iterator> std::fmt::Debug for RunAhead<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunAhead").finish_non_exhaustive()
    }
}

#[cfg(all(test, loom))]
#[path = "run_ahead_loom_tests.rs"]
mod loom_tests;
