//! All ways to choose `N` items.

use std::array;
use std::iter::FusedIterator;
use std::mem;

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
/// # Laziness
///
/// Nothing is pulled before the first array is asked for; then all of `iterable`, once, so it must end.
///
/// # Cost
///
/// One allocation, for the items. An array costs `N` clones, or one copy; through `fold` (`sum`,
/// `for_each`, ..) it is as fast as nested loops. `size_hint` is exact from the first array on, and before
/// it if the source's is; where the number of arrays does not fit into a `usize` it is "at least
/// `usize::MAX`".
///
/// # Differences from Python
///
/// Only `product(iterable, repeat=N)`, with `N` known when compiling. Python reads the iterable when the
/// product is built. For loops over different things write the loops, or itertools' `iproduct!`.
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
    Product { source: Some(iterable.into_iter()), pool: Box::default(), last: 0, places: [0; N], row: None }
}

/// The iterator that [`product`](product()) returns.
///
/// | state | `source` | `row` | left by |
/// |---|---|---|---|
/// | not begun | some | none | `begin`: to "running", or to "ended" if there is nothing to choose from |
/// | running | none | some | `carry`: to "ended" after the last row |
/// | ended | none | none | |
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Product<I: Iterator, const N: usize> {
    source: Option<I>,
    // What is chosen from: empty until the first array is asked for.
    pool: Box<[I::Item]>,
    // Where in the pool the last place of the next array is. Not in `row`, so that most steps change nothing
    // but this.
    last: usize,
    // Where in the pool the other places are; the last number here is not used.
    places: [usize; N],
    // The items at the other places; the last item here is not used.
    row: Option<[I::Item; N]>,
}

/// The array with the places of `row` and `last` at the end.
#[inline(always)]
fn with_last<T: Clone, const N: usize>(row: &[T; N], last: &T) -> [T; N] {
    if mem::needs_drop::<T>() {
        array::from_fn(|i| if i + 1 == N { last.clone() } else { row[i].clone() })
    } else {
        // As good as always `Copy`: one move of the whole row is faster than a choice at each place, and one
        // clone too many costs nothing.
        let mut array = row.clone();
        array[N - 1] = last.clone();
        array
    }
}

/// The pool, and its first item at all places.
///
/// Not a method: a `Product` that is lent to a call that is not inlined cannot be kept in registers.
#[cold]
fn first_row<T: Clone, const N: usize>(source: impl Iterator<Item = T>) -> (Box<[T]>, Option<[T; N]>) {
    let pool: Box<[T]> = source.collect();
    let row = pool.first().map(|first| array::from_fn(|_| first.clone()));
    (pool, row)
}

impl<I: Iterator, const N: usize> Product<I, N>
where
    I::Item: Clone,
{
    /// Collects the pool and makes the first row. False: there is none, or it has begun before.
    #[inline(always)]
    fn begin(&mut self) -> bool {
        let Some(source) = self.source.take() else { return false };
        (self.pool, self.row) = first_row(source);
        self.row.is_some()
    }

    /// The last place has been through the pool: moves on to the next row. False: that was the last row.
    #[inline(always)]
    fn carry(&mut self) -> bool {
        let Some(row) = &mut self.row else { return false };
        for i in (0..N.saturating_sub(1)).rev() {
            let place = self.places[i] + 1;
            if let Some(item) = self.pool.get(place) {
                self.places[i] = place;
                row[i] = item.clone();
                self.last = 0;
                return true;
            }
            self.places[i] = 0;
            row[i] = self.pool[0].clone();
        }
        self.row = None;
        false
    }

    /// How many arrays are left; none if a `usize` cannot say.
    fn left(&self) -> Option<usize> {
        if self.row.is_none() {
            return Some(0);
        }
        let n = self.pool.len();
        let mut rows: usize = 0;
        for place in &self.places[..N - 1] {
            rows = rows.checked_mul(n)?.checked_add(n - 1 - place)?;
        }
        rows.checked_mul(n)?.checked_add(n - self.last)
    }
}

impl<I: Iterator, const N: usize> Iterator for Product<I, N>
where
    I::Item: Clone,
{
    type Item = [I::Item; N];

    // Always: at its size the compiler may decide against it, and then each item goes through memory, four
    // times slower. The two checks go on in different ways, so that they are not merged: that costs more.
    #[inline(always)]
    fn next(&mut self) -> Option<[I::Item; N]> {
        if N == 0 {
            self.source.take()?;
            return Some(array::from_fn(|_| unreachable!("an empty array has no items")));
        }
        loop {
            let Some(row) = &self.row else {
                if self.begin() {
                    continue;
                }
                return None;
            };
            if let Some(last) = self.pool.get(self.last) {
                self.last += 1;
                return Some(with_last(row, last));
            }
            if !self.carry() {
                return None;
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if N == 0 {
            let left = usize::from(self.source.is_some());
            return (left, Some(left));
        }
        // An exponent that does not fit makes no difference: 0 and 1 stay what they are, the rest overflows.
        let power = |n: usize| n.checked_pow(u32::try_from(N).unwrap_or(u32::MAX));
        match &self.source {
            Some(source) => {
                let (low, high) = source.size_hint();
                (power(low).unwrap_or(usize::MAX), high.and_then(power))
            }
            None => match self.left() {
                Some(left) => (left, Some(left)),
                None => (usize::MAX, None),
            },
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, [I::Item; N]) -> B>(mut self, init: B, mut g: G) -> B {
        let mut acc = init;
        if N == 0 {
            return match self.next() {
                Some(array) => g(acc, array),
                None => acc,
            };
        }
        if self.row.is_none() && !self.begin() {
            return acc;
        }
        while let Some(row) = &self.row {
            // A copy that nothing else can reach: the compiler keeps it in registers.
            let row = row.clone();
            for last in &self.pool[self.last..] {
                acc = g(acc, with_last(&row, last));
            }
            if !self.carry() {
                break;
            }
        }
        acc
    }
}

impl<I: Iterator, const N: usize> FusedIterator for Product<I, N> where I::Item: Clone {}
