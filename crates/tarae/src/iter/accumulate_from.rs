//! Running totals that begin with a given one.

use std::fmt;
use std::iter::FusedIterator;

/// Running totals of `iterable` that begin with `initial`: first that, then `f(&total, item)` for each item.
///
/// ```
/// use tarae::iter::accumulate_from;
///
/// let balance: Vec<i32> = accumulate_from(100, [-30, 45], |sum, x| sum + x).collect();
/// assert_eq!(balance, [100, 70, 115]);
///
/// // The totals may be of another type than the items.
/// let offsets = accumulate_from(0, ["ab", "", "cde"], |end, word| end + word.len());
/// assert!(offsets.eq([0, 2, 2, 5]));
/// ```
///
/// There is one total more than there are items: of no items, `initial` alone. The last one is what
/// [`Iterator::fold`] gives.
///
/// # Laziness
///
/// The first total pulls nothing; each of the others one item.
///
/// # Cost
///
/// One clone for each total, and one call of `f` for each but the first. [`collect`](Iterator::collect)
/// straight after it makes room once if the source knows its length.
///
/// # Differences from Python
///
/// It is `accumulate(iterable, f, initial=initial)`. For totals that begin with the first item see
/// [`accumulate`](super::accumulate()).
///
/// # Panics
///
/// Only if `f`, `clone` or the source does. If `f` has panicked, the item that it was given is lost and the
/// total is still the one before.
#[doc(alias = "itertools.accumulate")]
#[doc(alias = "scan")]
#[inline]
pub fn accumulate_from<A, I, F>(initial: A, iterable: I, f: F) -> AccumulateFrom<I::IntoIter, A, F>
where
    I: IntoIterator,
    A: Clone,
    F: FnMut(&A, I::Item) -> A,
{
    AccumulateFrom { source: iterable.into_iter(), f, total: initial, begun: false }
}

/// The iterator that [`accumulate_from`] returns.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct AccumulateFrom<I, A, F> {
    source: I,
    f: F,
    // The last total that came out. At first the one that will.
    total: A,
    begun: bool,
}

impl<I: Iterator, A: Clone, F: FnMut(&A, I::Item) -> A> Iterator for AccumulateFrom<I, A, F> {
    type Item = A;

    #[inline]
    fn next(&mut self) -> Option<A> {
        if self.begun {
            let item = self.source.next()?;
            self.total = (self.f)(&self.total, item);
        }
        self.begun = true;
        Some(self.total.clone())
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let first = usize::from(!self.begun);
        let (low, high) = self.source.size_hint();
        (low.saturating_add(first), high.and_then(|high| high.checked_add(first)))
    }

    #[inline]
    fn fold<B, G: FnMut(B, A) -> B>(self, init: B, mut g: G) -> B {
        let Self { source, mut f, mut total, begun } = self;
        let acc = if begun { init } else { g(init, total.clone()) };
        source.fold(acc, |acc, item| {
            total = f(&total, item);
            g(acc, total.clone())
        })
    }

    /// Hands the collection std's own `Chain` and `Map` instead of this type, as `Accumulate` does.
    #[inline]
    fn collect<C: FromIterator<A>>(self) -> C {
        let Self { source, mut f, mut total, begun } = self;
        let first = (!begun).then(|| total.clone());
        let others = source.map(move |item| {
            total = f(&total, item);
            total.clone()
        });
        first.into_iter().chain(others).collect()
    }
}

impl<I: FusedIterator, A: Clone, F: FnMut(&A, I::Item) -> A> FusedIterator for AccumulateFrom<I, A, F> {}

impl<I: fmt::Debug, A: fmt::Debug, F> fmt::Debug for AccumulateFrom<I, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccumulateFrom")
            .field("source", &self.source)
            .field("total", &self.total)
            .field("begun", &self.begun)
            .finish_non_exhaustive()
    }
}
