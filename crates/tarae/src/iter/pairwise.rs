//! Each item with the one after it.

use std::iter::FusedIterator;
use std::mem;

/// Each item of `iterable` with the one after it.
///
/// ```
/// use tarae::iter::pairwise;
///
/// let steps: Vec<i32> = pairwise([3, 10, 12, 20]).map(|(a, b)| b - a).collect();
/// assert_eq!(steps, [7, 2, 8]);
///
/// let sorted = |items: &[i32]| pairwise(items).all(|(a, b)| a <= b);
/// assert!(sorted(&[1, 2, 2]) && !sorted(&[2, 1]));
/// ```
///
/// There is one pair less than there are items; none of one item or none. For longer windows see
/// [`sliding`](super::sliding()) and [`windowed`](super::windowed()).
///
/// # Laziness
///
/// Nothing is pulled before the first pair is asked for; then two items, and from there on one item for one
/// pair. Once the source has ended it is not asked again.
///
/// # Cost
///
/// One clone a pair. Over a slice it is as fast as a loop over [`windows(2)`](slice::windows).
///
/// # Differences from Python
///
/// None, but for the clone: where items are costly to clone, iterate over references.
///
/// # Panics
///
/// Only if `clone` or the source does. If the source has panicked, nothing is lost and the next pair is of the
/// items before and after; if `clone` has, that pair is lost.
#[doc(alias = "itertools.pairwise")]
#[doc(alias = "more_itertools.pairwise")]
#[doc(alias = "tuple_windows")]
#[inline]
pub fn pairwise<I>(iterable: I) -> Pairwise<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Pairwise { source: iterable.into_iter(), begun: false, last: None }
}

/// The iterator that [`pairwise`] and [`IterExt::pairwise`](super::IterExt::pairwise) return.
///
/// | state | `begun` | `last` | left by |
/// |---|---|---|---|
/// | not begun | no | none | `next`: to "running", or to "ended" if there is no item |
/// | running | yes | some | `next`: to "ended" after the last item; `nth`, which skips: to "not begun" |
/// | ended | yes | none | |
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Pairwise<I: Iterator> {
    source: I,
    // The optimiser sees that this changes once, and takes that round out of a loop. `last` alone would not
    // do: where its `None` has no bit for itself (references), nobody sees that it is never `None` again.
    begun: bool,
    // The second item of the last pair: the first one of the next.
    last: Option<I::Item>,
}

impl<I: Iterator<Item: Clone>> Iterator for Pairwise<I> {
    type Item = (I::Item, I::Item);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if !self.begun {
            self.last = self.source.next();
            self.begun = true;
        }
        self.last.as_ref()?;
        let item = self.source.next();
        let before = mem::replace(&mut self.last, item)?;
        Some((before, self.last.clone()?))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match (self.begun, &self.last) {
            (true, None) => (0, Some(0)),
            (true, Some(_)) => self.source.size_hint(),
            (false, _) => {
                let (low, high) = self.source.size_hint();
                (low.saturating_sub(1), high.map(|high| high.saturating_sub(1)))
            }
        }
    }

    /// Skips in the source, without clones.
    #[inline]
    fn nth(&mut self, mut n: usize) -> Option<Self::Item> {
        if n > 0 && self.begun {
            // The item of which there is a copy here is skipped first. Then it begins anew.
            self.last.take()?;
            self.begun = false;
            n -= 1;
        }
        if n > 0 && self.source.nth(n - 1).is_none() {
            self.begun = true;
            return None;
        }
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        match (self.begun, self.last) {
            (true, None) => 0,
            (true, Some(_)) => self.source.count(),
            (false, _) => self.source.count().saturating_sub(1),
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, Self::Item) -> B>(self, init: B, mut g: G) -> B {
        let Self { mut source, begun, last } = self;
        let first = if begun { last } else { source.next() };
        let Some(mut last) = first else { return init };
        source.fold(init, |acc, item| {
            let before = mem::replace(&mut last, item.clone());
            g(acc, (before, item))
        })
    }
}

impl<I: ExactSizeIterator<Item: Clone>> ExactSizeIterator for Pairwise<I> {}

impl<I: Iterator<Item: Clone>> FusedIterator for Pairwise<I> {}
