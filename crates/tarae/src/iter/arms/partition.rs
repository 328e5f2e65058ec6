//! The items that a predicate accepts, and the others: both lazily.

use super::sorted_out::{Arm, arms};
use std::fmt;
use std::iter::FusedIterator;

/// The items of `iterable` for which `predicate` is true, and the others: two iterators, both lazy.
///
/// ```
/// use tarae::iter::partition;
///
/// let (even, mut odd) = partition(|x| x % 2 == 0, 1..);
/// assert_eq!(odd.next(), Some(1));
/// assert!(even.take(3).eq([2, 4, 6]));
/// assert!(odd.take(3).eq([3, 5, 7]));
/// ```
///
/// [`Iterator::partition`] reads everything first, into two collections. The order is the same: those that match, then
/// the rest.
///
/// # Laziness
///
/// Nothing is pulled before a side is asked; then up to its next item. What is met on the way waits for the other side,
/// unless that has been dropped.
///
/// # Cost
///
/// One call of `predicate` an item, whichever side is asked; no clones, and no allocation an item. The side that is the
/// last one alive folds (`sum`, `for_each`, ..) the source itself. The sides stay on their thread.
///
/// # Differences from Python
///
/// The recipe, and more-itertools, give the items that do *not* match first. There is no `None` for the predicate.
///
/// # Panics
///
/// If the source or the predicate asks a side for an item. If the predicate panics, the item that it was given is lost,
/// and only that.
#[doc(alias = "more_itertools.partition")]
#[doc(alias = "itertools.partition")]
pub fn partition<P, I>(predicate: P, iterable: I) -> (Partition<I::IntoIter, P>, Partition<I::IntoIter, P>)
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
{
    let [matching, rest] = arms(Sides { source: iterable.into_iter(), predicate });
    (Partition { arm: matching }, Partition { arm: rest })
}

/// A side of [`partition`](partition()).
#[must_use = "iterators are lazy"]
pub struct Partition<I: Iterator, P: FnMut(&I::Item) -> bool> {
    arm: Arm<Sides<I, P>, I::Item>,
}

/// The items with their side: 0 for those that match.
struct Sides<I, P> {
    source: I,
    predicate: P,
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for Sides<I, P> {
    type Item = (usize, I::Item);

    fn next(&mut self) -> Option<(usize, I::Item)> {
        let item = self.source.next()?;
        Some((usize::from(!(self.predicate)(&item)), item))
    }

    fn fold<B, G: FnMut(B, (usize, I::Item)) -> B>(self, init: B, mut g: G) -> B {
        let mut predicate = self.predicate;
        self.source.fold(init, |acc, item| g(acc, (usize::from(!predicate(&item)), item)))
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for Partition<I, P> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.arm.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (waiting, high) = self.arm.ahead(|waiting, sides| {
            let high = sides.map_or(Some(0), |sides| sides.source.size_hint().1);
            high.and_then(|high| high.checked_add(waiting))
        });
        (waiting, high.flatten())
    }

    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, g: G) -> B {
        self.arm.fold(init, g)
    }
}

/// The source is not asked again once it has ended.
impl<I: Iterator, P: FnMut(&I::Item) -> bool> FusedIterator for Partition<I, P> {}

impl<I: Iterator + fmt::Debug, P: FnMut(&I::Item) -> bool> fmt::Debug for Partition<I, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arm.with_source(|sides| {
            f.debug_struct("Partition")
                .field("matching", &(self.arm.id() == 0))
                .field("source", &sides.map(|sides| &sides.source))
                .finish_non_exhaustive()
        })
    }
}
