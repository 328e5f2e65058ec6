//! Products, combinations and permutations.

use crate::support::{cases, parse};
use tarae::iter::{
    combination_slices, combination_with_replacement_slices, combinations, combinations_with_replacement,
    permutation_slices, permutations, product, product_slices,
};

const RECORDED: &str = include_str!("../../data/iter_outputs/choose.txt");

/// As it was recorded: each choice a word.
fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(",")
}

/// Both forms give what Python gave.
macro_rules! as_recorded {
    ($($test:ident: $array:ident, $slices:ident;)*) => {$(
        #[test]
        fn $test() {
            cases(RECORDED, stringify!($array), |fields| {
                let [pool, k, n, expected] = fields else { panic!("{fields:?}") };
                let (k, n) = (k.parse().unwrap(), n.parse::<u128>().unwrap());
                let words = || $slices(pool.chars(), k).map_slices(|word| word.iter().collect::<String>());
                assert_eq!(joined(words()), *expected, "{fields:?}");
                assert_eq!($slices(pool.chars(), k).remaining(), Some(n));
                assert_eq!(words().count() as u128, n);
                let (arrays, mut remaining) = match k {
                    0 => (joined($array::<0, _>(pool.chars()).map(String::from_iter)), $array::<0, _>(pool.chars()).remaining()),
                    1 => (joined($array::<1, _>(pool.chars()).map(String::from_iter)), $array::<1, _>(pool.chars()).remaining()),
                    2 => (joined($array::<2, _>(pool.chars()).map(String::from_iter)), $array::<2, _>(pool.chars()).remaining()),
                    3 => (joined($array::<3, _>(pool.chars()).map(String::from_iter)), $array::<3, _>(pool.chars()).remaining()),
                    4 => (joined($array::<4, _>(pool.chars()).map(String::from_iter)), $array::<4, _>(pool.chars()).remaining()),
                    _ => panic!("no array of {k}"),
                };
                assert_eq!(arrays, *expected, "{fields:?}");
                assert_eq!(remaining.take(), Some(n));
            });
        }
    )*};
}

as_recorded! {
    product_like_python: product, product_slices;
    combinations_like_python: combinations, combination_slices;
    replacement_like_python: combinations_with_replacement, combination_with_replacement_slices;
    permutations_like_python: permutations, permutation_slices;
}

/// A jump to a number lands where Python's recipe does.
macro_rules! nth_as_recorded {
    ($($test:ident: $name:literal, $slices:ident, $array:ident;)*) => {$(
        #[test]
        fn $test() {
            cases(RECORDED, $name, |fields| {
                let [n, k, index, expected] = fields else { panic!("{fields:?}") };
                let (n, k, index): (usize, usize, u128) = (n.parse().unwrap(), k.parse().unwrap(), index.parse().unwrap());
                let expected: Vec<usize> = parse(expected);
                assert_eq!($slices(0..n, k).nth_slice(index), Some(&expected[..]), "{fields:?}");
                if k == 4 {
                    assert_eq!($array::<4, _>(0..n).nth(index as usize).as_ref().map(|a| &a[..]), Some(&expected[..]));
                }
                // And it knows where it is.
                let mut jumped = $slices(0..n, k);
                let total = jumped.remaining();
                jumped.nth_slice(index);
                assert_eq!(jumped.remaining(), total.map(|total| total - index - 1), "{fields:?}");
            });
        }
    )*};
}

nth_as_recorded! {
    nth_product_like_python: "nth_product", product_slices, product;
    nth_combination_like_python: "nth_combination", combination_slices, combinations;
    nth_replacement_like_python: "nth_replacement", combination_with_replacement_slices, combinations_with_replacement;
    nth_permutation_like_python: "nth_permutation", permutation_slices, permutations;
}
