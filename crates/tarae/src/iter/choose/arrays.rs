//! Choices as arrays. `slices.rs` takes the same steps for a length that is known when running; they are not one piece of code,
//! since only a row whose places are known when compiling is kept in registers.

use super::order::{Order, sealed::Rows};
use super::split::{Ranges, Split};
use super::walk::{EndOnPanic, Walk};
use std::array;
use std::hint;
use std::iter::{self, Empty, FusedIterator};
use std::mem;
use std::num::NonZeroUsize;
use std::ops::RangeBounds;

/// All ways to choose `N` items of a source, as arrays: what [`product`](super::super::product()),
/// [`combinations`](super::super::combinations()),
/// [`combinations_with_replacement`](super::super::combinations_with_replacement()) and
/// [`permutations`](super::super::permutations()) return.
///
/// ```
/// use tarae::iter::permutations;
///
/// let mut orders = permutations::<4, _>(1..=9);
/// assert_eq!(orders.remaining(), Some(9 * 8 * 7 * 6));
/// assert_eq!(orders.nth(3_000), Some([9, 8, 4, 1]));
/// ```
///
/// # Laziness
///
/// Nothing is pulled before the first array, or anything about them, is asked for; then all of the source, once, so it must
/// end. If `N` is zero nothing is pulled at all: there is one choice, which is empty.
///
/// # Cost
///
/// One allocation, for the items (and one word of bits for every 64 of them, beyond the first, for permutations). An array
/// costs `N` clones, or one copy, and a row of them no more than that again; through `fold` (`sum`, `for_each`, ..) it is as fast as the loops that one would
/// write. `size_hint` is exact from the first array on, and before it if the source's is; where the number of arrays does not
/// fit into a `usize` it is "at least `usize::MAX`", or as many as there are numbers left, if a jump has left fewer.
/// [`nth`](Iterator::nth), [`count`](Iterator::count) and [`last`](Iterator::last) jump.
///
/// # Panics
///
/// Only if the source or `clone` does. If `clone` has panicked, an array may be lost; if it did between two rows, so is all that
/// would have come.
///
/// | state | `source` | `row` | left by |
/// |---|---|---|---|
/// | not begun | some | none | `begin`: to "running", or to "ended" if there is nothing to choose |
/// | running | none | some | `carry`, `keep`: to "ended" when nothing is left |
/// | ended | none | none | |
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Arrays<I: Iterator, O, const N: usize> {
    source: Option<I>,
    // What is chosen from: empty until the first array is asked for.
    pool: Vec<I::Item>,
    // Where it is while it runs.
    walk: Walk<O, [usize; N]>,
    // The items at the places of the walk. The last one is not used: it comes from the pool, so that most steps change
    // nothing here.
    row: Option<[I::Item; N]>,
}

/// The array with the items of `row`, and `last` at the end.
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

/// The array with the items of `row`, and three others at the end.
#[inline(always)]
fn with_three<T: Clone, const N: usize>(row: &[T; N], three: [&T; 3]) -> [T; N] {
    array::from_fn(|i| if i + 3 < N { row[i].clone() } else { three[i + 3 - N].clone() })
}

/// All ways to arrange three.
const ARRANGEMENTS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// The pool, and the first row from it.
///
/// Not a method: what is lent to a call that is not inlined cannot be kept in registers.
#[cold]
fn begin<T: Clone, O: Rows, const N: usize>(
    source: impl Iterator<Item = T>,
) -> (Vec<T>, Option<((O, [usize; N]), [T; N])>) {
    let pool: Vec<T> = source.collect();
    let first = Walk::first(pool.len(), [0; N]).map(|(order, places)| {
        let row = places.map(|place| pool[place].clone());
        ((order, places), row)
    });
    (pool, first)
}

impl<I: Iterator<Item: Clone>, O: Order, const N: usize> Arrays<I, O, N> {
    #[inline]
    pub(super) fn new(source: I) -> Self {
        let walk = Walk::new(0, (O::default(), [0; N]));
        Arrays { source: Some(source), pool: Vec::new(), walk, row: None }
    }

    /// How many arrays are left; none if a `u128` cannot say how many there are in all.
    ///
    /// ```
    /// use tarae::iter::combinations;
    ///
    /// let mut hands = combinations::<5, _>(0..52);
    /// assert_eq!(hands.remaining(), Some(2_598_960));
    /// hands.next();
    /// assert_eq!(hands.remaining(), Some(2_598_959));
    /// ```
    ///
    /// It pulls the source, if that has not been done.
    pub fn remaining(&mut self) -> Option<u128> {
        if N > 0 && self.row.is_none() {
            self.begin();
        }
        self.left()
    }

    /// The arrays with the numbers in `range`, counted from the next one, which is number 0.
    ///
    /// ```
    /// use tarae::iter::product;
    ///
    /// assert!(product(0..10).range(42..45).eq([[4, 2], [4, 3], [4, 4]]));
    /// assert!(product(0..10).range(98..).eq([[9, 8], [9, 9]]));
    /// assert_eq!(product::<2, _>(0..10).range(100..200).next(), None);
    /// ```
    ///
    /// It pulls the source, and goes straight to where the range begins. What is beyond the end is left out. A number that a
    /// `u128` cannot hold, which nothing but such a jump could reach, is beyond the end as well.
    pub fn range(mut self, range: impl RangeBounds<u128>) -> Self {
        self.keep(range);
        self
    }

    /// Cuts what is left into `parts` ranges one after another, which differ in length by one at most.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::combinations;
    ///
    /// let parts: Vec<_> = combinations::<2, _>("ABCD".chars()).split(NonZeroUsize::new(4).unwrap()).collect();
    /// let parts = parts.into_iter().map(|part| part.map(String::from_iter).collect::<Vec<_>>());
    /// assert!(parts.eq([vec!["AB", "AC"], vec!["AD", "BC"], vec!["BD"], vec!["CD"]]));
    /// ```
    ///
    /// Each is an iterator of its own, with a copy of the items but not the source, for a job or a thread of its own: see
    /// [the module](super). The source is pulled when the first part is asked for. If there are fewer arrays than parts, the last
    /// parts are empty; if there are more than a `u128` can say, the last part has all that the others have not.
    pub fn split(self, parts: NonZeroUsize) -> Split<Self> {
        Split::new(self, parts)
    }

    /// Collects the pool and makes the first row. False: there is none, or it has begun before.
    #[inline(always)]
    fn begin(&mut self) -> bool {
        let Some(source) = self.source.take() else { return false };
        let (pool, first) = begin(source);
        self.pool = pool;
        let Some((first, row)) = first else { return false };
        self.walk = Walk::new(self.pool.len(), first);
        self.row = Some(row);
        true
    }

    /// The row is done: moves on to the next one. False: that was the last.
    #[inline(always)]
    fn carry(&mut self) -> bool {
        match self.walk.carry() {
            Some(changed) => {
                self.load(changed, 0);
                true
            }
            None => {
                self.row = None;
                false
            }
        }
    }

    /// Takes the items of the row from the pool, those from `changed` on, and cuts it; `gone` of it are.
    #[inline(always)]
    fn load(&mut self, changed: usize, gone: usize) {
        // With some of the items of one row and some of another nothing right could be given.
        let guard = EndOnPanic(&mut self.row);
        if let Some(row) = guard.0 {
            // Over all places, so that the loop can be unrolled: only at places that are known can the row be kept in registers.
            for (i, item) in row.iter_mut().enumerate() {
                if changed <= i && i + 1 < N {
                    item.clone_from(&self.pool[self.walk.places[i]]);
                }
            }
        }
        mem::forget(guard);
        self.walk.cut(gone, &mut self.pool);
    }

    /// As [`remaining`](Self::remaining), if it has begun.
    fn left(&self) -> Option<u128> {
        if N == 0 {
            return Some(u128::from(self.source.is_some()));
        }
        if self.row.is_some() { self.walk.remaining(&self.pool) } else { Some(0) }
    }
}

impl<I: Iterator<Item: Clone>, O: Order, const N: usize> Ranges for Arrays<I, O, N> {
    type Part = Arrays<Empty<I::Item>, O, N>;

    fn copy(&mut self) -> Self::Part {
        if N > 0 && self.row.is_none() {
            self.begin();
        }
        let source = self.source.as_ref().map(|_| iter::empty());
        Arrays { source, pool: self.pool.clone(), walk: self.walk.clone(), row: self.row.clone() }
    }

    fn remaining(&mut self) -> Option<u128> {
        self.remaining()
    }

    fn keep(&mut self, range: impl RangeBounds<u128>) {
        if N == 0 {
            self.source.take_if(|_| !range.contains(&0));
            return;
        }
        if self.row.is_none() {
            self.begin();
        }
        if self.row.is_some() {
            match self.walk.keep(range, &mut self.pool) {
                Some((changed, gone)) => self.load(changed, gone),
                None => self.row = None,
            }
        }
    }
}

impl<I: Iterator<Item: Clone>, O: Order, const N: usize> Iterator for Arrays<I, O, N> {
    type Item = [I::Item; N];

    // Always: at its size the compiler may decide against it, and then each item goes through memory, four times slower. For
    // the same reason a new row's first item is taken here: a loop around all of it is harder to see through.
    #[inline(always)]
    fn next(&mut self) -> Option<[I::Item; N]> {
        if N == 0 {
            self.source.take()?;
            return Some(array::from_fn(|_| unreachable!("an empty array has no items")));
        }
        if self.row.is_none() {
            hint::cold_path();
            if !self.begin() {
                return None;
            }
        }
        let mut last = self.walk.order.next_last(&self.pool);
        if last.is_none() {
            hint::cold_path();
            if !self.carry() {
                return None;
            }
            last = self.walk.order.next_last(&self.pool);
        }
        Some(with_last(self.row.as_ref()?, last?))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<[I::Item; N]> {
        // What has no number is reached by steps.
        if n < WORTH_A_JUMP || self.remaining().is_none() {
            for _ in 0..n {
                self.next()?;
            }
        } else {
            self.keep(n as u128..);
        }
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if N == 0 {
            let left = usize::from(self.source.is_some());
            return (left, Some(left));
        }
        match &self.source {
            Some(source) => {
                let (low, high) = source.size_hint();
                let total = |n| usize::try_from(O::total(n, N)?).ok();
                (total(low).unwrap_or(usize::MAX), high.and_then(total))
            }
            None if self.row.is_some() => self.walk.size_hint(&self.pool),
            None => (0, Some(0)),
        }
    }

    fn count(mut self) -> usize {
        match self.remaining().and_then(|left| usize::try_from(left).ok()) {
            Some(left) => left,
            None => self.fold(0, |n, _| n + 1),
        }
    }

    fn last(mut self) -> Option<[I::Item; N]> {
        match self.remaining() {
            Some(left) => self.range(left.checked_sub(1)?..).next(),
            None => self.fold(None, |_, array| Some(array)),
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
            if let Some(three) = self.walk.pass_three() {
                let three = three.map(|place| &self.pool[place]);
                for order in ARRANGEMENTS {
                    acc = g(acc, with_three(row, order.map(|i| three[i])));
                }
                if !self.carry() {
                    break;
                }
                continue;
            }
            // A copy that nothing else can reach: the compiler keeps it in registers.
            let row = row.clone();
            acc = self.walk.order.rest(&self.pool).fold(acc, |acc, last| g(acc, with_last(&row, last)));
            if !self.carry() {
                break;
            }
        }
        acc
    }
}

/// To find a choice by its number takes about as long as so many steps.
const WORTH_A_JUMP: usize = 64;

impl<I: Iterator<Item: Clone>, O: Order, const N: usize> FusedIterator for Arrays<I, O, N> {}
