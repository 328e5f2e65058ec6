//! The items that a predicate refuses.

use std::fmt;
use std::iter::FusedIterator;

/// The items of `iterable` for which `predicate` is false.
///
/// ```
/// use tarae::iter::filterfalse;
///
/// let odd: Vec<i32> = filterfalse(|x| x % 2 == 0, 1..8).collect();
/// assert_eq!(odd, [1, 3, 5, 7]);
/// ```
///
/// It is worth its name where the predicate has one: [`Iterator::filter`] would need a closure to say "not".
///
/// ```
/// # use tarae::iter::filterfalse;
/// assert_eq!(String::from_iter(filterfalse(char::is_ascii_digit, "a1b22c".chars())), "abc");
/// ```
///
/// # Laziness and cost
///
/// Nothing is pulled before the first item is asked for; then the source is pulled up to the next item that
/// the predicate refuses. It costs what [`Iterator::filter`] costs.
///
/// # Differences from Python
///
/// There is no `None` for the predicate. The order of the arguments is Python's.
#[doc(alias = "itertools.filterfalse")]
#[doc(alias = "reject")]
#[inline]
pub fn filterfalse<P, I>(predicate: P, iterable: I) -> FilterFalse<I::IntoIter, P>
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
{
    FilterFalse { source: iterable.into_iter(), predicate }
}

/// The iterator that [`filterfalse`] returns.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct FilterFalse<I, P> {
    source: I,
    predicate: P,
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for FilterFalse<I, P> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let predicate = &mut self.predicate;
        self.source.find(|item| !predicate(item))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        // All that is left may be accepted by the predicate, and so not come out here.
        (0, self.source.size_hint().1)
    }

    /// Adds up the answers instead of branching on them.
    #[inline]
    fn count(self) -> usize {
        let mut predicate = self.predicate;
        self.source.map(|item| usize::from(!predicate(&item))).sum()
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let mut predicate = self.predicate;
        self.source.fold(init, |acc, item| if predicate(&item) { acc } else { g(acc, item) })
    }
}

impl<I: DoubleEndedIterator, P: FnMut(&I::Item) -> bool> DoubleEndedIterator for FilterFalse<I, P> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        let predicate = &mut self.predicate;
        self.source.rfind(|item| !predicate(item))
    }

    #[inline]
    fn rfold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let mut predicate = self.predicate;
        self.source.rfold(init, |acc, item| if predicate(&item) { acc } else { g(acc, item) })
    }
}

impl<I: FusedIterator, P: FnMut(&I::Item) -> bool> FusedIterator for FilterFalse<I, P> {}

impl<I: fmt::Debug, P> fmt::Debug for FilterFalse<I, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterFalse").field("source", &self.source).finish_non_exhaustive()
    }
}
