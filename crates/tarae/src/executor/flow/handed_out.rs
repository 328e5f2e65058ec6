//! The results of one batch, handed out one by one.

use super::batch::Mapped;
use crate::task::TaskError;
use std::collections::VecDeque;
use std::panic::Location;

/// What is left of the batch that is being handed out.
pub(super) struct HandedOut<R> {
    values: std::vec::IntoIter<R>,
    /// The panics, with the number of results and panics before each.
    panics: VecDeque<(usize, TaskError)>,
    /// How many have been handed out; counted only while there are panics.
    before: usize,
    /// If the whole batch failed: for how many items, and why.
    lost: Option<(usize, TaskError)>,
}

impl<R> HandedOut<R> {
    pub(super) fn nothing() -> Self {
        HandedOut { values: Vec::new().into_iter(), panics: VecDeque::new(), before: 0, lost: None }
    }

    pub(super) fn of(mapped: Mapped<R>, location: &'static Location<'static>) -> Self {
        let panics = mapped.panics.into_iter();
        HandedOut {
            values: mapped.values.into_iter(),
            panics: panics.map(|(at, payload)| (at, TaskError::failed(None, location, payload))).collect(),
            before: 0,
            lost: None,
        }
    }

    /// The same error for so many items.
    pub(super) fn lost(items: usize, error: TaskError) -> Self {
        HandedOut { lost: Some((items, error)), ..Self::nothing() }
    }

    /// How many are left.
    pub(super) fn len(&self) -> usize {
        self.values.len() + self.panics.len() + self.lost.as_ref().map_or(0, |(left, _)| *left)
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Result<R, TaskError>> {
        if !self.panics.is_empty() {
            return self.next_among_panics();
        }
        match self.values.next() {
            Some(value) => Some(Ok(value)),
            None => self.next_lost().map(Err),
        }
    }

    #[cold]
    fn next_among_panics(&mut self) -> Option<Result<R, TaskError>> {
        let failed = self.panics.front().is_some_and(|&(at, _)| at == self.before);
        self.before += 1;
        if failed { self.panics.pop_front().map(|(_, error)| Err(error)) } else { self.values.next().map(Ok) }
    }

    fn next_lost(&mut self) -> Option<TaskError> {
        let (left, error) = self.lost.as_mut()?;
        *left = left.checked_sub(1)?;
        Some(error.clone())
    }
}
