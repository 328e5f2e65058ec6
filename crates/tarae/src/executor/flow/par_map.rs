//! What `par_map` and `par_stage` give.

use super::batch::{MapBatch, StageBatch};
use super::engine::Engine;
use super::par_results::ParResults;
use crate::cancel::Deadline;
use crate::executor::Executor;
use crate::executor::contract::submit_at;
use crate::task::TaskError;
use std::fmt;
use std::iter::FusedIterator;

/// What runs on an executor, item by item as it is asked for; see [`par_map`](crate::iter::IterExt::par_map) and
/// [`par_stage`](crate::iter::IterExt::par_stage).
///
/// | | without it | |
/// |---|---|---|
/// | [`buffer(n)`](Self::buffer) | a window of batches | how many items are pulled ahead |
/// | [`batch(n)`](Self::batch) | batches of about 100 microseconds | how many items are one task |
/// | [`as_completed()`](Self::as_completed) | in the order of the source | in the order they end |
/// | [`results()`](Self::results) | a panic goes on at its item | failures are items |
/// | [`timeout(limit)`](Self::timeout) | no limit | for all of it; failures are items |
///
/// They can be combined, in any order.
///
/// Dropping it cancels what has not run, and asks what runs to stop: at its next item, or where the call looks at its
/// token.
#[must_use = "iterators are lazy: nothing is pulled or run before the first `next`"]
pub struct ParMap<I: Iterator, E, F, R> {
    results: ParResults<I, E, F, R>,
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
        let engine = Engine::new::<MapBatch<F, I::Item>>(source, executor, f, true, submit_at);
        ParMap { results: ParResults { engine } }
    }

    #[track_caller]
    pub(crate) fn of_stage<O>(source: I, executor: E, stage: F) -> Self
    where
        F: Fn(std::vec::IntoIter<I::Item>) -> O + Send + Sync,
        I::Item: Send,
        O: IntoIterator<Item = R>,
        R: Send,
        E: Executor<StageBatch<F, I::Item>>,
    {
        let engine =
            Engine::new::<StageBatch<F, I::Item>>(source, executor, stage, false, |executor, batch, at| {
                submit_at(executor, StageBatch(batch), at)
            });
        ParMap { results: ParResults { engine } }
    }

    /// Pulls at most `items` from the source that have not been handed out yet. The bound is exact.
    ///
    /// Without it the bound is that of the window: two batches for each worker and two more, of at most 4096 items each.
    /// The items of a batch of `par_stage` count until its last result has been handed out.
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
    #[doc(alias = "buffersize")]
    #[track_caller]
    pub fn buffer(mut self, items: usize) -> Self {
        self.results.engine.set_buffer(items);
        self
    }

    /// Submits exactly `items` at a time, as long as the source has so many and the buffer holds them. Without it,
    /// batches grow until one takes about 100 microseconds.
    ///
    /// The results of a batch come when all of it has run. Where one call may take much longer than the next, `batch(1)`
    /// has each come by itself.
    ///
    /// # Panics
    /// If `items` is 0.
    #[doc(alias = "chunksize")]
    #[track_caller]
    pub fn batch(mut self, items: usize) -> Self {
        self.results.engine.set_batch(items);
        self
    }

    /// Results in the order their batches end, not in that of the source. So one slow item holds nothing back; the
    /// buffer's bound is the same.
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use std::sync::mpsc::channel;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let (open, gate) = channel::<()>();
    /// let gate = Mutex::new(gate);
    /// let wait_if_first = move |n| {
    ///     if n == 0 {
    ///         gate.lock().unwrap().recv().unwrap();
    ///     }
    ///     n
    /// };
    /// let mut numbers = [0, 1, 2].into_iter().par_map(&pool, wait_if_first).as_completed();
    /// let mut first = [numbers.next().unwrap(), numbers.next().unwrap()];
    /// first.sort(); // these two, in whatever order
    /// assert_eq!(first, [1, 2]);
    /// open.send(())?;
    /// assert_eq!(numbers.next(), Some(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Within a batch results are in order. To know which item a result is of, let the function return it, too.
    pub fn as_completed(mut self) -> Self {
        self.results.engine.complete_in_any_order();
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

    /// Gives all of it so much time, from this call on, or until an `Instant`. Items become `Result`s, as by
    /// [`results`](Self::results); if the time is over first, the last one is an `Err` that says
    /// [so](crate::task::TaskError::is_timed_out).
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let endless = (0u64..).par_map(&pool, |n| n * n).timeout(Duration::from_millis(20));
    /// let mut results: Vec<_> = endless.collect();
    /// assert!(results.pop().unwrap().unwrap_err().is_timed_out());
    /// for (n, square) in (0u64..).zip(results) {
    ///     assert_eq!(square?, n * n); // as far as it got
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// At the limit nothing more is pulled, what has not begun is cancelled, and what runs is asked to stop: at its next
    /// item, or where the call looks at its token. It is not waited for. Results that have come back by then still come
    /// out, in order up to the first that has not; then the error, once, and then nothing.
    ///
    /// A batch comes back as a whole: `batch(1)` where a call may take long. While the source itself is asked for an item,
    /// no limit can be kept. Inside a job it runs nothing while it waits, since that could not be left at the limit: on a
    /// pool all of whose workers wait so, the time passes.
    ///
    /// # Panics
    /// If the thread that keeps deadlines is needed, and the system does not start it.
    #[doc(alias = "TimeoutError")]
    pub fn timeout(self, limit: impl Into<Deadline>) -> ParResults<I, E, F, R> {
        self.results.timeout(limit)
    }
}

/// The value, or the panic of the call that should have given it.
#[inline]
fn unwrap<R>(result: Result<R, TaskError>) -> R {
    result.unwrap_or_else(|error| error.resume())
}

impl<I: Iterator, E, F, R> Iterator for ParMap<I, E, F, R> {
    type Item = R;

    /// # Panics
    /// With the panic of the item that is next, if its call panicked, and with the source's own; what follows can still
    /// be asked for.
    #[inline]
    fn next(&mut self) -> Option<R> {
        match self.results.engine.next_value() {
            Some(value) => Some(value),
            None => self.results.engine.next_other().map(unwrap),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.results.size_hint()
    }

    #[inline]
    fn fold<B, G: FnMut(B, R) -> B>(self, init: B, mut f: G) -> B {
        self.results.fold(init, |folded, result| f(folded, unwrap(result)))
    }
}

impl<I: Iterator, E, F, R> FusedIterator for ParMap<I, E, F, R> {}

impl<I: Iterator, E, F, R> fmt::Debug for ParMap<I, E, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParMap").field("in_flight", &self.results.engine.in_flight()).finish_non_exhaustive()
    }
}
