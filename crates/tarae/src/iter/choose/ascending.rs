//! Choices whose places ascend.

use super::Order;
use super::counts::{binomial, multichoose};
use super::order::sealed::Rows;
use super::stretch::Stretch;

/// The order of combinations: each place is at least `GAP` behind the one before it.
///
/// 1 is that of [`combinations`](super::super::combinations), 0 of
/// [`combinations_with_replacement`](super::super::combinations_with_replacement). Once a place is chosen, what is left is again a
/// choice of fewer places from fewer items: so its number can be found, and it by its number.
#[derive(Clone, Debug, Default)]
pub struct AscendingOrder<const GAP: usize>(Stretch);

impl Order for AscendingOrder<0> {}
impl Order for AscendingOrder<1> {}

impl<const GAP: usize> AscendingOrder<GAP> {
    /// How many choices of `k` from `n` have their first place before `first`.
    fn before(first: usize, n: usize, k: usize) -> Option<u128> {
        match Self::total(n, k) {
            // All, but for those that are left when the pool begins at `first`.
            Some(all) => Some(all - Self::total(n - first, k)?),
            None => (0..first)
                .try_fold(0_u128, |sum, place| sum.checked_add(Self::total(n - place - GAP, k - 1)?)),
        }
    }

    /// The first place of choice number `index` of `k` from `n`.
    fn first(index: u128, n: usize, k: usize) -> usize {
        let (mut at, mut beyond) = (0, n);
        if Self::total(n, k).is_none() {
            // The numbers of the choices are too large to be halved; but then so many of them begin with each place that
            // the place is not far.
            let mut left = index;
            while let Some(with) = Self::total(n - at - GAP, k - 1).filter(|with| *with <= left) {
                left -= with;
                at += 1;
            }
            return at;
        }
        // The last place that has no more than `index` choices before it.
        while beyond - at > 1 {
            let middle = at + (beyond - at) / 2;
            if Self::before(middle, n, k).is_some_and(|before| before <= index) {
                at = middle;
            } else {
                beyond = middle;
            }
        }
        at
    }

    /// Where the row of `places` begins in the pool.
    fn row_start(places: &[usize]) -> usize {
        places.len().checked_sub(2).map_or(0, |i| places[i] + GAP)
    }
}

impl<const GAP: usize> Rows for AscendingOrder<GAP> {
    fn total(n: usize, k: usize) -> Option<u128> {
        if GAP == 0 { multichoose(n as u128, k as u128) } else { binomial(n as u128, k as u128) }
    }

    fn unrank(mut index: u128, n: usize, places: &mut [usize]) {
        let (mut from, k) = (0, places.len());
        for (i, place) in places.iter_mut().enumerate() {
            let first = Self::first(index, n - from, k - i);
            // Less than the index, which fits.
            index -= Self::before(first, n - from, k - i).unwrap_or(0);
            *place = from + first;
            from = *place + GAP;
        }
    }

    fn row_rank(n: usize, places: &[usize]) -> Option<u128> {
        let (mut from, k) = (0, places.len());
        places[..k - 1].iter().enumerate().try_fold(0_u128, |index, (i, place)| {
            let before = Self::before(place - from, n - from, k - i)?;
            from = place + GAP;
            index.checked_add(before)
        })
    }

    fn row_len(n: usize, places: &[usize]) -> usize {
        n - Self::row_start(places)
    }

    fn open(_: usize, places: &[usize]) -> Self {
        AscendingOrder(Stretch(places[places.len() - 1]))
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
        // Behind it there must be room for the later ones.
        let i = (0..others).rev().find(|i| places[*i] + 1 + GAP * (others - i) < n)?;
        let place = places[i] + 1;
        // Over all of them, so that the loop can be unrolled, as where the items are taken.
        for (later, other) in places.iter_mut().enumerate().take(others) {
            if i <= later {
                *other = place + GAP * (later - i);
            }
        }
        self.0 = Stretch(place + GAP * (others - i));
        Some(i)
    }

    #[inline(always)]
    fn truncate<T>(&mut self, pool: &mut Vec<T>, left: usize) {
        self.0.truncate(pool, left);
    }
}
