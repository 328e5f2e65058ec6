//! An iterator mapped on an executor: lazy, bounded, in order.
//!
//! ```text
//!              pulled by the consumer's `next`, never ahead of the window
//! source ──▶ [batch] ──submit──▶ window of tasks, oldest first ──▶ [results of one batch] ──▶ next()
//!                                     ran by the executor
//! ```
//!
//! The consumer drives everything. So the source need not be `Send`, is never locked, and is not asked for more than the
//! window holds.

use super::map_batch::{MapBatch, MapState, Mapped};
use super::{Executor, Options, Ticket};
use crate::task::{Task, TaskError};
use std::collections::VecDeque;
use std::fmt;
use std::iter::FusedIterator;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// How long a batch should take: long enough that handing it over costs nothing beside it.
const BATCH_TIME: Duration = Duration::from_micros(50);
/// The longest batch, however cheap its items are.
const LONGEST_BATCH: usize = 4096;

/// Maps an iterator on an executor; see [`IterExt::par_map`](crate::iter::IterExt::par_map). Dropping it cancels what
/// has not run, and asks what runs to stop: at its next item, or where the call looks at its token.
#[must_use = "iterators are lazy: nothing is pulled or run before the first `next`"]
pub struct ParMap<I: Iterator, E, F, R> {
    results: ParResults<I, E, F, R>,
}

/// The same with failures as items; see [`ParMap::results`].
#[must_use = "iterators are lazy: nothing is pulled or run before the first `next`"]
pub struct ParResults<I: Iterator, E, F, R> {
    /// `None` once it has ended.
    source: Option<I>,
    executor: E,
    state: Arc<MapState<F>>,
    /// Taken where `E: Executor<..>` was proven, so that no impl here needs that bound.
    submit: fn(&E, MapBatch<F, I::Item>, &'static Location<'static>) -> Task<Mapped<R>>,
    /// Tasks in the order of their items, with the number of items of each.
    window: VecDeque<(Task<Mapped<R>>, usize)>,
    /// How many tasks the window may hold.
    tasks: usize,
    /// How many items may be pulled and not handed out.
    buffer: usize,
    /// How many are.
    in_flight: usize,
    /// Pulled for the next batch, which is not full yet.
    partial: Vec<I::Item>,
    /// Items of the next batch.
    batch: usize,
    /// Whether `batch` follows what items cost.
    adapts: bool,
    current: Current<R>,
    location: &'static Location<'static>,
}

/// What is left of the batch that is being handed out.
struct Current<R> {
    values: std::vec::IntoIter<R>,
    /// The panics, with the number of items before each.
    panics: VecDeque<(usize, TaskError)>,
    handed_out: usize,
    /// If the whole batch failed: for how many items, and why.
    lost: Option<(usize, TaskError)>,
}

impl<I: Iterator, E, F, R> ParMap<I, E, F, R> {
    #[track_caller]
    pub(crate) fn new(source: I, executor: E, f: F) -> Self
    where
        F: Fn(I::Item) -> R + Send + Sync,
        I::Item: Send,
        R: Send,
        E: Executor<MapBatch<F, I::Item>>,
    {
        // Two batches for each worker, so that one waits while one runs, and two more for the consumer.
        let tasks = executor.parallelism().get().saturating_mul(2).saturating_add(2);
        ParMap {
            results: ParResults {
                source: Some(source),
                executor,
                state: Arc::new(MapState::new(f)),
                submit: |executor, batch, location| {
                    let (ticket, task) = Ticket::at(location, Options::new(), batch);
                    executor.execute(ticket);
                    task
                },
                window: VecDeque::new(),
                tasks,
                buffer: tasks.saturating_mul(LONGEST_BATCH),
                in_flight: 0,
                partial: Vec::new(),
                batch: 1,
                adapts: true,
                current: Current::none(),
                location: Location::caller(),
            },
        }
    }

    /// Pulls at most `items` from the source that have not been handed out yet. The bound is exact.
    ///
    /// Without it the bound is that of the window: two batches for each worker and two more, of at most 4096 items each.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let mut pulled = 0;
    /// let squares = (0u64..).inspect(|_| pulled += 1).par_map(&pool, |n| n * n).buffer(8);
    /// assert_eq!(squares.take(3).collect::<Vec<_>>(), [0, 1, 4]);
    /// assert!(pulled <= 3 + 8);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If `items` is 0: nothing could ever be handed out.
    #[track_caller]
    pub fn buffer(mut self, items: usize) -> Self {
        self.results.set_buffer(items);
        self
    }

    /// Submits exactly `items` at a time, as long as the source has so many and the buffer holds them. Without it,
    /// batches grow until one takes about 50 microseconds.
    ///
    /// # Panics
    /// If `items` is 0.
    #[track_caller]
    pub fn batch(mut self, items: usize) -> Self {
        self.results.set_batch(items);
        self
    }

    /// Failures as items: `Err` in the place of an item whose call panicked, and the rest as it would be.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let halves = [2, 0, 4].into_iter().par_map(&pool, |n| 8 / n).results();
    /// let texts: Vec<String> = halves.map(|r| r.map_or("failed".to_string(), |n| n.to_string())).collect();
    /// assert_eq!(texts, ["4", "failed", "2"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn results(self) -> ParResults<I, E, F, R> {
        self.results
    }
}

impl<I: Iterator, E, F, R> ParResults<I, E, F, R> {
    #[track_caller]
    fn set_buffer(&mut self, items: usize) {
        assert!(items > 0, "a buffer of 0 items hands nothing out: give at least 1");
        self.buffer = items;
    }

    #[track_caller]
    fn set_batch(&mut self, items: usize) {
        assert!(items > 0, "a batch of 0 items maps nothing: give at least 1");
        self.batch = items;
        self.adapts = false;
    }

    /// Whether the next result to be handed out is there.
    fn is_head_ready(&self) -> bool {
        self.window.front().is_some_and(|(task, _)| task.is_finished())
    }

    /// Pulls and submits as much as the window takes, or until a result is ready: a slow source holds it back for one item
    /// at most.
    fn fill(&mut self) {
        while self.window.len() < self.tasks && !self.is_head_ready() {
            let wanted = self.wanted();
            while self.partial.len() < wanted {
                let Some(item) = self.source.as_mut().and_then(Iterator::next) else {
                    self.source = None;
                    break;
                };
                self.partial.push(item);
                self.in_flight += 1;
                if self.is_head_ready() {
                    break;
                }
            }
            let full = self.partial.len() >= wanted;
            if self.partial.is_empty() || !(full || self.adapts || self.source.is_none()) {
                return;
            }
            let items = std::mem::take(&mut self.partial);
            let count = items.len();
            let batch = MapBatch::new(self.state.clone(), items);
            self.window.push_back(((self.submit)(&self.executor, batch, self.location), count));
        }
    }

    /// How many items the next batch should have: no more than the buffer takes, those that it has included.
    fn wanted(&self) -> usize {
        let room = self.buffer - self.in_flight + self.partial.len();
        if !self.adapts {
            return self.batch.min(room);
        }
        // A share of the buffer, and of a source that says when it ends, so that every worker gets one.
        let left = self.source.as_ref().and_then(|source| source.size_hint().1).unwrap_or(usize::MAX);
        let share = self.buffer.min(left.saturating_add(self.partial.len())) / self.tasks;
        self.batch.min(share.max(1)).min(room)
    }

    /// Takes the next batch of results; false if there is none.
    fn advance(&mut self) -> bool {
        if !self.is_head_ready() {
            self.fill();
        }
        let Some((task, count)) = self.window.pop_front() else { return false };
        self.current = match task.result() {
            Ok(mapped) => {
                if self.adapts {
                    self.adapt(mapped.elapsed, count);
                }
                Current::of(mapped, self.location)
            }
            Err(error) => Current { lost: Some((count, error)), ..Current::none() },
        };
        true
    }

    /// Lets the next batch take about `BATCH_TIME`; batches at most double, since what is measured once may be an
    /// exception.
    fn adapt(&mut self, elapsed: Duration, count: usize) {
        let nanos = (elapsed.as_nanos() as usize / count).max(1);
        let fitting = BATCH_TIME.as_nanos() as usize / nanos;
        self.batch = fitting.clamp(1, self.batch * 2).min(LONGEST_BATCH);
    }
}

impl<I: Iterator, E, F, R> Iterator for ParResults<I, E, F, R> {
    type Item = Result<R, TaskError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.next() {
                self.in_flight -= 1;
                return Some(item);
            }
            if !self.advance() {
                return None;
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (low, high) = self.source.as_ref().map_or((0, Some(0)), Iterator::size_hint);
        (low.saturating_add(self.in_flight), high.and_then(|high| high.checked_add(self.in_flight)))
    }
}

impl<I: Iterator, E, F, R> FusedIterator for ParResults<I, E, F, R> {}

impl<I: Iterator, E, F, R> Iterator for ParMap<I, E, F, R> {
    type Item = R;

    /// # Panics
    /// With the panic of the item that is next, if its call panicked, and with the source's own; what follows can still
    /// be asked for.
    #[inline]
    fn next(&mut self) -> Option<R> {
        self.results.next().map(|result| result.unwrap_or_else(|error| error.resume()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.results.size_hint()
    }
}

impl<I: Iterator, E, F, R> FusedIterator for ParMap<I, E, F, R> {}

impl<I: Iterator, E, F, R> Drop for ParResults<I, E, F, R> {
    fn drop(&mut self) {
        self.state.stop();
        for (task, _) in &self.window {
            task.abort();
        }
    }
}

impl<R> Current<R> {
    fn none() -> Self {
        Current { values: Vec::new().into_iter(), panics: VecDeque::new(), handed_out: 0, lost: None }
    }

    fn of(mapped: Mapped<R>, location: &'static Location<'static>) -> Self {
        let panics = mapped.panics.into_iter();
        Current {
            values: mapped.values.into_iter(),
            panics: panics.map(|(at, payload)| (at, TaskError::failed(None, location, payload))).collect(),
            handed_out: 0,
            lost: None,
        }
    }

    #[inline]
    fn next(&mut self) -> Option<Result<R, TaskError>> {
        if self.panics.is_empty() {
            if let Some(value) = self.values.next() {
                return Some(Ok(value));
            }
            return self.next_lost().map(Err);
        }
        let failed = self.panics.front().is_some_and(|&(at, _)| at == self.handed_out);
        self.handed_out += 1;
        if failed { self.panics.pop_front().map(|(_, error)| Err(error)) } else { self.values.next().map(Ok) }
    }

    fn next_lost(&mut self) -> Option<TaskError> {
        let (left, error) = self.lost.as_mut()?;
        *left = left.checked_sub(1)?;
        Some(error.clone())
    }
}

impl<I: Iterator, E, F, R> fmt::Debug for ParResults<I, E, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParResults").field("in_flight", &self.in_flight).finish_non_exhaustive()
    }
}

impl<I: Iterator, E, F, R> fmt::Debug for ParMap<I, E, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParMap").field("in_flight", &self.results.in_flight).finish_non_exhaustive()
    }
}
