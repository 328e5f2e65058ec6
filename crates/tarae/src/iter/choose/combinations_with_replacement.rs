//! Ways to choose some, each as often as wanted.

use super::{Arrays, AscendingOrder, Slices};

/// All ways to choose `N` items of `iterable`, with repetition and without regard to their order, as arrays.
///
/// ```
/// use tarae::iter::combinations_with_replacement;
///
/// let words: Vec<String> = combinations_with_replacement::<2, _>("ABC".chars()).map(String::from_iter).collect();
/// assert_eq!(words, ["AA", "AB", "AC", "BB", "BC", "CC"]);
///
/// // The pattern says how many: two dice that look the same.
/// assert_eq!(combinations_with_replacement(1..=6).filter(|[a, b]| a + b == 8).count(), 3);
/// ```
///
/// An array has its items in the order in which they came; the arrays come in the order of their places. Of `n` items
/// there are `(n + N - 1)! / (N! * (n - 1)!)` arrays: one, which is empty, if `N` is zero; none if `N` is not zero and there are no items.
///
/// [`Arrays`] says what holds for all ways to choose: how lazy it is, what it costs, how to jump and to split.
///
/// # Differences from Python
///
/// `N` is known when compiling; [`combination_with_replacement_slices`] is for a number that is not. Python reads the iterable
/// when the combinations are built.
///
/// # Panics
///
/// Only if the source or `clone` does.
#[doc(alias = "itertools.combinations_with_replacement")]
#[inline]
pub fn combinations_with_replacement<const N: usize, I>(
    iterable: I,
) -> CombinationsWithReplacement<I::IntoIter, N>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Arrays::new(iterable.into_iter())
}

/// All ways to choose `k` items of `iterable` with repetition, as slices that are lent one after another.
///
/// ```
/// use tarae::iter::combination_with_replacement_slices;
///
/// let prices = combination_with_replacement_slices([3, 4], 3).map_slices(|scoops| scoops.iter().sum::<i32>());
/// assert!(prices.eq([9, 10, 11, 12]));
/// ```
///
/// They are those of [`combinations_with_replacement`], for a number that is not known when compiling. [`Slices`] says what
/// there is to do with them.
#[doc(alias = "itertools.combinations_with_replacement")]
#[inline]
pub fn combination_with_replacement_slices<I>(
    iterable: I,
    k: usize,
) -> CombinationWithReplacementSlices<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Slices::new(iterable.into_iter(), k)
}

/// The iterator that [`combinations_with_replacement`] returns.
pub type CombinationsWithReplacement<I, const N: usize> = Arrays<I, ReplacementOrder, N>;

/// What [`combination_with_replacement_slices`] returns.
pub type CombinationWithReplacementSlices<I> = Slices<I, ReplacementOrder>;

/// The order of [`combinations_with_replacement`]: each place is not before the one before it.
pub type ReplacementOrder = AscendingOrder<0>;
