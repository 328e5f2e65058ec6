//! Ways to arrange some.

use super::counts::arrangements;
use super::order::sealed::Rows;
use super::places::{ONE_WORD, Places, Words};
use super::{Arrays, Order, Slices};

/// All ways to arrange `N` items of `iterable`, each place of it at most once, as arrays.
///
/// ```
/// use tarae::iter::permutations;
///
/// let words: Vec<String> = permutations::<2, _>("ABC".chars()).map(String::from_iter).collect();
/// assert_eq!(words, ["AB", "AC", "BA", "BC", "CA", "CB"]);
///
/// // The pattern says how many: who runs first, second and third?
/// assert_eq!(permutations(["Ann", "Bo", "Cy", "Di"]).filter(|[first, _, _]| *first == "Bo").count(), 6);
/// ```
///
/// They come in the order of their places; items are told apart by their place, not by their value. Of `n`
/// items there are `n * (n - 1) * ..`, with `N` factors: one, which is empty, if `N` is zero; none if there
/// are fewer than `N` items.
///
/// [`Arrays`] says what holds for all ways to choose: how lazy it is, what it costs, how to jump and to split.
///
/// # Differences from Python
///
/// `N` is required, and known when compiling; [`permutation_slices`] is for a number that is not. Python reads the
/// iterable when the permutations are built.
///
/// # Panics
///
/// Only if the source or `clone` does.
///
/// # Source
///
/// The set of free places is kept as bits, as in Knuth's *The Art of Computer Programming*, volume 4A, 7.2.1.2, algorithm X
/// without its tests.
#[doc(alias = "itertools.permutations")]
#[inline]
pub fn permutations<const N: usize, I>(iterable: I) -> Permutations<I::IntoIter, N>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Arrays::new(iterable.into_iter())
}

/// All ways to arrange `k` items of `iterable`, as slices that are lent one after another.
///
/// ```
/// use tarae::iter::permutation_slices;
///
/// let mut orders = permutation_slices(["tea", "jam", "bun"], 3);
/// assert_eq!(orders.next_slice(), Some(&["tea", "jam", "bun"][..]));
/// assert_eq!(orders.next_slice(), Some(&["tea", "bun", "jam"][..]));
/// assert_eq!(orders.remaining(), Some(4));
/// ```
///
/// They are those of [`permutations`], for a number that is not known when compiling. [`Slices`] says what there
/// is to do with them.
#[doc(alias = "itertools.permutations")]
#[inline]
pub fn permutation_slices<I>(iterable: I, k: usize) -> PermutationSlices<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Slices::new(iterable.into_iter(), k)
}

/// The iterator that [`permutations`] returns.
pub type Permutations<I, const N: usize> = Arrays<I, PermutationOrder, N>;

/// What [`permutation_slices`] returns.
pub type PermutationSlices<I> = Slices<I, PermutationOrder>;

/// The order of [`permutations`]: no place comes twice.
#[derive(Clone, Debug, Default)]
pub struct PermutationOrder {
    row: Row<u64>,
    // In the place of `row`, which then is empty, if one word cannot hold the places of the pool.
    large: Option<Box<Row<Words>>>,
}

impl Order for PermutationOrder {}

/// The last places of a row: all that are not in it otherwise.
#[derive(Clone, Debug, Default)]
struct Row<S> {
    free: S,
    // Those that have not come yet.
    left: S,
}

impl<S: Places + Clone> Row<S> {
    fn open(n: usize, places: &[usize]) -> Self {
        let mut free = S::all(n);
        for place in &places[..places.len() - 1] {
            free.remove(*place);
        }
        let mut left = free.clone();
        while left.next_from(0).is_some_and(|first| first < places[places.len() - 1]) {
            left.take_first();
        }
        Row { free, left }
    }

    #[inline(always)]
    fn carry(&mut self, places: &mut [usize]) -> Option<usize> {
        let others = places.len() - 1;
        for i in (0..others).rev() {
            let place = places[i];
            let next = self.free.next_from(place + 1);
            self.free.insert(place);
            if let Some(next) = next {
                places[i] = next;
                self.free.remove(next);
                for later in &mut places[i + 1..others] {
                    // There are as many as there were before, so never none.
                    *later = self.free.take_first()?;
                }
                self.left.clone_from(&self.free);
                return Some(i);
            }
        }
        None
    }
}

/// As [`Rows::unrank`], with a set of places.
fn unrank<S: Places>(mut index: u128, n: usize, places: &mut [usize]) {
    let mut free = S::all(n);
    let k = places.len();
    for (i, place) in places.iter_mut().enumerate() {
        // So many begin with each place. If that does not fit, they are more than the index.
        let with_each = arrangements(n - 1 - i, k - 1 - i);
        let before = with_each.map_or(0, |with_each| index / with_each);
        index = with_each.map_or(index, |with_each| index % with_each);
        *place = free.nth(before as usize).expect("the index is less than the total");
        free.remove(*place);
    }
}

/// As [`Rows::row_rank`], with a set of places.
fn row_rank<S: Places>(n: usize, places: &[usize]) -> Option<u128> {
    let mut free = S::all(n);
    let k = places.len();
    places[..k - 1].iter().enumerate().try_fold(0_u128, |index, (i, place)| {
        let before = free.before(*place) as u128;
        free.remove(*place);
        if before == 0 {
            return Some(index);
        }
        index.checked_add(arrangements(n - 1 - i, k - 1 - i)?.checked_mul(before)?)
    })
}

impl Rows for PermutationOrder {
    fn total(n: usize, k: usize) -> Option<u128> {
        arrangements(n, k)
    }

    fn unrank(index: u128, n: usize, places: &mut [usize]) {
        if n <= ONE_WORD { unrank::<u64>(index, n, places) } else { unrank::<Words>(index, n, places) }
    }

    fn row_rank(n: usize, places: &[usize]) -> Option<u128> {
        if n <= ONE_WORD { row_rank::<u64>(n, places) } else { row_rank::<Words>(n, places) }
    }

    fn row_len(n: usize, places: &[usize]) -> usize {
        n - (places.len() - 1)
    }

    fn open(n: usize, places: &[usize]) -> Self {
        if n <= ONE_WORD {
            PermutationOrder { row: Row::open(n, places), large: None }
        } else {
            PermutationOrder { row: Row::default(), large: Some(Box::new(Row::open(n, places))) }
        }
    }

    #[inline(always)]
    fn next_last<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T> {
        let place = match self.row.left.take_first() {
            None => self.large.as_mut()?.left.take_first()?,
            Some(place) => place,
        };
        pool.get(place)
    }

    #[inline(always)]
    fn rest<'a, T>(&'a self, pool: &'a [T]) -> impl Iterator<Item = &'a T> {
        let large = self.large.iter().flat_map(|row| row.left.iter());
        self.row.left.iter().chain(large).filter_map(|place| pool.get(place))
    }

    #[inline(always)]
    fn carry(&mut self, _: usize, places: &mut [usize]) -> Option<usize> {
        match &mut self.large {
            None => self.row.carry(places),
            Some(row) => row.carry(places),
        }
    }

    #[inline(always)]
    fn pass_three(&mut self, n: usize, places: &mut [usize]) -> Option<[usize; 3]> {
        // Only if all are chosen: then there is one that can come last, and one row before it and after it.
        let k = places.len();
        let [.., first, second, _] = places else { return None };
        if self.large.is_some() || n != k || *first > *second {
            return None;
        }
        let third = self.row.left.next_from(*second)?;
        let ascending = [*first, *second, third];
        *first = third;
        self.row.free.remove(third);
        self.row.free.insert(ascending[0]);
        self.row.left = 0;
        Some(ascending)
    }

    #[inline(always)]
    fn truncate<T>(&mut self, _: &mut Vec<T>, left: usize) {
        match &mut self.large {
            None => self.row.left.keep_first(left),
            Some(row) => row.left.keep_first(left),
        }
    }
}
