//! Products, combinations and permutations.

use super::all;
use std::num::NonZeroUsize;
use tarae::iter::choose::{Arrays, CombinationOrder, MapSlices, Split};
use tarae::iter::{
    CombinationSlices, CombinationWithReplacementSlices, Combinations, CombinationsWithReplacement,
    PermutationSlices, Permutations, Product, ProductSlices, combination_slices, combinations,
    combinations_with_replacement, permutations,
};

#[test]
fn they_have_what_their_parts_have() {
    all(&combinations::<2, _>([1, 2]));
    all(&combinations_with_replacement::<2, _>([1, 2]));
    all(&permutations::<2, _>([1, 2]));
    all(&permutations::<2, _>([1, 2]).split(NonZeroUsize::MIN));
    all(&combination_slices([1, 2], 2));
    all(&combination_slices([1, 2], 2).map_slices(<[i32]>::len));
}

/// The source stays behind: a part can go to another thread whatever it was.
#[test]
fn a_part_needs_nothing_of_its_source() {
    let not_send = std::rc::Rc::new(3);
    let source = (0..3).map(move |n| n + *not_send);
    let parts = combinations::<2, _>(source).split(NonZeroUsize::new(2).unwrap());
    let counts = parts.map(|part| std::thread::spawn(move || part.count()).join().unwrap());
    assert!(counts.eq([2, 1]));
}

#[test]
fn they_can_be_named() {
    type Source = std::ops::Range<u8>;
    struct Held {
        _product: Product<Source, 2>,
        _combinations: Combinations<Source, 2>,
        _replacement: CombinationsWithReplacement<Source, 2>,
        _permutations: Permutations<Source, 2>,
        _products: ProductSlices<Source>,
        _combination_slices: CombinationSlices<Source>,
        _replacement_slices: CombinationWithReplacementSlices<Source>,
        _permutation_slices: PermutationSlices<Source>,
        _lengths: MapSlices<Source, CombinationOrder, fn(&[u8]) -> usize>,
        _parts: Split<Arrays<Source, CombinationOrder, 2>>,
    }
    fn is_send<T: Send>() {}
    is_send::<Held>();
}
