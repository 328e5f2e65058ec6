//! Cut between two items.

use std::iter::FusedIterator;
use std::mem;
use std::ops::ControlFlow;

use super::{Lists, split};

/// The items of `iterable` in lists, cut between each two neighbours for which `predicate` is true.
///
/// ```
/// use tarae::iter::split_when;
///
/// // Runs that do not fall.
/// let runs: Vec<Vec<i32>> = split_when([1, 2, 3, 3, 2, 5, 2, 4, 2], |a, b| a > b).collect();
/// assert_eq!(runs, [vec![1, 2, 3, 3], vec![2, 5], vec![2, 4], vec![2]]);
///
/// // One cut, and so two lists.
/// assert!(split_when([2, 1, 2, 1], |a, b| a > b).max_splits(1).eq([vec![2], vec![1, 2, 1]]));
/// ```
///
/// No list is empty; of nothing there is none. [`max_splits`](SplitWhen::max_splits) limits the number of cuts.
/// To group by a key use [`groupby`](crate::iter::groupby()).
///
/// # Laziness
///
/// Nothing is pulled before the first list is asked for; then up to the first item of the next list, which is
/// kept. Once the source has ended it is not asked again.
///
/// # Cost
///
/// One call of `predicate` for each two neighbours, one allocation or a few a list. No item is cloned.
///
/// # Panics
///
/// Only if `predicate` or the source does. The item at hand is then lost; those before it are in the next list.
#[doc(alias = "more_itertools.split_when")]
#[doc(alias = "chunk_by")]
#[inline]
pub fn split_when<I, P>(iterable: I, predicate: P) -> SplitWhen<I::IntoIter, P>
where
    I: IntoIterator,
    P: FnMut(&I::Item, &I::Item) -> bool,
{
    SplitWhen { lists: Lists::new(iterable.into_iter()), predicate }
}

/// The iterator that [`split_when`] and [`IterExt::split_when`](crate::iter::IterExt::split_when) return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SplitWhen<I: Iterator, P> {
    lists: Lists<I, I::Item>,
    predicate: P,
}

split!(SplitWhen);

impl<I: Iterator, P: FnMut(&I::Item, &I::Item) -> bool> Iterator for SplitWhen<I, P> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        let predicate = &mut self.predicate;
        let next = self.lists.next(|list, item| {
            if list.last().is_some_and(|last| predicate(last, &item)) {
                return ControlFlow::Break(mem::replace(list, vec![item]));
            }
            list.push(item);
            ControlFlow::Continue(())
        });
        next.filter(|list| !list.is_empty())
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lists.size_hint()
    }
}

impl<I: Iterator, P: FnMut(&I::Item, &I::Item) -> bool> FusedIterator for SplitWhen<I, P> {}
