//! How many choices there are, and which is which: numbers that may be larger than any integer type.

/// `value * factor / divisor`, where that is a whole number; none if it does not fit.
fn scaled(value: u128, factor: u128, divisor: u128) -> Option<u128> {
    // The factor is less than 2^65, the rest less than the divisor, which is small: only the first product can be too large.
    let (whole, rest) = (value / divisor, value % divisor);
    whole.checked_mul(factor)?.checked_add(rest * factor / divisor)
}

/// How many ways there are to choose `k` of `n`.
pub(super) fn binomial(n: u128, k: u128) -> Option<u128> {
    if k > n {
        return Some(0);
    }
    // Up to here there are at least 2^i ways to choose `i`, so this is over soon or does not fit.
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
