//! Cut at an item, which is left out.

use std::iter::FusedIterator;
use std::mem;
use std::ops::ControlFlow;

use super::{Lists, split};

/// The items of `iterable` in lists, cut at each item for which `predicate` is true: the separator, which is
/// left out.
///
/// ```
/// use tarae::iter::split_at;
///
/// let lists: Vec<Vec<i32>> = split_at([1, 2, 0, 3, 0, 0, 4, 0], |x| *x == 0).collect();
/// assert_eq!(lists, [vec![1, 2], vec![3], vec![], vec![4], vec![]]);
///
/// // One cut, and so two lists.
/// assert!(split_at([1, 0, 2, 0], |x| *x == 0).max_splits(1).eq([vec![1], vec![2, 0]]));
/// ```
///
/// As with [`str::split`], there is always one list more than separators; so of nothing there is one, which is
/// empty. [`max_splits`](SplitAt::max_splits) limits the number of cuts, [`keep_separator`](SplitAt::keep_separator)
/// gives the separators, too.
///
/// # Laziness
///
/// Nothing is pulled before the first list is asked for; then up to the separator that ends it, and no further.
/// Once the source has ended it is not asked again.
///
/// # Cost
///
/// One call of `predicate` an item; one allocation or a few a list, none for an empty one.
///
/// # Panics
///
/// Only if `predicate` or the source does. The item at hand is then lost; those before it are in the next list.
#[doc(alias = "more_itertools.split_at")]
#[doc(alias = "split")]
#[inline]
pub fn split_at<I, P>(iterable: I, predicate: P) -> SplitAt<I::IntoIter, P>
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
{
    SplitAt { lists: Lists::new(iterable.into_iter()), predicate, keep: false, separator: None }
}

/// The iterator that [`split_at`] and [`IterExt::split_at`](crate::iter::IterExt::split_at) return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SplitAt<I: Iterator, P> {
    lists: Lists<I, I::Item>,
    predicate: P,
    keep: bool,
    // Comes out next. Only if `keep` is set.
    separator: Option<I::Item>,
}

split!(SplitAt);

impl<I: Iterator, P> SplitAt<I, P> {
    /// Each separator comes out as well, as a list of its own.
    ///
    /// ```
    /// use tarae::iter::split_at;
    ///
    /// let parts = split_at("6*7=42".chars(), char::is_ascii_punctuation).keep_separator();
    /// assert!(parts.map(String::from_iter).eq(["6", "*", "7", "=", "42"]));
    /// ```
    #[inline]
    pub fn keep_separator(mut self) -> Self {
        self.keep = true;
        self
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> Iterator for SplitAt<I, P> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        if let Some(separator) = self.separator.take() {
            return Some(vec![separator]);
        }
        let Self { lists, predicate, keep, separator } = self;
        lists.next(|list, item| {
            if predicate(&item) {
                *separator = keep.then_some(item);
                return ControlFlow::Break(mem::take(list));
            }
            list.push(item);
            ControlFlow::Continue(())
        })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.lists.ended {
            return (0, Some(0));
        }
        // Each item may be a separator, and each separator a list.
        let kept = usize::from(self.keep);
        let cuts = match (self.lists.source.size_hint().1, self.lists.splits_left) {
            (Some(items), Some(splits)) => Some(items.min(splits)),
            (items, splits) => items.or(splits),
        };
        let high = cuts.and_then(|cuts| cuts.checked_mul(1 + kept)?.checked_add(1));
        let waiting = usize::from(self.separator.is_some());
        (1 + waiting, high.and_then(|high| high.checked_add(waiting)))
    }
}

impl<I: Iterator, P: FnMut(&I::Item) -> bool> FusedIterator for SplitAt<I, P> {}
