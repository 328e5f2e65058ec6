//! Products, combinations and permutations: every jump, range and part is what stepping gives.

use crate::support::{check, check_exact};
use std::num::NonZeroUsize;
use tarae::iter::choose::{Arrays, Order, Slices};
use tarae::iter::{
    combination_slices, combination_with_replacement_slices, combinations, combinations_with_replacement,
    permutation_slices, permutations, product, product_slices,
};

/// All ranges of it, and all ways to split it, from each place on.
fn check_arrays<I, O: Order, const N: usize>(mut it: Arrays<I, O, N>)
where
    I: Iterator<Item: PartialEq + std::fmt::Debug + Clone> + Clone,
{
    check_exact(it.clone());
    loop {
        let all: Vec<_> = it.clone().collect();
        assert_eq!(it.clone().remaining(), Some(all.len() as u128));
        for from in 0..=all.len() + 1 {
            let end = all.len();
            assert!(it.clone().range(from as u128..).eq(all.iter().skip(from).cloned()), "{from}..");
            for to in from..=end + 1 {
                let mut part = it.clone().range(from as u128..to as u128);
                let expected = &all[from.min(end)..to.min(end)];
                assert_eq!(part.clone().fold(Vec::new(), pushed), expected, "{from}..{to}, folded");
                assert_eq!(part.clone().last().as_ref(), expected.last());
                for (gone, item) in expected.iter().enumerate() {
                    let left = expected.len() - gone;
                    assert_eq!(part.size_hint(), (left, Some(left)), "{from}..{to}");
                    if gone % 3 == 0 {
                        // A range of a range.
                        assert!(part.clone().range(1..).eq(expected[gone + 1..].iter().cloned()));
                        assert!(part.clone().range(..1).eq([item.clone()]));
                        let middle = part.clone().range(1..=2).collect::<Vec<_>>();
                        assert!(middle.iter().eq(expected[gone + 1..].iter().take(2)));
                    }
                    assert_eq!(part.next().as_ref(), Some(item), "{from}..{to}");
                }
                assert_eq!((part.next(), part.next()), (None, None));
            }
        }
        for parts in [1, 2, 3, 7, 50] {
            let lengths: Vec<_> =
                it.clone().split(NonZeroUsize::new(parts).unwrap()).map(Iterator::count).collect();
            assert_eq!(lengths.len(), parts);
            assert!(
                lengths.is_sorted_by(|a, b| a >= b) && lengths[0] - lengths[parts - 1] <= 1,
                "{lengths:?}"
            );
            assert!(it.clone().split(NonZeroUsize::new(parts).unwrap()).flatten().eq(all.iter().cloned()));
        }
        if it.next().is_none() {
            break;
        }
    }
}

fn pushed<T>(mut items: Vec<T>, item: T) -> Vec<T> {
    items.push(item);
    items
}

/// The same of slices, which must be those of the arrays.
fn check_slices<I, J, O: Order, const N: usize>(slices: Slices<I, O>, arrays: Arrays<J, O, N>)
where
    I: Iterator<Item: PartialEq + std::fmt::Debug + Clone> + Clone,
    J: Iterator<Item = I::Item>,
{
    let all: Vec<Vec<I::Item>> = arrays.map(Vec::from).collect();
    assert!(slices.clone().collect_slices().eq(all.iter().cloned()));
    check(slices.clone().collect_slices());
    let mut stepped = slices.clone();
    for choice in &all {
        assert_eq!(stepped.next_slice(), Some(&choice[..]));
    }
    assert_eq!(stepped.next_slice(), None);
    assert_eq!(stepped.next_slice(), None);
    for from in 0..=all.len() {
        assert_eq!(slices.clone().nth_slice(from as u128), all.get(from).map(|choice| &choice[..]));
        for to in from..=all.len() {
            let part = slices.clone().range(from as u128..to as u128);
            assert!(part.clone().collect_slices().eq(all[from..to].iter().cloned()));
            assert_eq!(part.clone().remaining(), Some((to - from) as u128));
            assert_eq!(part.collect_slices().fold(Vec::new(), pushed), all[from..to]);
        }
    }
    for parts in [1, 2, 5] {
        let parts = slices.clone().split(NonZeroUsize::new(parts).unwrap());
        assert!(parts.flat_map(Slices::collect_slices).eq(all.iter().cloned()));
    }
}

macro_rules! agrees {
    ($($test:ident: $array:ident, $slices:ident;)*) => {$(
        #[test]
        fn $test() {
            for n in 0..5 {
                check_arrays($array::<0, _>(0..n));
                check_arrays($array::<1, _>(0..n));
                check_arrays($array::<2, _>(0..n));
                check_arrays($array::<3, _>((0..n).map(|place| place.to_string())));
                check_slices($slices(0..n, 0), $array::<0, _>(0..n));
                check_slices($slices(0..n, 1), $array::<1, _>(0..n));
                check_slices($slices(0..n, 3), $array::<3, _>(0..n));
                let words = || (0..n).map(|place| place.to_string());
                check_slices($slices(words(), 2), $array::<2, _>(words()));
            }
            // The source's length is not known before it has been pulled.
            check($array::<2, _>((0..9).filter(|place| place % 2 == 0)));
        }
    )*};
}

agrees! {
    products_agree: product, product_slices;
    combinations_agree: combinations, combination_slices;
    combinations_with_replacement_agree: combinations_with_replacement, combination_with_replacement_slices;
    permutations_agree: permutations, permutation_slices;
}

/// Six at a time, by `fold`: as stepped, from every place on.
#[test]
fn permutations_of_all_agree() {
    check_arrays(permutations::<4, _>(0..4));
    check_arrays(permutations::<3, _>(["a", "b", "c"].map(String::from)));
    let mut it = permutations::<5, _>(0..5);
    for _ in 0..121 {
        assert!(it.clone().fold(Vec::new(), pushed).into_iter().eq(it.by_ref().clone()));
        it.next();
    }
}

/// Beyond 64 items the places are in more than one word.
#[test]
fn permutations_of_large_pools_agree() {
    for n in [63, 64, 65, 66, 130] {
        let mut by_hand = (0..n).flat_map(|a| (0..n).filter(move |b| *b != a).map(move |b| [a, b]));
        assert!(permutations::<2, _>(0..n).eq(by_hand.by_ref()));
        let folded = permutations::<2, _>(0..n).fold(0, |sum, [a, b]| sum * 31 % 1_000_003 + a * 200 + b);
        let mut stepped = 0;
        for [a, b] in permutations(0..n) {
            stepped = stepped * 31 % 1_000_003 + a * 200 + b;
        }
        assert_eq!(folded, stepped);
        for split in [2, 7, 200] {
            let parts = permutations::<2, _>(0..n).split(NonZeroUsize::new(split).unwrap());
            assert!(parts.flatten().eq(permutations(0..n)));
        }
        let [.., last] = permutations::<2, _>(0..n).last().unwrap();
        assert_eq!(last, n - 2);
    }
}
