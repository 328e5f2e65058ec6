//! Cut after an item.

use std::iter::FusedIterator;
use std::mem;
use std::ops::ControlFlow;

use super::{Lists, split};

/// The items of `iterable` in lists; one ends with each item for which `predicate` is true.
///
/// ```
/// use tarae::iter::split_after;
///
/// let words = ["Come", "here.", "Sit", "down.", "Now"];
/// let sentences: Vec<Vec<&str>> = split_after(words, |word| word.ends_with('.')).collect();
/// assert_eq!(sentences, [vec!["Come", "here."], vec!["Sit", "down."], vec!["Now"]]);
///
/// // One cut, and so two lists.
/// assert!(split_after(0..6, |x| x % 2 == 0).max_splits(1).eq([vec![0], vec![1, 2, 3, 4, 5]]));
/// ```
///
/// No list is empty; of nothing there is none. What comes after the last such item is a list, too.
/// [`max_splits`](SplitAfter::max_splits) limits the number of cuts.
///
/// # Laziness
///
/// Nothing is pulled before the first list is asked for; then up to the last item of a list, and no further.
/// Once the source has ended it is not asked again.
///
/// # Cost
///
/// One call of `predicate` an item, one allocation or a few a list.
///
/// # Panics
///
/// Only if `predicate` or the source does. The item at hand is then lost; those before it are in the next list.
#[doc(alias = "more_itertools.split_after")]
#[doc(alias = "split_inclusive")]
#[inline]
pub fn split_after<I, P>(iterable: I, predicate: P) -> SplitAfter<I::IntoIter, P>
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
{
    SplitAfter { lists: Lists::new(iterable.into_iter()), predicate }
}

/// The iterator that [`split_after`] and [`IterExt::split_after`](crate::iter::IterExt::split_after) return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SplitAfter<I: Iterator, P> {
    lists: Lists<I, I::Item>,
    predicate: P,
}

split!(SplitAfter);

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SplitAfter<I, P> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        let predicate = &mut self.predicate;
        let next = self.lists.next(|list, item| {
            let last = predicate(&item);
            list.push(item);
            if last { ControlFlow::Break(mem::take(list)) } else { ControlFlow::Continue(()) }
        });
        next.filter(|list| !list.is_empty())
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.lists.size_hint()
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> FusedIterator for SplitAfter<I, P> {}
