//! The jobs of a `par_map` and of a `par_stage`: a few items, and what is done with them.

use crate::cancel::CancelToken;
use crate::executor::Job;
use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A batch of a [`par_map`](crate::iter::IterExt::par_map): what an executor must be able to run for that.
#[derive(Debug)]
pub struct MapBatch<F, A> {
    f: Arc<F>,
    /// Cancelled when nobody wants the results any more.
    stop: CancelToken,
    items: Vec<A>,
}

/// A batch of a [`par_stage`](crate::iter::IterExt::par_stage): what an executor must be able to run for that.
#[derive(Debug)]
pub struct StageBatch<F, A>(pub(super) MapBatch<F, A>);

/// What became of a batch.
#[doc(hidden)]
#[derive(Debug)]
pub struct Mapped<R> {
    /// Of the calls that returned, in order.
    pub(super) values: Vec<R>,
    /// What each panic carried, and how many results and panics went before it.
    pub(super) panics: Vec<(usize, Box<dyn Any + Send>)>,
    /// It was asked to stop before all was done.
    pub(super) cut: bool,
    pub(super) elapsed: Duration,
}

impl<F, A> MapBatch<F, A> {
    pub(super) fn new(f: Arc<F>, stop: CancelToken, items: Vec<A>) -> Self {
        MapBatch { f, stop, items }
    }

    #[cfg(feature = "process")]
    pub(super) fn items(&self) -> &[A] {
        &self.items
    }

    #[cfg(feature = "process")]
    pub(super) fn function(&self) -> &F {
        &self.f
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
        let MapBatch { f, stop, items } = self;
        let count = items.len();
        Mapped::collect(Vec::with_capacity(count), count, &stop, || items.into_iter().map(&*f))
    }
}

impl<F, A, O> Job for StageBatch<F, A>
where
    F: Fn(std::vec::IntoIter<A>) -> O + Send + Sync,
    A: Send,
    O: IntoIterator<Item: Send>,
{
    type Output = Mapped<O::Item>;

    fn run(self) -> Mapped<O::Item> {
        let MapBatch { f, stop, items } = self.0;
        let count = items.len();
        Mapped::collect(Vec::new(), count, &stop, || f(items.into_iter()))
    }
}

impl<R> Mapped<R> {
    /// All results of `count` items, up to the moment when nobody wants them any more.
    fn collect<O>(mut values: Vec<R>, count: usize, stop: &CancelToken, results: impl FnOnce() -> O) -> Self
    where
        O: IntoIterator<Item = R>,
    {
        let start = Instant::now();
        let mut panics = Vec::new();
        let mut cut = stop.is_cancelled();
        let results = match cut {
            true => None,
            false => catch_unwind(AssertUnwindSafe(|| results().into_iter()))
                .map_err(|payload| panics.push((0, payload)))
                .ok(),
        };
        if let Some(mut results) = results {
            // One round, and one more for each panic: so that an item costs no guard of its own. A panic takes an item with
            // it; an iterator that panics more often than it was given items would do so for ever.
            while panics.len() < count
                && let Err(payload) = catch_unwind(AssertUnwindSafe(|| {
                    let stopped = results.try_for_each(|value| {
                        values.push(value);
                        if stop.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    });
                    cut = stopped.is_break();
                }))
            {
                panics.push((values.len() + panics.len(), payload));
            }
        }
        Mapped { values, panics, cut, elapsed: start.elapsed() }
    }
}
