//! Batches of a length known when running.

use std::iter::FusedIterator;
use std::num::NonZeroUsize;

use super::Incomplete;

/// The items of `iterable` in batches of `n`, each a `Vec`. The last one may be shorter.
///
/// ```
/// use std::num::NonZeroUsize;
/// use tarae::iter::batched;
///
/// const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();
/// let rows: Vec<String> = batched("ABCDEFG".chars(), THREE).map(String::from_iter).collect();
/// assert_eq!(rows, ["ABC", "DEF", "G"]);
///
/// // Where a shorter one would be a mistake:
/// assert!(batched(0..6, THREE).strict().all(|batch| batch.is_ok()));
/// let last = batched(0..7, THREE).strict().last().unwrap();
/// assert_eq!(last.unwrap_err().into_items(), [6]);
/// ```
///
/// No batch is empty, so there are none of no items, and only the last one can be shorter. Where `n` is known
/// when compiling, [`batched_array`](super::batched_array()) needs no allocations.
///
/// # Laziness
///
/// Nothing is pulled before the first batch is asked for; then up to `n` items for each. Once the source has
/// ended it is not asked again.
///
/// # Cost
///
/// One allocation a batch, of just the room that is needed, for sources that know their length. For others the
/// first batch grows as it is filled. Any `n` will do: room is made for what the source has, not for `n`. `nth`
/// skips in the source and allocates nothing.
///
/// # Differences from Python
///
/// `strict=True` is the method [`strict`](Batched::strict), which gives back the items that Python loses.
/// `n` of zero is refused by its type. Python makes room for `n` items, and so fails where `n` is huge.
///
/// # Panics
///
/// Only if the source does; the items of the batch at hand are then lost.
#[doc(alias = "itertools.batched")]
#[doc(alias = "more_itertools.chunked")]
#[doc(alias = "chunks")]
#[inline]
pub fn batched<I: IntoIterator>(iterable: I, n: NonZeroUsize) -> Batched<I::IntoIter> {
    Batched { source: iterable.into_iter(), n, state: State::NotBegun }
}

/// The iterator that [`batched`](batched()) and [`IterExt::batched`](super::IterExt::batched) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Batched<I> {
    source: I,
    n: NonZeroUsize,
    state: State,
}

/// | from | to | by |
/// |---|---|---|
/// | `NotBegun` | `Running` | `next`, which has filled a batch |
/// | `NotBegun`, `Running` | `Ended` | all that pull and get less than they wanted; for good |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NotBegun,
    /// There has been room for a whole batch, so there will be for another one.
    Running,
    Ended,
}

impl<I: Iterator> Batched<I> {
    /// The same batches as `Ok`; if the last one is shorter, it is the error [`Incomplete`], with its items.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::batched;
    ///
    /// let n = NonZeroUsize::new(2).unwrap();
    /// let pairs: Result<Vec<_>, _> = batched([1, 2, 3, 4], n).strict().collect();
    /// assert_eq!(pairs, Ok(vec![vec![1, 2], vec![3, 4]]));
    ///
    /// let error = batched([1, 2, 3], n).strict().find_map(Result::err).unwrap();
    /// assert_eq!((error.items(), error.expected()), (&[3][..], 2));
    /// ```
    ///
    /// As in Python, the whole batches come out first: how many there are is known only at the end.
    #[inline]
    pub fn strict(self) -> BatchedStrict<I> {
        BatchedStrict { batches: self }
    }

    /// For how many of the items to come to make room.
    #[inline]
    fn room(&self) -> usize {
        let (low, high) = self.source.size_hint();
        let n = self.n.get();
        // What the source promises, or what the batch before has had. Never `n` for its own sake.
        let likely = if self.state == State::Running { n } else { low };
        n.min(likely).min(high.unwrap_or(usize::MAX))
    }

    /// The next batch of a source that may have less than a batch, or does not know.
    #[inline]
    fn fill(&mut self) -> Vec<I::Item> {
        let Some(first) = self.source.next() else { return Vec::new() };
        let mut batch = Vec::with_capacity(1 + self.room().min(self.n.get() - 1));
        batch.push(first);
        while batch.len() < self.n.get() {
            let Some(item) = self.source.next() else { break };
            batch.push(item);
        }
        batch
    }
}

impl<I: Iterator> Iterator for Batched<I> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        if self.state == State::Ended {
            return None;
        }
        let n = self.n.get();
        // `collect` makes room once for what is promised, and then does not look at it again.
        let batch =
            if self.source.size_hint().0 >= n { self.source.by_ref().take(n).collect() } else { self.fill() };
        self.state = if batch.len() == n { State::Running } else { State::Ended };
        if batch.is_empty() { None } else { Some(batch) }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.state == State::Ended {
            return (0, Some(0));
        }
        let (low, high) = self.source.size_hint();
        (low.div_ceil(self.n.get()), high.map(|high| high.div_ceil(self.n.get())))
    }

    /// Skips in the source, and makes no batches.
    #[inline]
    fn nth(&mut self, k: usize) -> Option<Vec<I::Item>> {
        if self.state == State::Ended {
            return None;
        }
        let n = self.n.get();
        let mut batches = k;
        while batches > 0 {
            // As many as can be counted in items.
            let jump = batches.min(usize::MAX / n);
            if self.source.nth(jump * n - 1).is_none() {
                self.state = State::Ended;
                return None;
            }
            batches -= jump;
        }
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        if self.state == State::Ended { 0 } else { self.source.count().div_ceil(self.n.get()) }
    }

    #[inline]
    fn fold<B, G: FnMut(B, Vec<I::Item>) -> B>(mut self, init: B, mut g: G) -> B {
        let n = self.n.get();
        let mut acc = init;
        while self.state != State::Ended && self.source.size_hint().0 >= n {
            let batch: Vec<_> = self.source.by_ref().take(n).collect();
            if batch.len() < n {
                // The source has promised more than it has.
                return if batch.is_empty() { acc } else { g(acc, batch) };
            }
            self.state = State::Running;
            acc = g(acc, batch);
        }
        if self.state == State::Ended {
            return acc;
        }
        // In one pass from here on, which is faster for sources made of several parts.
        let mut room = self.room();
        let mut batch = Vec::new();
        let acc = self.source.fold(acc, |acc, item| {
            if batch.is_empty() {
                batch.reserve_exact(room);
            }
            batch.push(item);
            if batch.len() < n {
                return acc;
            }
            room = n;
            g(acc, std::mem::take(&mut batch))
        });
        if batch.is_empty() { acc } else { g(acc, batch) }
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Batched<I> {}

impl<I: Iterator> FusedIterator for Batched<I> {}

/// The iterator that [`Batched::strict`] returns.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct BatchedStrict<I> {
    batches: Batched<I>,
}

/// A whole batch, or the error.
#[inline]
fn whole<T>(batch: Vec<T>, n: NonZeroUsize) -> Result<Vec<T>, Incomplete<T>> {
    if batch.len() == n.get() { Ok(batch) } else { Err(Incomplete::new(batch, n.get())) }
}

impl<I: Iterator> Iterator for BatchedStrict<I> {
    type Item = Result<Vec<I::Item>, Incomplete<I::Item>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(whole(batch, self.batches.n))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.batches.size_hint()
    }

    #[inline]
    fn nth(&mut self, k: usize) -> Option<Self::Item> {
        let batch = self.batches.nth(k)?;
        Some(whole(batch, self.batches.n))
    }

    #[inline]
    fn count(self) -> usize {
        self.batches.count()
    }

    #[inline]
    fn fold<B, G: FnMut(B, Self::Item) -> B>(self, init: B, mut g: G) -> B {
        let n = self.batches.n;
        self.batches.fold(init, |acc, batch| g(acc, whole(batch, n)))
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for BatchedStrict<I> {}

impl<I: Iterator> FusedIterator for BatchedStrict<I> {}
