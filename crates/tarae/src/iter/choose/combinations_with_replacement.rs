//! Ways to choose some, each as often as wanted.

use super::counts::{Ascending, multichoose};
use super::order::sealed::Rows;
use super::stretch::Stretch;
use super::{Arrays, Order, Slices};

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
#[derive(Clone, Debug, Default)]
pub struct ReplacementOrder(Stretch);

impl Order for ReplacementOrder {}

const NUMBERS: Ascending = Ascending { gap: 0, total: multichoose };

impl Rows for ReplacementOrder {
    fn total(n: usize, k: usize) -> Option<u128> {
        multichoose(n as u128, k as u128)
    }

    fn unrank(index: u128, n: usize, places: &mut [usize]) {
        NUMBERS.unrank(index, n, places);
    }

    fn row_rank(n: usize, places: &[usize]) -> Option<u128> {
        NUMBERS.row_rank(n, places)
    }

    fn row_len(n: usize, places: &[usize]) -> usize {
        n - NUMBERS.row_start(places)
    }

    fn open(_: usize, places: &[usize]) -> Self {
        ReplacementOrder(Stretch(places[places.len() - 1]))
    }

    #[inline(always)]
    fn next_last<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T> {
        self.0.next_last(pool)
    }

    #[inline(always)]
    fn rest<'a, T>(&'a self, pool: &'a [T]) -> impl Iterator<Item = &'a T> {
        self.0.rest(pool)
    }

    #[inline(always)]
    fn carry(&mut self, n: usize, places: &mut [usize]) -> Option<usize> {
        let k = places.len();
        for i in (0..k - 1).rev() {
            let place = places[i] + 1;
            if place < n {
                places[i..k - 1].fill(place);
                self.0 = Stretch(place);
                return Some(i);
            }
        }
        None
    }

    #[inline(always)]
    fn truncate<T>(&mut self, pool: &mut Vec<T>, left: usize) {
        self.0.truncate(pool, left);
    }
}
