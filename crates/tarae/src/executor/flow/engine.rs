//! When to pull, how much to submit, and when it is over: what all these iterators have in common.

use super::batch::{MapBatch, Mapped};
use super::handed_out::HandedOut;
use super::window::Window;
use crate::cancel::{CancelToken, Deadline};
use crate::executor::{Executor, Job};
use crate::task::{Task, TaskError};
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// How long a batch should take: long enough that handing it over costs nothing beside it.
const BATCH_TIME: Duration = Duration::from_micros(100);
/// The longest batch, however cheap its items are.
const LONGEST_BATCH: usize = 4096;

/// Cuts a source into batches, has them run, and takes up what comes back.
pub(super) struct Engine<I: Iterator, E, F, R> {
    /// `None` once it has ended.
    source: Option<I>,
    executor: E,
    f: Arc<F>,
    submit: Submit<E, F, I::Item, R>,
    /// Whether each item has one result: else the items of a batch count as pulled until the last result of it is handed out.
    one_each: bool,
    /// Cancelled when nobody wants the results any more.
    stop: CancelToken,
    limit: Option<Limit>,
    window: Window<R>,
    /// How many tasks the window may hold.
    tasks: usize,
    /// How many items may be pulled and not handed out.
    buffer: usize,
    /// How many of them are in the window.
    submitted: usize,
    /// Pulled for the next batch, which is not full yet.
    partial: Vec<I::Item>,
    /// Items of the next batch.
    batch: usize,
    /// Whether `batch` follows what items cost.
    adapts: bool,
    current: HandedOut<R>,
    /// Items of the batch that `current` is of.
    current_items: usize,
    /// A batch has come back that was stopped half-way: there is a gap after it.
    cut: bool,
    location: &'static Location<'static>,
}

/// Submits a batch. Taken where `E: Executor<..>` was proven, so that no impl of an iterator needs that bound.
type Submit<E, F, A, R> = fn(&E, MapBatch<F, A>, &'static Location<'static>) -> Task<Mapped<R>>;

/// When all must be over.
struct Limit {
    deadline: Deadline,
    /// Cancelled then: what runs stops at its next item, also while the consumer does something else. To look at it costs no
    /// look at the clock.
    stop: CancelToken,
}

impl<I: Iterator, E, F, R> Engine<I, E, F, R> {
    #[track_caller]
    pub(super) fn new<J>(
        source: I,
        executor: E,
        f: F,
        one_each: bool,
        submit: Submit<E, F, I::Item, R>,
    ) -> Self
    where
        J: Job,
        E: Executor<J>,
    {
        // Two batches for each worker, so that one waits while one runs, and two more for the consumer.
        let tasks = executor.parallelism().get().saturating_mul(2).saturating_add(2);
        Engine {
            source: Some(source),
            executor,
            f: Arc::new(f),
            submit,
            one_each,
            stop: CancelToken::new(),
            limit: None,
            window: Window::in_order(),
            tasks,
            buffer: tasks.saturating_mul(LONGEST_BATCH),
            submitted: 0,
            partial: Vec::new(),
            batch: 1,
            adapts: true,
            current: HandedOut::nothing(),
            current_items: 0,
            cut: false,
            location: Location::caller(),
        }
    }

    #[track_caller]
    pub(super) fn set_buffer(&mut self, items: usize) {
        assert!(items > 0, "a buffer of 0 items hands nothing out: give at least 1");
        self.buffer = items;
    }

    #[track_caller]
    pub(super) fn set_batch(&mut self, items: usize) {
        assert!(items > 0, "a batch of 0 items maps nothing: give at least 1");
        self.batch = items;
        self.adapts = false;
    }

    pub(super) fn complete_in_any_order(&mut self) {
        self.window.complete_in_any_order();
    }

    pub(super) fn set_limit(&mut self, deadline: Deadline) {
        self.limit = deadline.instant().map(|_| Limit { deadline, stop: self.stop.until(deadline) });
    }

    /// How many items are pulled and not handed out.
    pub(super) fn in_flight(&self) -> usize {
        let current = match (self.one_each, self.current.len()) {
            (true, left) => left,
            (false, 0) => 0,
            (false, _) => self.current_items,
        };
        self.submitted + self.partial.len() + current
    }

    /// Whether the time is over.
    #[inline]
    fn is_late(&self) -> bool {
        self.limit.as_ref().is_some_and(|limit| limit.stop.is_cancelled())
    }

    /// Pulls and submits as much as the window takes, or until a result is ready: a slow source holds it back for one item
    /// at most.
    fn fill(&mut self) {
        while self.window.len() < self.tasks && !self.window.is_ready() && !self.is_late() {
            let wanted = self.wanted();
            self.pull(wanted);
            let full = self.partial.len() >= wanted;
            if self.partial.is_empty() || !(full || self.adapts || self.source.is_none()) {
                return;
            }
            let items = std::mem::take(&mut self.partial);
            let count = items.len();
            self.submitted += count;
            let stop = self.limit.as_ref().map_or(&self.stop, |limit| &limit.stop).clone();
            let batch = MapBatch::new(self.f.clone(), stop, items);
            self.window.push(count, (self.submit)(&self.executor, batch, self.location));
        }
    }

    /// Pulls until the next batch has so many items, a result is ready, or the time is over.
    fn pull(&mut self, wanted: usize) {
        let Some(source) = &mut self.source else { return };
        let (partial, head) = (&mut self.partial, self.window.head());
        let late = self.limit.as_ref().map(|limit| &limit.stop);
        partial.reserve(wanted.min(LONGEST_BATCH).saturating_sub(partial.len()));
        while partial.len() < wanted {
            let Some(item) = source.next() else {
                self.source = None;
                return;
            };
            partial.push(item);
            if head.is_ready() || late.is_some_and(CancelToken::is_cancelled) {
                return;
            }
        }
    }

    /// How many items the next batch should have: no more than the buffer takes, those that it has included.
    fn wanted(&self) -> usize {
        let room = self.buffer.saturating_sub(self.in_flight()) + self.partial.len();
        if !self.adapts {
            return self.batch.min(room);
        }
        // A share of the buffer, and of a source that says when it ends, so that every worker gets one.
        let left = self.source.as_ref().and_then(|source| source.size_hint().1).unwrap_or(usize::MAX);
        let share = self.buffer.min(left.saturating_add(self.partial.len())) / self.tasks;
        self.batch.min(share.max(1)).min(room)
    }

    /// Takes the next batch of results up. An error if the time is over, `None` if all is.
    fn advance(&mut self) -> Option<Result<(), TaskError>> {
        if self.cut && self.window.is_in_order() {
            return Some(Err(self.time_out()));
        }
        if !self.window.is_ready() {
            self.fill();
        }
        if self.window.len() == 0 && self.source.is_none() && self.partial.is_empty() {
            return None;
        }
        let deadline = self.limit.as_ref().map_or(Deadline::NEVER, |limit| limit.deadline);
        let Some((count, task)) = self.window.next(deadline) else {
            return Some(Err(self.time_out()));
        };
        self.submitted -= count;
        self.current_items = count;
        self.current = match task.result() {
            Ok(mapped) => {
                self.cut |= mapped.cut;
                if self.adapts {
                    self.adapt(mapped.elapsed, count);
                }
                HandedOut::of(mapped, self.location)
            }
            Err(error) => HandedOut::lost(if self.one_each { count } else { 1 }, error),
        };
        Some(Ok(()))
    }

    /// Lets the next batch take about `BATCH_TIME`; batches at most double, since what is measured once may be an
    /// exception.
    fn adapt(&mut self, elapsed: Duration, count: usize) {
        let nanos = (elapsed.as_nanos() as usize / count).max(1);
        let fitting = BATCH_TIME.as_nanos() as usize / nanos;
        self.batch = fitting.clamp(1, self.batch * 2).min(LONGEST_BATCH);
    }

    /// Gives up what has not come back, and the source.
    #[cold]
    fn time_out(&mut self) -> TaskError {
        self.give_up();
        self.window.clear();
        self.source = None;
        self.partial = Vec::new();
        self.submitted = 0;
        self.cut = false;
        TaskError::late("par_map", self.location)
    }

    /// What has not begun never runs; what runs stops at its next item, or where the call looks at its token.
    fn give_up(&self) {
        self.stop.cancel();
        self.window.abort_all();
    }

    /// The next result, if it is there and no call of its batch has failed.
    #[inline]
    pub(super) fn next_value(&mut self) -> Option<R> {
        self.current.values().next()
    }

    /// The next item, when there is no such result.
    #[cold]
    #[inline(never)]
    pub(super) fn next_other(&mut self) -> Option<Result<R, TaskError>> {
        loop {
            if let Some(item) = self.current.next_mixed() {
                return Some(item);
            }
            if let Err(late) = self.advance()? {
                return Some(Err(late));
            }
            if let Some(value) = self.next_value() {
                return Some(Ok(value));
            }
        }
    }

    /// All that is left: the results of a batch in a loop of their own.
    #[inline]
    pub(super) fn fold<B>(mut self, init: B, mut f: impl FnMut(B, Result<R, TaskError>) -> B) -> B {
        let mut folded = init;
        loop {
            folded = self.current.values().fold(folded, |folded, value| f(folded, Ok(value)));
            match self.next_other() {
                Some(item) => folded = f(folded, item),
                None => return folded,
            }
        }
    }

    pub(super) fn size_hint(&self) -> (usize, Option<usize>) {
        let (low, high) = self.source.as_ref().map_or((0, Some(0)), Iterator::size_hint);
        let here = self.current.len();
        let high = match (self.one_each, high) {
            (true, Some(high)) => high.checked_add(self.in_flight()),
            (false, Some(0)) if self.submitted + self.partial.len() == 0 => Some(here),
            _ => None,
        };
        match (self.one_each, &self.limit) {
            (true, None) => (low.saturating_add(self.in_flight()), high),
            (false, None) => (here, high),
            // One more, if the time is over first.
            (_, Some(_)) => (here, high.and_then(|high| high.checked_add(1))),
        }
    }
}

impl<I: Iterator, E, F, R> Drop for Engine<I, E, F, R> {
    fn drop(&mut self) {
        self.give_up();
    }
}
