//! Choices as slices that are lent; see `arrays.rs` for why the two are written apart.

use super::Order;
use super::split::{Ranges, Split};
use super::walk::{EndOnPanic, Walk};
use std::fmt;
use std::iter::{self, Empty, FusedIterator};
use std::mem;
use std::num::NonZeroUsize;
use std::ops::RangeBounds;

/// All ways to choose some items of a source, how many is known only at run time: what
/// [`product_slices`](super::super::product_slices), [`combination_slices`](super::super::combination_slices),
/// [`combination_with_replacement_slices`](super::super::combination_with_replacement_slices) and
/// [`permutation_slices`](super::super::permutation_slices) return.
///
/// There is one slice, which changes: it is lent until the next one is asked for. So this is no [`Iterator`], and no choice
/// costs an allocation. There are three ways to go on from here, each lazy:
///
/// | | gives | costs |
/// |---|---|---|
/// | [`next_slice`](Slices::next_slice) | one slice at a time | one clone, mostly |
/// | [`map_slices`](Slices::map_slices) | an iterator of what a closure makes of each | the same |
/// | [`collect_slices`](Slices::collect_slices) | an iterator of `Vec`s | a `Vec` each |
///
/// ```
/// use tarae::iter::combination_slices;
///
/// // All ways to choose any number of items: the power set.
/// let items = ["a", "b", "c"];
/// let sets = (0..=items.len()).flat_map(|k| combination_slices(items, k).map_slices(|set| set.concat()));
/// assert!(sets.eq(["", "a", "b", "c", "ab", "ac", "bc", "abc"]));
/// ```
///
/// A slice that is over cannot be used:
///
/// ```compile_fail,E0499
/// let mut pairs = tarae::iter::combination_slices([1, 2, 3], 2);
/// let first = pairs.next_slice();
/// let second = pairs.next_slice();
/// assert_ne!(first, second);
/// ```
///
/// # Laziness
///
/// Nothing is pulled before the first slice, or anything about them, is asked for; then all of the source, once, so it must
/// end. If none is chosen nothing is pulled at all: there is one choice, which is empty.
///
/// # Panics
///
/// Only if the source or `clone` does, or if there is no memory for a slice. If `clone` has panicked, a choice may be lost;
/// if it did between two rows, so is all that would have come.
///
/// | state | `source` | `run` | left by |
/// |---|---|---|---|
/// | not begun | some | none | `begin`: to "running", or to "ended" if there is nothing to choose |
/// | running | none | some | `carry`, `keep`: to "ended" when nothing is left |
/// | ended | none | none | |
#[derive(Clone, Debug)]
#[must_use = "choices are lazy: ask with `next_slice`, `map_slices` or `collect_slices`"]
pub struct Slices<I: Iterator, O> {
    source: Option<I>,
    k: usize,
    // What is chosen from: empty until the first slice is asked for.
    pool: Vec<I::Item>,
    run: Option<Run<I::Item, O>>,
}

/// A row.
#[derive(Clone, Debug)]
struct Run<T, O> {
    walk: Walk<O, Vec<usize>>,
    // The choice that was lent last; it has at least one item.
    row: Vec<T>,
}

/// As [`Walk::cut`]: here the way is in memory, and what is rare is better kept out of the way.
#[cold]
#[inline(never)]
fn cut<T, O: Order>(walk: &mut Walk<O, Vec<usize>>, gone: usize, pool: &mut Vec<T>) {
    walk.cut(gone, pool);
}

impl<I: Iterator<Item: Clone>, O: Order> Slices<I, O> {
    #[inline]
    pub(super) fn new(source: I, k: usize) -> Self {
        Slices { source: Some(source), k, pool: Vec::new(), run: None }
    }

    /// The next choice; none if there is no more.
    ///
    /// ```
    /// use tarae::iter::product_slices;
    ///
    /// let mut bits = product_slices([0, 1], 3);
    /// let mut ones = 0;
    /// while let Some(word) = bits.next_slice() {
    ///     ones += word.iter().sum::<i32>();
    /// }
    /// assert_eq!(ones, 12);
    /// ```
    #[doc(alias = "next")]
    #[inline]
    pub fn next_slice(&mut self) -> Option<&[I::Item]> {
        if self.k == 0 {
            self.source.take()?;
            return Some(&[]);
        }
        if self.run.is_none() {
            self.begin();
        }
        loop {
            let run = self.run.as_mut()?;
            if let Some(last) = run.walk.order.next_last(&self.pool) {
                run.row.last_mut()?.clone_from(last);
                break;
            }
            if !self.carry() {
                return None;
            }
        }
        self.run.as_ref().map(|run| &run.row[..])
    }

    /// The choice that has `n` others before it, counted from the next one.
    ///
    /// ```
    /// use tarae::iter::permutation_slices;
    ///
    /// let mut orders = permutation_slices("ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars(), 26);
    /// let last = 403_291_461_126_605_635_584_000_000 - 1; // 26!
    /// assert_eq!(orders.nth_slice(last).map(String::from_iter), Some("ZYXWVUTSRQPONMLKJIHGFEDCBA".to_string()));
    /// ```
    ///
    /// It jumps there. What it has jumped over is gone, as with [`Iterator::nth`].
    #[doc(alias = "nth_combination")]
    #[doc(alias = "nth_permutation")]
    #[doc(alias = "nth_product")]
    pub fn nth_slice(&mut self, n: u128) -> Option<&[I::Item]> {
        self.keep(n..);
        self.next_slice()
    }

    /// An iterator of what `f` makes of each choice.
    ///
    /// ```
    /// use tarae::iter::combination_slices;
    ///
    /// let sums = combination_slices([1, 2, 4], 2).map_slices(|pair| pair.iter().sum::<i32>());
    /// assert!(sums.eq([3, 5, 6]));
    /// ```
    #[doc(alias = "map")]
    #[inline]
    pub fn map_slices<B, F: FnMut(&[I::Item]) -> B>(self, f: F) -> MapSlices<I, O, F> {
        MapSlices { slices: self, f }
    }

    /// An iterator of the choices as `Vec`s.
    ///
    /// ```
    /// use tarae::iter::combination_slices;
    ///
    /// let pairs: Vec<Vec<i32>> = combination_slices([1, 2, 4], 2).collect_slices().collect();
    /// assert_eq!(pairs, [[1, 2], [1, 4], [2, 4]]);
    /// ```
    #[inline]
    pub fn collect_slices(self) -> MapSlices<I, O, fn(&[I::Item]) -> Vec<I::Item>> {
        self.map_slices(<[I::Item]>::to_vec)
    }

    /// How many choices are left; none if a `u128` cannot say how many there are in all.
    ///
    /// ```
    /// use tarae::iter::permutation_slices;
    ///
    /// assert_eq!(permutation_slices(0..52, 5).remaining(), Some(311_875_200));
    /// assert_eq!(permutation_slices(0..52, 52).remaining(), None);
    /// ```
    ///
    /// It pulls the source, if that has not been done.
    pub fn remaining(&mut self) -> Option<u128> {
        if self.k > 0 && self.run.is_none() {
            self.begin();
        }
        self.left()
    }

    /// The choices with the numbers in `range`, counted from the next one, which is number 0.
    ///
    /// ```
    /// use tarae::iter::product_slices;
    ///
    /// let codes = product_slices(0..10, 2).range(42..44).collect_slices();
    /// assert!(codes.eq([[4, 2], [4, 3]]));
    /// ```
    ///
    /// As [`Arrays::range`](super::Arrays::range).
    pub fn range(mut self, range: impl RangeBounds<u128>) -> Self {
        self.keep(range);
        self
    }

    /// Cuts what is left into `parts` ranges one after another, which differ in length by one at most.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::combination_slices;
    ///
    /// let parts = combination_slices(0..4, 2).split(NonZeroUsize::new(4).unwrap());
    /// assert!(parts.map(|mut part| part.remaining()).eq([Some(2), Some(2), Some(1), Some(1)]));
    /// ```
    ///
    /// As [`Arrays::split`](super::Arrays::split).
    pub fn split(self, parts: NonZeroUsize) -> Split<Self> {
        Split::new(self, parts)
    }

    /// Collects the pool and makes the first row, if it has not begun.
    #[cold]
    fn begin(&mut self) {
        let Some(source) = self.source.take() else { return };
        self.pool = source.collect();
        // Of too few nothing is made: how many are to be chosen may be a number out of all proportion.
        if O::total(self.pool.len(), self.k) == Some(0) {
            return;
        }
        self.run = Walk::first(self.pool.len(), vec![0; self.k]).map(|first| {
            let row = first.1.iter().map(|place| self.pool[*place].clone()).collect();
            Run { walk: Walk::new(self.pool.len(), first), row }
        });
    }

    /// The row is done: moves on to the next one. False: that was the last.
    #[inline(always)]
    fn carry(&mut self) -> bool {
        match self.run.as_mut().and_then(|run| run.walk.carry()) {
            Some(changed) => {
                self.load(changed, 0);
                true
            }
            None => {
                self.run = None;
                false
            }
        }
    }

    /// Takes the items of the row from the pool, those from `changed` on, and cuts it; `gone` of it are.
    #[inline(always)]
    fn load(&mut self, changed: usize, gone: usize) {
        // With some of the items of one row and some of another nothing right could be given.
        let guard = EndOnPanic(&mut self.run);
        if let Some(run) = guard.0 {
            for i in changed..self.k - 1 {
                run.row[i].clone_from(&self.pool[run.walk.places[i]]);
            }
            if run.walk.has_end() {
                cut(&mut run.walk, gone, &mut self.pool);
            }
        }
        mem::forget(guard);
    }

    /// As [`remaining`](Self::remaining), if it has begun.
    fn left(&self) -> Option<u128> {
        if self.k == 0 {
            return Some(u128::from(self.source.is_some()));
        }
        self.run.as_ref().map_or(Some(0), |run| run.walk.remaining(&self.pool))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.k == 0 {
            let left = usize::from(self.source.is_some());
            return (left, Some(left));
        }
        match (&self.source, &self.run) {
            (Some(source), _) => {
                let (low, high) = source.size_hint();
                let total = |n| usize::try_from(O::total(n, self.k)?).ok();
                (total(low).unwrap_or(usize::MAX), high.and_then(total))
            }
            (None, Some(run)) => run.walk.size_hint(&self.pool),
            (None, None) => (0, Some(0)),
        }
    }
}

impl<I: Iterator<Item: Clone>, O: Order> Ranges for Slices<I, O> {
    type Part = Slices<Empty<I::Item>, O>;

    fn copy(&mut self) -> Self::Part {
        if self.k > 0 && self.run.is_none() {
            self.begin();
        }
        let source = self.source.as_ref().map(|_| iter::empty());
        Slices { source, k: self.k, pool: self.pool.clone(), run: self.run.clone() }
    }

    fn remaining(&mut self) -> Option<u128> {
        self.remaining()
    }

    fn keep(&mut self, range: impl RangeBounds<u128>) {
        if self.k == 0 {
            self.source.take_if(|_| !range.contains(&0));
            return;
        }
        if self.run.is_none() {
            self.begin();
        }
        match self.run.as_mut().and_then(|run| run.walk.keep(range, &mut self.pool)) {
            Some((changed, gone)) => self.load(changed, gone),
            None => self.run = None,
        }
    }
}

/// The iterator that [`Slices::map_slices`] and [`Slices::collect_slices`] return.
#[must_use = "iterators are lazy"]
pub struct MapSlices<I: Iterator, O, F> {
    slices: Slices<I, O>,
    f: F,
}

impl<I: Iterator<Item: Clone>, O: Order, B, F: FnMut(&[I::Item]) -> B> Iterator for MapSlices<I, O, F> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        self.slices.next_slice().map(&mut self.f)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.slices.size_hint()
    }

    #[inline]
    fn fold<A, G: FnMut(A, B) -> A>(self, init: A, mut g: G) -> A {
        let Self { mut slices, mut f } = self;
        let mut acc = init;
        if slices.k == 0 {
            return match slices.next_slice() {
                Some(slice) => g(acc, f(slice)),
                None => acc,
            };
        }
        if slices.run.is_none() {
            slices.begin();
        }
        while let Some(run) = &mut slices.run {
            // Out of reach of all else, so that the compiler need not look for it in memory again.
            let mut row = mem::take(&mut run.row);
            if let Some(place) = row.len().checked_sub(1) {
                acc = run.walk.order.rest(&slices.pool).fold(acc, |acc, last| {
                    row[place].clone_from(last);
                    g(acc, f(&row))
                });
            }
            run.row = row;
            if !slices.carry() {
                break;
            }
        }
        acc
    }
}

impl<I: Iterator<Item: Clone>, O: Order, B, F: FnMut(&[I::Item]) -> B> FusedIterator for MapSlices<I, O, F> {}

impl<I: Iterator, O, F: Clone> Clone for MapSlices<I, O, F>
where
    Slices<I, O>: Clone,
{
    fn clone(&self) -> Self {
        MapSlices { slices: self.slices.clone(), f: self.f.clone() }
    }
}

impl<I, O, F> fmt::Debug for MapSlices<I, O, F>
where
    Slices<I, O>: fmt::Debug,
    I: Iterator,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapSlices").field("slices", &self.slices).finish_non_exhaustive()
    }
}
