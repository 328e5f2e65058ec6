//! compress, zip_strict, roundrobin.

use itertools::{EitherOrBoth, Itertools};
use proptest::prelude::*;

use tarae::iter::{Uneven, compress, roundrobin, zip_strict};

proptest! {
    #[test]
    fn compress_is_zip_and_filter(data: Vec<u8>, selectors: Vec<bool>) {
        let expected = data.iter().zip(&selectors).filter(|(_, selected)| **selected).map(|(x, _)| x);
        prop_assert!(compress(&data, selectors.iter().copied()).eq(expected));
    }

    #[test]
    fn zip_strict_is_zip_longest_up_to_the_first_without_a_partner(a: Vec<u8>, b: Vec<u16>) {
        let mut alone = false;
        let longest = a.iter().zip_longest(&b).take_while(|pair| {
            let first = !alone;
            alone = !pair.has_left() || !pair.has_right();
            first
        });
        let expected = longest.map(|pair| match pair {
            EitherOrBoth::Both(x, y) => Ok((x, y)),
            EitherOrBoth::Left(x) => Err(Uneven::First(x)),
            EitherOrBoth::Right(y) => Err(Uneven::Second(y)),
        });
        prop_assert!(zip_strict(&a, &b).eq(expected));
    }

    #[test]
    fn zip_strict_of_one_length_is_zip_eq(pairs: Vec<(u8, u16)>) {
        let (a, b): (Vec<u8>, Vec<u16>) = pairs.into_iter().unzip();
        prop_assert!(zip_strict(&a, &b).eq(a.iter().zip_eq(&b).map(Ok)));
    }

    #[test]
    fn roundrobin_of_two_is_interleave(a: Vec<u8>, b: Vec<u8>) {
        prop_assert!(roundrobin([&a, &b]).eq(a.iter().interleave(&b)));
    }

    #[test]
    fn roundrobin_is_sorted_by_round(lists in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..6)) {
        let mut numbered: Vec<(usize, usize, u8)> = Vec::new();
        for (turn, list) in lists.iter().enumerate() {
            numbered.extend(list.iter().enumerate().map(|(round, x)| (round, turn, *x)));
        }
        let expected = numbered.into_iter().sorted().map(|(_, _, x)| x);
        prop_assert!(roundrobin(lists).eq(expected));
    }
}
