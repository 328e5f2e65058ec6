//! The results of one batch, handed out one by one.

use super::batch::Mapped;
use crate::task::TaskError;
use std::collections::VecDeque;
use std::panic::Location;

/// What is left of the batch that is being handed out.
pub(super) struct HandedOut<R> {
    /// The results, if no call has failed: the usual way, which costs no look at anything else.
    values: std::vec::IntoIter<R>,
    /// Else results and failures, as they come.
    mixed: VecDeque<Result<R, TaskError>>,
    /// If the whole batch failed: for how many items, and why.
    lost: Option<(usize, TaskError)>,
}

impl<R> HandedOut<R> {
    pub(super) fn nothing() -> Self {
        HandedOut { values: Vec::new().into_iter(), mixed: VecDeque::new(), lost: None }
    }

    pub(super) fn of(mapped: Mapped<R>, location: &'static Location<'static>) -> Self {
        let mut values = mapped.values.into_iter();
        if mapped.panics.is_empty() {
            return HandedOut { values, ..Self::nothing() };
        }
        let mut mixed = VecDeque::with_capacity(values.len() + mapped.panics.len());
        for (at, payload) in mapped.panics {
            let before = at - mixed.len();
            mixed.extend(values.by_ref().take(before).map(Ok));
            mixed.push_back(Err(TaskError::failed(None, location, payload)));
        }
        mixed.extend(values.map(Ok));
        HandedOut { mixed, ..Self::nothing() }
    }

    /// The same error for so many items.
    pub(super) fn lost(items: usize, error: TaskError) -> Self {
        HandedOut { lost: Some((items, error)), ..Self::nothing() }
    }

    /// How many are left.
    pub(super) fn len(&self) -> usize {
        self.values.len() + self.mixed.len() + self.lost.as_ref().map_or(0, |(left, _)| *left)
    }

    /// The results, if no call has failed.
    #[inline]
    pub(super) fn values(&mut self) -> &mut std::vec::IntoIter<R> {
        &mut self.values
    }

    /// The next of a batch in which calls have failed.
    pub(super) fn next_mixed(&mut self) -> Option<Result<R, TaskError>> {
        if let Some(item) = self.mixed.pop_front() {
            return Some(item);
        }
        let (left, error) = self.lost.as_mut()?;
        *left = left.checked_sub(1)?;
        Some(Err(error.clone()))
    }
}
