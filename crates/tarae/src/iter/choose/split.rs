//! Parts for several workers.

use std::iter::FusedIterator;
use std::num::NonZeroUsize;
use std::ops::RangeBounds;

/// What can be cut by the numbers of its choices.
pub trait Ranges {
    /// The same without the source, which has been read: so it need not be cloned or sent.
    type Part: Ranges;

    /// What is left, once more.
    fn copy(&mut self) -> Self::Part;

    /// How many there are; none if a `u128` cannot say.
    fn remaining(&mut self) -> Option<u128>;

    /// Leaves out all that is not in the range.
    fn keep(&mut self, range: impl RangeBounds<u128>);
}

/// The parts of all choices: what [`Arrays::split`](super::Arrays::split) and [`Slices::split`](super::Slices::split) return.
///
/// ```
/// use std::num::NonZeroUsize;
/// use tarae::iter::permutations;
///
/// let halves = permutations::<3, _>(0..3).split(NonZeroUsize::new(2).unwrap());
/// assert!(halves.map(|half| half.count()).eq([3, 3]));
/// ```
///
/// An iterator of as many parts as were asked for.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Split<C> {
    // What is not in a part yet.
    rest: C,
    parts: usize,
}

impl<C> Split<C> {
    pub(super) fn new(choices: C, parts: NonZeroUsize) -> Self {
        Split { rest: choices, parts: parts.get() }
    }
}

impl<C: Ranges> Iterator for Split<C> {
    type Item = C::Part;

    fn next(&mut self) -> Option<C::Part> {
        let parts = self.parts as u128;
        self.parts = self.parts.checked_sub(1)?;
        // The longer parts come first.
        let end = self.rest.remaining().map_or(u128::MAX / parts, |left| left.div_ceil(parts));
        let mut part = self.rest.copy();
        if self.parts > 0 {
            part.keep(..end);
            self.rest.keep(end..);
        }
        Some(part)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.parts, Some(self.parts))
    }
}

impl<C: Ranges> ExactSizeIterator for Split<C> {}

impl<C: Ranges> FusedIterator for Split<C> {}
