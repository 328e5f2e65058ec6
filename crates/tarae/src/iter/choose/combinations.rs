//! Ways to choose some.

use super::{Arrays, AscendingOrder, Slices};

/// All ways to choose `N` items of `iterable`, without repetition and without regard to their order, as arrays.
///
/// ```
/// use tarae::iter::combinations;
///
/// let words: Vec<String> = combinations::<2, _>("ABCD".chars()).map(String::from_iter).collect();
/// assert_eq!(words, ["AB", "AC", "AD", "BC", "BD", "CD"]);
///
/// // The pattern says how many.
/// let coins = [1, 2, 5, 10, 20, 50];
/// assert_eq!(combinations(coins).filter(|[a, b, c]| a + b + c == 35).next(), Some([5, 10, 20]));
/// ```
///
/// An array has its items in the order in which they came; the arrays come in the order of their places. Items are told
/// apart by their place, not by their value. Of `n` items there are `n! / (N! * (n - N)!)` arrays: one, which is empty, if `N` is
/// zero; none if there are fewer than `N` items.
///
/// [`Arrays`] says what holds for all ways to choose: how lazy it is, what it costs, how to jump and to split.
///
/// # Differences from Python
///
/// `N` is known when compiling; [`combination_slices`] is for a number that is not. Python reads the iterable when the
/// combinations are built.
///
/// # Panics
///
/// Only if the source or `clone` does.
#[doc(alias = "itertools.combinations")]
#[inline]
pub fn combinations<const N: usize, I>(iterable: I) -> Combinations<I::IntoIter, N>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Arrays::new(iterable.into_iter())
}

/// All ways to choose `k` items of `iterable`, as slices that are lent one after another.
///
/// ```
/// use tarae::iter::combination_slices;
///
/// let heaviest = combination_slices([3, 1, 4, 1, 5], 3).map_slices(|bag| bag.iter().sum::<i32>()).max();
/// assert_eq!(heaviest, Some(12));
/// ```
///
/// They are those of [`combinations`], for a number that is not known when compiling. [`Slices`] says what there is to do
/// with them.
#[doc(alias = "itertools.combinations")]
#[inline]
pub fn combination_slices<I>(iterable: I, k: usize) -> CombinationSlices<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Slices::new(iterable.into_iter(), k)
}

/// The iterator that [`combinations`] returns.
pub type Combinations<I, const N: usize> = Arrays<I, CombinationOrder, N>;

/// What [`combination_slices`] returns.
pub type CombinationSlices<I> = Slices<I, CombinationOrder>;

/// The order of [`combinations`]: each place is behind the one before it.
pub type CombinationOrder = AscendingOrder<1>;
