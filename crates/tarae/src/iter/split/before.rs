//! Cut before an item.

use std::iter::FusedIterator;
use std::mem;
use std::ops::ControlFlow;

use super::{Lists, split};

/// The items of `iterable` in lists; one begins at each item for which `predicate` is true.
///
/// ```
/// use tarae::iter::split_before;
///
/// let log = ["# Monday", "rain", "wind", "# Tuesday", "sun"];
/// let days: Vec<Vec<&str>> = split_before(log, |line| line.starts_with('#')).collect();
/// assert_eq!(days, [vec!["# Monday", "rain", "wind"], vec!["# Tuesday", "sun"]]);
///
/// // One cut, and so two lists.
/// assert!(split_before(0..6, |x| x % 2 == 0).max_splits(1).eq([vec![0, 1], vec![2, 3, 4, 5]]));
/// ```
///
/// No list is empty; of nothing there is none. What comes before the first such item is a list, too.
/// [`max_splits`](SplitBefore::max_splits) limits the number of cuts.
///
/// # Laziness
///
/// Nothing is pulled before the first list is asked for; then up to the first item of the next list, which is
/// kept. Once the source has ended it is not asked again.
///
/// # Cost
///
/// One call of `predicate` an item, one allocation or a few a list.
///
/// # Panics
///
/// Only if `predicate` or the source does. The item at hand is then lost; those before it are in the next list.
#[doc(alias = "more_itertools.split_before")]
#[inline]
pub fn split_before<I, P>(iterable: I, predicate: P) -> SplitBefore<I::IntoIter, P>
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
{
    SplitBefore { lists: Lists::new(iterable.into_iter()), predicate }
}

/// The iterator that [`split_before`] and [`IterExt::split_before`](crate::iter::IterExt::split_before) return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SplitBefore<I: Iterator, P> {
    lists: Lists<I, I::Item>,
    predicate: P,
}

split!(SplitBefore);

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SplitBefore<I, P> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        let predicate = &mut self.predicate;
        let next = self.lists.next(|list, item| {
            // Asked for the first item, too, as in Python: it may count.
            if predicate(&item) && !list.is_empty() {
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

impl<I: Iterator, P: FnMut(&I::Item) -> bool> FusedIterator for SplitBefore<I, P> {}
