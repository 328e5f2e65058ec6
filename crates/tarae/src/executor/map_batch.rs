//! The job of a `par_map`: a few items and the function to map them with.

use super::Job;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What the batches of one map have in common.
#[derive(Debug)]
pub(super) struct MapState<F> {
    f: F,
    /// Set when nobody wants the results any more.
    stopped: AtomicBool,
}

impl<F> MapState<F> {
    pub(super) fn new(f: F) -> Self {
        MapState { f, stopped: AtomicBool::new(false) }
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// A batch of a [`par_map`](crate::iter::IterExt::par_map): what an executor must be able to run for that.
#[derive(Debug)]
pub struct MapBatch<F, A> {
    state: Arc<MapState<F>>,
    items: Vec<A>,
}

/// What became of a batch.
#[doc(hidden)]
#[derive(Debug)]
pub struct Mapped<R> {
    /// Of the calls that returned, in order.
    pub(super) values: Vec<R>,
    /// What each panic carried, and how many items went before it.
    pub(super) panics: Vec<(usize, Box<dyn Any + Send>)>,
    pub(super) elapsed: Duration,
}

impl<F, A> MapBatch<F, A> {
    pub(super) fn new(state: Arc<MapState<F>>, items: Vec<A>) -> Self {
        MapBatch { state, items }
    }
}

impl<F, A, R> Job for MapBatch<F, A>
where
    F: Fn(A) -> R + Send + Sync,
    A: Send,
    R: Send,
{
    type Output = Mapped<R>;

    fn run(self) -> Mapped<R> {
        let start = Instant::now();
        let MapState { f, stopped } = &*self.state;
        let mut values = Vec::with_capacity(self.items.len());
        let mut panics = Vec::new();
        let mut items = self.items.into_iter();
        // One round, and one more for each panic: so that an item costs no guard of its own.
        while let Err(payload) = catch_unwind(AssertUnwindSafe(|| {
            for item in items.by_ref() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                values.push(f(item));
            }
        })) {
            panics.push((values.len() + panics.len(), payload));
        }
        Mapped { values, panics, elapsed: start.elapsed() }
    }
}
