//! A given number of parts.

use std::iter::FusedIterator;
use std::num::NonZeroUsize;
use std::vec;

/// All items of `iterable` in `n` parts, in order, whose lengths differ by at most one.
///
/// ```
/// use std::num::NonZeroUsize;
/// use tarae::iter::divide;
///
/// let three = NonZeroUsize::new(3).unwrap();
/// let parts: Vec<Vec<i32>> = divide(three, 1..=7).collect();
/// assert_eq!(parts, [vec![1, 2, 3], vec![4, 5], vec![6, 7]]);
///
/// // There are always `n` parts. If the items are too few, the last parts are empty.
/// assert!(divide(three, ["x"]).eq([vec!["x"], vec![], vec![]]));
/// ```
///
/// The longer parts come first. For parts of a given length use `batched`.
///
/// # Laziness
///
/// Nothing is pulled before the first part is asked for; then all of `iterable`, since the length of the first
/// part depends on it. So it must end.
///
/// # Cost
///
/// One allocation for all items, and one a part. Items are moved, not cloned. A part that is jumped over by
/// [`nth`](Iterator::nth) is not made. The number of parts is known from the beginning.
///
/// # Differences from Python
///
/// Python reads the iterable when `divide` is called; its parts are iterators.
///
/// # Panics
///
/// Only if the source does: then what has been pulled is dropped, and there are no parts.
#[doc(alias = "more_itertools.divide")]
#[inline]
pub fn divide<I: IntoIterator>(n: NonZeroUsize, iterable: I) -> Divide<I::IntoIter> {
    Divide {
        source: Some(iterable.into_iter()),
        items: Vec::new().into_iter(),
        length: 0,
        long: 0,
        short: n.get(),
    }
}

/// The iterator that [`divide`] and [`IterExt::divide`](super::IterExt::divide) return.
///
/// | state | `source` | `long + short` | left by |
/// |---|---|---|---|
/// | not begun | some | `n` | `begin`: to "running" |
/// | running | none | parts to come | the last part: to "ended" |
/// | ended | none | 0 | |
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Divide<I: Iterator> {
    source: Option<I>,
    // What is in the parts to come: `long` parts of `length + 1` items, then `short` of `length`.
    items: vec::IntoIter<I::Item>,
    length: usize,
    long: usize,
    short: usize,
}

impl<I: Iterator> Divide<I> {
    /// Reads the source and makes the plan, unless that is done.
    #[inline]
    fn begin(&mut self) {
        if let Some(source) = self.source.take() {
            // Should the source panic, there are no parts.
            let n = std::mem::take(&mut self.short);
            self.items = Vec::from_iter(source).into_iter();
            self.length = self.items.len() / n;
            self.long = self.items.len() % n;
            self.short = n - self.long;
        }
    }
}

impl<I: Iterator> Iterator for Divide<I> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        self.begin();
        let length = if self.long > 0 {
            self.long -= 1;
            self.length + 1
        } else {
            self.short = self.short.checked_sub(1)?;
            self.length
        };
        Some(self.items.by_ref().take(length).collect())
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Vec<I::Item>> {
        self.begin();
        let long = n.min(self.long);
        let short = (n - long).min(self.short);
        self.long -= long;
        self.short -= short;
        // No more than there are items: nothing overflows.
        if let Some(last) = (long + (long + short) * self.length).checked_sub(1) {
            self.items.nth(last);
        }
        self.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.long + self.short;
        (left, Some(left))
    }
}

impl<I: Iterator> DoubleEndedIterator for Divide<I> {
    #[inline]
    fn next_back(&mut self) -> Option<Vec<I::Item>> {
        self.begin();
        let length = if self.short > 0 {
            self.short -= 1;
            self.length
        } else {
            self.long = self.long.checked_sub(1)?;
            self.length + 1
        };
        let mut part: Vec<I::Item> = self.items.by_ref().rev().take(length).collect();
        part.reverse();
        Some(part)
    }
}

impl<I: Iterator> ExactSizeIterator for Divide<I> {}

impl<I: Iterator> FusedIterator for Divide<I> {}
