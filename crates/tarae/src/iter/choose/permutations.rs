//! Ways to arrange some.

use super::counts::arrangements;
use super::free::Free;
use super::order::{Order, sealed::Rows};
use super::{Arrays, Slices};

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
#[derive(Clone, Debug)]
pub struct PermutationOrder {
    // The places that come last in this row: all but those of the row.
    free: Free,
    // Of one word of them those that have not come yet, and which word it is.
    left: u64,
    word: usize,
}

impl Order for PermutationOrder {}

impl PermutationOrder {
    /// On to the next word that has anything left. False: none has.
    #[inline(always)]
    fn next_word(&mut self) -> bool {
        while self.left == 0 {
            let Some(word) = self.free.word(self.word + 1) else { return false };
            self.word += 1;
            self.left = word;
        }
        true
    }

    #[inline(always)]
    fn rewind(&mut self) {
        self.word = 0;
        self.left = self.free.word(0).unwrap_or(0);
    }
}

/// The places that are not in this row, and how many.
fn free_of(n: usize, row: &[usize]) -> Free {
    let mut free = Free::all(n);
    for place in row {
        free.remove(*place);
    }
    free
}

impl Rows for PermutationOrder {
    fn total(n: usize, k: usize) -> Option<u128> {
        arrangements(n, k)
    }

    fn unrank(mut index: u128, n: usize, places: &mut [usize]) {
        let mut free = Free::all(n);
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

    fn row_rank(n: usize, places: &[usize]) -> Option<u128> {
        let mut free = Free::all(n);
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

    fn row_len(n: usize, places: &[usize]) -> usize {
        n - (places.len() - 1)
    }

    fn open(n: usize, places: &[usize]) -> Self {
        let [row @ .., last] = places else { unreachable!("a row has a last place") };
        let free = free_of(n, row);
        let word = last / 64;
        let left = free.word(word).unwrap_or(0) & (!0 << (last % 64));
        PermutationOrder { free, left, word }
    }

    #[inline(always)]
    fn next_last<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T> {
        if !self.next_word() {
            return None;
        }
        let place = self.word * 64 + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        pool.get(place)
    }

    #[inline(always)]
    fn rest<'a, T>(&'a self, pool: &'a [T]) -> impl Iterator<Item = &'a T> {
        let (mut left, mut number) = (self.left, self.word);
        std::iter::from_fn(move || {
            while left == 0 {
                left = self.free.word(number + 1)?;
                number += 1;
            }
            let place = number * 64 + left.trailing_zeros() as usize;
            left &= left - 1;
            pool.get(place)
        })
    }

    #[inline(always)]
    fn carry(&mut self, _: usize, places: &mut [usize]) -> Option<usize> {
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
                    *later = self.free.next_from(0)?;
                    self.free.remove(*later);
                }
                self.rewind();
                return Some(i);
            }
        }
        None
    }

    fn truncate<T>(&mut self, _: &mut Vec<T>, left: usize) {
        let next = self.word * 64;
        let gone = self.free.before(next)
            + (self.free.word(self.word).unwrap_or(0) & !self.left).count_ones() as usize;
        if let Some(end) = self.free.nth(gone + left) {
            self.free.remove_from(end);
            self.left &= self.free.word(self.word).unwrap_or(0);
        }
    }
}
