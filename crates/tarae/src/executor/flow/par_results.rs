//! What `par_map` and `par_stage` give, with failures as items.

use super::engine::Engine;
use crate::cancel::Deadline;
use crate::task::TaskError;
use std::fmt;
use std::iter::FusedIterator;

/// A [`ParMap`](super::ParMap) with failures as items; see [`ParMap::results`](super::ParMap::results) and
/// [`ParMap::timeout`](super::ParMap::timeout).
#[must_use = "iterators are lazy: nothing is pulled or run before the first `next`"]
pub struct ParResults<I: Iterator, E, F, R> {
    pub(super) engine: Engine<I, E, F, R>,
}

impl<I: Iterator, E, F, R> ParResults<I, E, F, R> {
    /// As [`ParMap::buffer`](super::ParMap::buffer).
    ///
    /// # Panics
    /// If `items` is 0.
    #[track_caller]
    pub fn buffer(mut self, items: usize) -> Self {
        self.engine.set_buffer(items);
        self
    }

    /// As [`ParMap::batch`](super::ParMap::batch).
    ///
    /// # Panics
    /// If `items` is 0.
    #[track_caller]
    pub fn batch(mut self, items: usize) -> Self {
        self.engine.set_batch(items);
        self
    }

    /// As [`ParMap::as_completed`](super::ParMap::as_completed).
    pub fn as_completed(mut self) -> Self {
        self.engine.complete_in_any_order();
        self
    }

    /// As [`ParMap::timeout`](super::ParMap::timeout). The last limit given is the one that counts.
    ///
    /// # Panics
    /// If the thread that keeps deadlines is needed, and the system does not start it.
    pub fn timeout(mut self, limit: impl Into<Deadline>) -> Self {
        self.engine.set_limit(limit.into());
        self
    }
}

impl<I: Iterator, E, F, R> Iterator for ParResults<I, E, F, R> {
    type Item = Result<R, TaskError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.engine.next_value() {
            Some(value) => Some(Ok(value)),
            None => self.engine.next_other(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.engine.size_hint()
    }

    #[inline]
    fn fold<B, G: FnMut(B, Self::Item) -> B>(self, init: B, f: G) -> B {
        self.engine.fold(init, f)
    }
}

impl<I: Iterator, E, F, R> FusedIterator for ParResults<I, E, F, R> {}

impl<I: Iterator, E, F, R> fmt::Debug for ParResults<I, E, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParResults").field("in_flight", &self.engine.in_flight()).finish_non_exhaustive()
    }
}
