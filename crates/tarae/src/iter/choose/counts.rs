//! How many choices there are, and which is which: numbers that may be larger than any integer type.

/// `value * factor / divisor`, where that is a whole number; none if it does not fit.
fn scaled(value: u128, factor: u128, divisor: u128) -> Option<u128> {
    // The factors are less than 2^65, so only the first product can be too large.
    let (whole, rest) = (value / divisor, value % divisor);
    whole.checked_mul(factor)?.checked_add(rest * factor / divisor)
}

/// How many ways there are to choose `k` of `n`.
pub(super) fn binomial(n: u128, k: u128) -> Option<u128> {
    if k > n {
        return Some(0);
    }
    // Each is at least twice the one before up to here, so this is over soon or does not fit.
    (0..k.min(n - k)).try_fold(1, |ways, i| scaled(ways, n - i, i + 1))
}

/// How many ways there are to choose `k` of `n` with repetition.
pub(super) fn multichoose(n: u128, k: u128) -> Option<u128> {
    if k == 0 { Some(1) } else { n.checked_sub(1).map_or(Some(0), |n| binomial(n + k, k)) }
}

/// How many ways there are to arrange `k` of `n`.
pub(super) fn arrangements(n: usize, k: usize) -> Option<u128> {
    if k > n {
        return Some(0);
    }
    (0..k).try_fold(1_u128, |ways, i| ways.checked_mul((n - i) as u128))
}

/// How many ways there are to choose `k` of `n`, again and again.
pub(super) fn power(n: usize, k: usize) -> Option<u128> {
    // An exponent that does not fit makes no difference: 0 and 1 stay what they are, the rest overflows.
    (n as u128).checked_pow(u32::try_from(k).unwrap_or(u32::MAX))
}

/// The numbers of choices whose places ascend, in the order of their places.
///
/// Once a place is chosen, the next one is at least `gap` further on, and what is left is again a choice of fewer places
/// from fewer items.
#[derive(Clone, Copy)]
pub(super) struct Ascending {
    /// 1 if all places differ, 0 if they need not.
    pub(super) gap: usize,
    /// How many choices of so many from so many there are.
    pub(super) total: fn(u128, u128) -> Option<u128>,
}

impl Ascending {
    fn total(self, n: usize, k: usize) -> Option<u128> {
        (self.total)(n as u128, k as u128)
    }

    /// How many choices of `k` from `n` have their first place before `first`.
    fn before(self, first: usize, n: usize, k: usize) -> Option<u128> {
        match self.total(n, k) {
            // All, but for those that are left when the pool begins at `first`.
            Some(all) => Some(all - self.total(n - first, k)?),
            None => (0..first)
                .try_fold(0_u128, |sum, place| sum.checked_add(self.total(n - place - self.gap, k - 1)?)),
        }
    }

    /// The first place of choice number `index` of `k` from `n`.
    fn first(self, index: u128, n: usize, k: usize) -> usize {
        let (mut at, mut beyond) = (0, n);
        if self.total(n, k).is_none() {
            // The numbers of the choices are too large to be halved; but then so many of them begin with each place that
            // the place is not far.
            let mut left = index;
            while let Some(with) = self.total(n - at - self.gap, k - 1).filter(|with| *with <= left) {
                left -= with;
                at += 1;
            }
            return at;
        }
        // The last place that has no more than `index` choices before it.
        while beyond - at > 1 {
            let middle = at + (beyond - at) / 2;
            if self.before(middle, n, k).is_some_and(|before| before <= index) {
                at = middle;
            } else {
                beyond = middle;
            }
        }
        at
    }

    /// The places of choice number `index`, which must be less than the total.
    pub(super) fn unrank(self, mut index: u128, n: usize, places: &mut [usize]) {
        let (mut from, k) = (0, places.len());
        for (i, place) in places.iter_mut().enumerate() {
            let first = self.first(index, n - from, k - i);
            // Less than the index, which fits.
            index -= self.before(first, n - from, k - i).unwrap_or(0);
            *place = from + first;
            from = *place + self.gap;
        }
    }

    /// The number of the first choice whose places but the last are these.
    pub(super) fn row_rank(self, n: usize, places: &[usize]) -> Option<u128> {
        let (mut from, k) = (0, places.len());
        places[..k - 1].iter().enumerate().try_fold(0_u128, |index, (i, place)| {
            let before = self.before(place - from, n - from, k - i)?;
            from = place + self.gap;
            index.checked_add(before)
        })
    }

    /// Where the row of `places` begins in the pool.
    pub(super) fn row_start(self, places: &[usize]) -> usize {
        places.len().checked_sub(2).map_or(0, |i| places[i] + self.gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_choices() {
        assert_eq!(binomial(48, 4), Some(194_580));
        assert_eq!((binomial(3, 4), binomial(0, 0), binomial(7, 7)), (Some(0), Some(1), Some(1)));
        assert_eq!((multichoose(3, 2), multichoose(0, 0), multichoose(0, 3)), (Some(6), Some(1), Some(0)));
        assert_eq!((arrangements(9, 9), arrangements(2, 3)), (Some(362_880), Some(0)));
        assert_eq!((power(0, 0), power(0, usize::MAX), power(1, usize::MAX)), (Some(1), Some(0), Some(1)));
    }

    #[test]
    fn the_largest_that_fit() {
        // The middle of Pascal's triangle, by its own rule.
        let mut row = vec![Some(1_u128)];
        for n in 0..=140 {
            for (k, ways) in row.iter().enumerate() {
                assert_eq!(binomial(n, k as u128), *ways, "{k} of {n}");
            }
            let inner = row.windows(2).map(|pair| pair[0]?.checked_add(pair[1]?));
            row = [Some(1)].into_iter().chain(inner).chain([Some(1)]).collect();
        }
        assert_eq!(binomial(u64::MAX.into(), 2), Some((1 << 127) - 3 * (1 << 63) + 1));
        assert_eq!(multichoose(u64::MAX.into(), u64::MAX.into()), None);
        assert_eq!(multichoose(2, u64::MAX.into()), Some(1 << 64));
    }
}
