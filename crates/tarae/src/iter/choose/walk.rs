//! Where a way through all choices is.

use super::order::sealed::Rows;
use std::ops::{Bound, RangeBounds};

/// Where it is: the row, the places of its choices but the last, and where it ends.
///
/// The places are an array, or a `Vec` where their number is known only at run time. There is at least one. The pool is kept by
/// whoever keeps this, since its items are not this type's business; it has `n` items, until the last row is cut.
///
/// | state | `end` | `n` | left by |
/// |---|---|---|---|
/// | on the way to the last choice of all | none | the pool's length | `keep`: to one of the others |
/// | on the way to the row of an end | some | the pool's length | `cut`, when it is there: to the last row |
/// | in the last row, which is cut | some | 0 | |
#[derive(Clone, Debug)]
pub(super) struct Walk<O, P> {
    pub(super) order: O,
    // The last of them is where the row was opened, and not kept up to date.
    pub(super) places: P,
    // In the last row none, so that no other comes after it.
    n: usize,
    end: Option<End<P>>,
}

/// The last choice that belongs to it, if that is not the last of all.
#[derive(Clone, Debug)]
struct End<P> {
    // Not the number behind it, which a `u128` may not have.
    index: u128,
    places: P,
    // So many of its row, with it, belong to it.
    in_row: usize,
}

impl<O: Rows, P: AsRef<[usize]> + AsMut<[usize]> + Clone> Walk<O, P> {
    /// The first row of `n` items, and its places; none if there is no choice. `places` says how many.
    pub(super) fn first(n: usize, mut places: P) -> Option<(O, P)> {
        if O::total(n, places.as_ref().len()) == Some(0) {
            return None;
        }
        O::unrank(0, n, places.as_mut());
        Some((O::open(n, places.as_ref()), places))
    }

    /// At the [first](Self::first) row.
    // Apart from it, and inlined: where no range is asked for, the compiler sees that there is never an end.
    #[inline(always)]
    pub(super) fn new(n: usize, (order, places): (O, P)) -> Self {
        Walk { order, places, n, end: None }
    }

    /// On to the next row, with the first of the places that changed. None: that was the last row. Once the items of the
    /// row have been taken from the pool, [cut](Self::cut) it; nothing of it is gone.
    // Always: what a call that is not inlined is lent cannot be kept in registers.
    #[inline(always)]
    pub(super) fn carry(&mut self) -> Option<usize> {
        if self.is_cut() {
            return None;
        }
        self.order.carry(self.n, self.places.as_mut())
    }

    /// If the row has the last choice that belongs to it, ends the row there. So the pool may be shorter
    /// afterwards. `gone` says how many choices of the row are.
    #[inline(always)]
    pub(super) fn cut<T>(&mut self, gone: usize, pool: &mut Vec<T>) {
        let Some(end) = &self.end else { return };
        let others = self.places.as_ref().len() - 1;
        let mut pairs = self.places.as_ref().iter().zip(end.places.as_ref()).take(others);
        if !self.is_cut() && pairs.all(|(place, end)| place == end) {
            self.order.truncate(pool, end.in_row.saturating_sub(gone));
            self.n = 0;
        }
    }

    /// Whether it ends before the last of all choices.
    #[inline(always)]
    pub(super) fn has_end(&self) -> bool {
        self.end.is_some()
    }

    #[inline(always)]
    fn is_cut(&self) -> bool {
        self.n == 0
    }

    /// As [`Rows::pass_three`].
    #[inline(always)]
    pub(super) fn pass_three(&mut self) -> Option<[usize; 3]> {
        if self.end.is_some() {
            return None;
        }
        self.order.pass_three(self.n, self.places.as_mut())
    }

    /// How many choices of the row are gone. Not in a row that has been cut.
    fn gone<T>(&self, pool: &[T]) -> usize {
        O::row_len(self.n, self.places.as_ref()) - self.order.rest(pool).count()
    }

    /// The number of the next choice, among all; none if a `u128` cannot say. Not in a row that has been cut.
    fn index<T>(&self, pool: &[T]) -> Option<u128> {
        O::row_rank(self.n, self.places.as_ref())?.checked_add(self.gone(pool) as u128)
    }

    /// How many choices are left; none if a `u128` cannot say.
    pub(super) fn remaining<T>(&self, pool: &[T]) -> Option<u128> {
        match &self.end {
            Some(_) if self.is_cut() => Some(self.order.rest(pool).count() as u128),
            Some(end) => end.index.checked_sub(self.index(pool)?)?.checked_add(1),
            None => O::total(self.n, self.places.as_ref().len())?.checked_sub(self.index(pool)?),
        }
    }

    /// How many are left, as an iterator says it.
    pub(super) fn size_hint<T>(&self, pool: &[T]) -> (usize, Option<usize>) {
        let fits = |n: u128| usize::try_from(n).ok();
        match self.remaining(pool) {
            Some(left) => (fits(left).unwrap_or(usize::MAX), fits(left)),
            // At least those that have a number: few of them, after a jump to where a `u128` ends.
            None => {
                let least = self.index(pool).map_or(0, |index| (u128::MAX - index).saturating_add(1));
                (fits(least).unwrap_or(usize::MAX), None)
            }
        }
    }

    /// Keeps of the choices that are left those in a range, and gives the first of the places that changed and how many of
    /// their row are gone: as with [`carry`](Self::carry), take their items from the pool and [cut](Self::cut)
    /// the row. None: there are none left.
    pub(super) fn keep<T>(
        &mut self,
        range: impl RangeBounds<u128>,
        pool: &mut Vec<T>,
    ) -> Option<(usize, usize)> {
        let skip = match range.start_bound() {
            Bound::Included(first) => *first,
            Bound::Excluded(before) => before.checked_add(1)?,
            Bound::Unbounded => 0,
        };
        let last = match range.end_bound() {
            Bound::Included(last) => Some(*last),
            Bound::Excluded(end) => Some(end.checked_sub(1)?),
            Bound::Unbounded => None,
        };
        let remaining = self.remaining(pool);
        if remaining.is_some_and(|remaining| remaining <= skip) || last.is_some_and(|last| last < skip) {
            return None;
        }
        // If that is the last anyway, there is no need for an end.
        let last = last.filter(|last| remaining.is_none_or(|remaining| *last < remaining - 1));
        if self.is_cut() {
            // What is left is of this row, so the numbers are small.
            for _ in 0..skip {
                self.order.next_last(pool);
            }
            if let Some(last) = last {
                self.order.truncate(pool, (last - skip) as usize + 1);
            }
            return Some((self.places.as_ref().len(), 0));
        }
        // Beyond a `u128` nothing can be reached by its number.
        let index = self.index(pool)?;
        let first = index.checked_add(skip)?;
        if let Some(last) = last {
            // All numbers are there: either they are counted, or there are more of them than a `u128` has.
            let index = index.saturating_add(last);
            let mut places = self.places.clone();
            O::unrank(index, self.n, places.as_mut());
            // No more than the row has, which is no longer than the pool.
            let in_row = (index - O::row_rank(self.n, places.as_ref())?) as usize + 1;
            self.end = Some(End { index, places, in_row });
        }
        if skip > 0 {
            O::unrank(first, self.n, self.places.as_mut());
            self.order = O::open(self.n, self.places.as_ref());
        }
        Some((0, self.gone(pool)))
    }
}

/// Sets to none what it was lent, unless it is forgotten first.
pub(super) struct EndOnPanic<'a, R>(pub(super) &'a mut Option<R>);

impl<R> Drop for EndOnPanic<'_, R> {
    fn drop(&mut self) {
        *self.0 = None;
    }
}
