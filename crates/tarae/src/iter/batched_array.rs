//! Batches of a length known when compiling.

use std::fmt;
use std::iter::FusedIterator;
use std::mem;

use super::Incomplete;
use super::next_array::next_array;

/// The items of `iterable` in batches of `N`, as arrays. What is left at the end is the
/// [`remainder`](BatchedArray::remainder).
///
/// ```
/// use tarae::iter::batched_array;
///
/// // The pattern says how many.
/// let mut triples = batched_array(1..=8);
/// let mut products = Vec::new();
/// for [a, b, c] in triples.by_ref() {
///     products.push(a * b * c);
/// }
/// assert_eq!(products, [6, 120]);
/// assert_eq!(triples.remainder(), [7, 8]);
///
/// // Where a remainder would be a mistake:
/// let error = batched_array::<3, _>(1..=8).strict().find_map(Result::err).unwrap();
/// assert_eq!(error.into_items(), [7, 8]);
/// ```
///
/// For a length known only when running, or a shorter last batch, see [`batched`](super::batched()). `N` of zero
/// does not compile:
///
/// ```compile_fail,E0080
/// tarae::iter::batched_array::<0, _>([1, 2, 3]);
/// ```
///
/// # Laziness
///
/// Nothing is pulled before the first batch is asked for; then `N` items for each. Once the source has ended it
/// is not asked again.
///
/// # Cost
///
/// No allocation, but one for the remainder if there is any.
///
/// # Differences from Python
///
/// `itertools.batched` has a shorter last batch; an array cannot be shorter. The remainder can be had after the
/// end, where a `for` loop goes over `by_ref()`; what consumes the iterator consumes the remainder too.
///
/// # Panics
///
/// Only if the source does; the items of the batch at hand are then lost.
#[doc(alias = "itertools.batched")]
#[doc(alias = "more_itertools.grouper")]
#[doc(alias = "array_chunks")]
#[doc(alias = "tuples")]
#[inline]
pub fn batched_array<const N: usize, I: IntoIterator>(iterable: I) -> BatchedArray<I::IntoIter, N> {
    const { assert!(N > 0, "a batch has at least one item: batched_array::<1, _>") };
    BatchedArray { source: iterable.into_iter(), ended: false, rest: Vec::new() }
}

/// The iterator that [`batched_array`](batched_array()) and
/// [`IterExt::batched_array`](super::IterExt::batched_array) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct BatchedArray<I: Iterator, const N: usize> {
    source: I,
    // Set, for good, by what has pulled fewer items than a batch has.
    ended: bool,
    // What was pulled by that.
    rest: Vec<I::Item>,
}

impl<I: Iterator, const N: usize> BatchedArray<I, N> {
    /// What is left after the last whole batch: fewer than `N` items. Empty before the end has been reached.
    ///
    /// ```
    /// use tarae::iter::batched_array;
    ///
    /// let mut pairs = batched_array::<2, _>([1, 2, 3]);
    /// assert_eq!((pairs.next(), pairs.remainder()), (Some([1, 2]), &[][..]));
    /// assert_eq!((pairs.next(), pairs.remainder()), (None, &[3][..]));
    /// ```
    #[inline]
    pub fn remainder(&self) -> &[I::Item] {
        &self.rest
    }

    /// The [`remainder`](Self::remainder), to keep.
    #[inline]
    pub fn into_remainder(self) -> Vec<I::Item> {
        self.rest
    }

    /// The same batches as `Ok`; a remainder comes last, as the error [`Incomplete`].
    ///
    /// ```
    /// use tarae::iter::batched_array;
    ///
    /// let pairs: Result<Vec<[u8; 2]>, _> = batched_array([1, 2, 3, 4]).strict().collect();
    /// assert_eq!(pairs, Ok(vec![[1, 2], [3, 4]]));
    ///
    /// let pairs: Result<Vec<[u8; 2]>, _> = batched_array([1, 2, 3]).strict().collect();
    /// assert_eq!(pairs.unwrap_err().into_items(), [3]);
    /// ```
    #[inline]
    pub fn strict(self) -> BatchedArrayStrict<I, N> {
        BatchedArrayStrict { batches: self }
    }

    /// All batches go to `g`; what is left comes out.
    #[inline]
    fn fold_all<B>(mut self, init: B, mut g: impl FnMut(B, [I::Item; N]) -> B) -> (B, Vec<I::Item>) {
        let mut acc = init;
        if self.ended {
            return (acc, self.rest);
        }
        // The same loop twice: it is a third faster where it knows beforehand that there are enough items.
        while self.source.size_hint().0 >= N {
            match next_array(&mut self.source) {
                Ok(batch) => acc = g(acc, batch),
                Err(rest) => return (acc, rest.into_iter().flatten().collect()),
            }
        }
        loop {
            match next_array(&mut self.source) {
                Ok(batch) => acc = g(acc, batch),
                Err(rest) => return (acc, rest.into_iter().flatten().collect()),
            }
        }
    }
}

impl<I: Iterator, const N: usize> Iterator for BatchedArray<I, N> {
    type Item = [I::Item; N];

    #[inline]
    fn next(&mut self) -> Option<[I::Item; N]> {
        if self.ended {
            return None;
        }
        match next_array(&mut self.source) {
            Ok(batch) => Some(batch),
            Err(rest) => {
                self.ended = true;
                self.rest = rest.into_iter().flatten().collect();
                None
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.ended {
            return (0, Some(0));
        }
        let (low, high) = self.source.size_hint();
        (low / N, high.map(|high| high / N))
    }

    #[inline]
    fn count(self) -> usize {
        if self.ended { 0 } else { self.source.count() / N }
    }

    #[inline]
    fn fold<B, G: FnMut(B, [I::Item; N]) -> B>(self, init: B, g: G) -> B {
        self.fold_all(init, g).0
    }
}

impl<I: ExactSizeIterator, const N: usize> ExactSizeIterator for BatchedArray<I, N> {}

impl<I: Iterator, const N: usize> FusedIterator for BatchedArray<I, N> {}

/// The iterator that [`BatchedArray::strict`] returns.
#[must_use = "iterators are lazy"]
pub struct BatchedArrayStrict<I: Iterator, const N: usize> {
    batches: BatchedArray<I, N>,
}

impl<I: Iterator, const N: usize> Iterator for BatchedArrayStrict<I, N> {
    type Item = Result<[I::Item; N], Incomplete<I::Item>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(batch) = self.batches.next() {
            return Some(Ok(batch));
        }
        let rest = mem::take(&mut self.batches.rest);
        if rest.is_empty() { None } else { Some(Err(Incomplete::new(rest, N))) }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.batches.ended {
            let left = usize::from(!self.batches.rest.is_empty());
            return (left, Some(left));
        }
        let (low, high) = self.batches.source.size_hint();
        (low.div_ceil(N), high.map(|high| high.div_ceil(N)))
    }

    #[inline]
    fn fold<B, G: FnMut(B, Self::Item) -> B>(self, init: B, mut g: G) -> B {
        let (acc, rest) = self.batches.fold_all(init, |acc, batch| g(acc, Ok(batch)));
        if rest.is_empty() { acc } else { g(acc, Err(Incomplete::new(rest, N))) }
    }
}

impl<I: ExactSizeIterator, const N: usize> ExactSizeIterator for BatchedArrayStrict<I, N> {}

impl<I: Iterator, const N: usize> FusedIterator for BatchedArrayStrict<I, N> {}

impl<I: Iterator, const N: usize> Clone for BatchedArrayStrict<I, N>
where
    BatchedArray<I, N>: Clone,
{
    fn clone(&self) -> Self {
        Self { batches: self.batches.clone() }
    }
}

impl<I: Iterator, const N: usize> fmt::Debug for BatchedArrayStrict<I, N>
where
    BatchedArray<I, N>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchedArrayStrict").field("batches", &self.batches).finish()
    }
}
