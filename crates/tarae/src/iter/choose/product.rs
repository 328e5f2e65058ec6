//! Ways to choose one after another.

use super::counts::power;
use super::order::sealed::Rows;
use super::stretch::Stretch;
use super::{Arrays, Order, Slices};

/// All ways to choose `N` items of `iterable`, one after another and with repetition, as arrays.
///
/// ```
/// use tarae::iter::product;
///
/// let words: Vec<String> = product::<2, _>("AB".chars()).map(String::from_iter).collect();
/// assert_eq!(words, ["AA", "AB", "BA", "BB"]);
///
/// // The pattern says how many.
/// let mut right_angled = 0;
/// for [a, b, c] in product(1..=20) {
///     right_angled += usize::from(a < b && a * a + b * b == c * c);
/// }
/// assert_eq!(right_angled, 6);
/// ```
///
/// This is `N` nested loops over the same items in one iterator: the last place changes fastest. Of `n` items
/// there are `n` to the power of `N` arrays: one, which is empty, if `N` is zero; none if `N` is not zero and
/// there are no items.
///
/// [`Arrays`] says what holds for all ways to choose: how lazy it is, what it costs, how to jump and to split.
///
/// # Differences from Python
///
/// Only `product(iterable, repeat=N)`, with `N` known when compiling; [`product_slices`] is for a number that is not. Python
/// reads the iterable when the product is built. For loops over different things write the loops, or itertools'
/// `iproduct!`.
///
/// # Panics
///
/// Only if the source or `clone` does.
#[doc(alias = "itertools.product")]
#[doc(alias = "cartesian")]
#[inline]
pub fn product<const N: usize, I>(iterable: I) -> Product<I::IntoIter, N>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Arrays::new(iterable.into_iter())
}

/// All ways to choose `k` items of `iterable`, one after another and with repetition, as slices that are lent one after
/// another.
///
/// ```
/// use tarae::iter::product_slices;
///
/// let mut codes = product_slices(0..10, 4);
/// assert_eq!(codes.remaining(), Some(10_000));
/// assert_eq!(codes.nth_slice(1234), Some(&[1, 2, 3, 4][..]));
/// assert_eq!(codes.next_slice(), Some(&[1, 2, 3, 5][..]));
/// ```
///
/// They are those of [`product`](product()), for a number that is not known when compiling. [`Slices`] says what there is to
/// do with them.
#[doc(alias = "itertools.product")]
#[inline]
pub fn product_slices<I>(iterable: I, k: usize) -> ProductSlices<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Slices::new(iterable.into_iter(), k)
}

/// The iterator that [`product`](product()) returns.
pub type Product<I, const N: usize> = Arrays<I, ProductOrder, N>;

/// What [`product_slices`] returns.
pub type ProductSlices<I> = Slices<I, ProductOrder>;

/// The order of [`product`](product()): every place runs through the whole pool.
#[derive(Clone, Debug, Default)]
pub struct ProductOrder(Stretch);

impl Order for ProductOrder {}

impl Rows for ProductOrder {
    fn total(n: usize, k: usize) -> Option<u128> {
        power(n, k)
    }

    fn unrank(mut index: u128, n: usize, places: &mut [usize]) {
        let n = n as u128;
        for place in places.iter_mut().rev() {
            *place = (index % n) as usize;
            index /= n;
        }
    }

    fn row_rank(n: usize, places: &[usize]) -> Option<u128> {
        let row = places[..places.len() - 1]
            .iter()
            .try_fold(0_u128, |index, place| index.checked_mul(n as u128)?.checked_add(*place as u128));
        row?.checked_mul(n as u128)
    }

    fn row_len(n: usize, _: &[usize]) -> usize {
        n
    }

    fn open(_: usize, places: &[usize]) -> Self {
        ProductOrder(Stretch(places[places.len() - 1]))
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
        let others = places.len() - 1;
        for i in (0..others).rev() {
            if places[i] + 1 < n {
                places[i] += 1;
                self.0 = Stretch(0);
                return Some(i);
            }
            places[i] = 0;
        }
        None
    }

    #[inline(always)]
    fn truncate<T>(&mut self, pool: &mut Vec<T>, left: usize) {
        self.0.truncate(pool, left);
    }
}
