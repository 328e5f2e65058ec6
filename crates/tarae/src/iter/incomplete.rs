//! The error of strict batches.

use std::error::Error;
use std::fmt;

/// The items are not a multiple of the length of a batch, but `strict` was asked for. It has the items that
/// were left.
///
/// ```
/// use std::num::NonZeroUsize;
/// use tarae::iter::{Incomplete, batched};
///
/// let n = NonZeroUsize::new(2).unwrap();
/// let pairs: Result<Vec<Vec<u8>>, Incomplete<u8>> = batched([1, 2, 3], n).strict().collect();
/// let error = pairs.unwrap_err();
/// assert_eq!(error.to_string(), "the last batch has 1 of 2 items: pad the source, or do not ask for strict");
/// assert_eq!(error.into_items(), [3]);
/// ```
///
/// Python raises a `ValueError`, without the items.
#[derive(Clone, PartialEq, Eq)]
pub struct Incomplete<T> {
    items: Vec<T>,
    expected: usize,
}

impl<T> Incomplete<T> {
    #[inline]
    pub(super) fn new(items: Vec<T>, expected: usize) -> Self {
        Self { items, expected }
    }

    /// The items that were left: at least one, and fewer than a batch has.
    #[inline]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items that were left, to keep.
    #[inline]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// How many items a batch has.
    #[inline]
    pub fn expected(&self) -> usize {
        self.expected
    }
}

// Also of items that cannot be printed: `unwrap` and `?` must always do.
impl<T> fmt::Debug for Incomplete<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incomplete")
            .field("len", &self.items.len())
            .field("expected", &self.expected)
            .finish_non_exhaustive()
    }
}

impl<T> fmt::Display for Incomplete<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (len, expected) = (self.items.len(), self.expected);
        write!(f, "the last batch has {len} of {expected} items: pad the source, or do not ask for strict")
    }
}

impl<T> Error for Incomplete<T> {}
