//! Products, combinations and permutations.

use itertools::Itertools;
use proptest::prelude::*;
use tarae::iter::{
    combination_slices, combination_with_replacement_slices, combinations, combinations_with_replacement,
    permutation_slices, permutations, product, product_slices,
};

fn vecs<T, const N: usize>(arrays: impl Iterator<Item = [T; N]>) -> Vec<Vec<T>> {
    arrays.map(Vec::from).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn slices_are_their_vecs(pool in proptest::collection::vec(any::<u8>(), 0..7), k in 0..5_usize) {
        let pool = || pool.iter().copied();
        let theirs = (0..k).map(|_| pool()).multi_cartesian_product();
        prop_assert!(product_slices(pool(), k).collect_slices().eq(theirs));
        prop_assert!(combination_slices(pool(), k).collect_slices().eq(pool().combinations(k)));
        let theirs = pool().combinations_with_replacement(k);
        prop_assert!(combination_with_replacement_slices(pool(), k).collect_slices().eq(theirs));
        prop_assert!(permutation_slices(pool(), k).collect_slices().eq(pool().permutations(k)));
    }

    #[test]
    fn arrays_are_their_vecs(pool in proptest::collection::vec(any::<u8>(), 0..7)) {
        let pool = || pool.iter().copied();
        prop_assert_eq!(vecs(product::<3, _>(pool())), pool().cartesian_product(pool()).cartesian_product(pool())
            .map(|((a, b), c)| vec![a, b, c]).collect_vec());
        prop_assert_eq!(vecs(combinations::<3, _>(pool())), pool().combinations(3).collect_vec());
        prop_assert!(combinations::<2, _>(pool()).eq(pool().array_combinations()));
        let theirs = pool().combinations_with_replacement(3).collect_vec();
        prop_assert_eq!(vecs(combinations_with_replacement::<3, _>(pool())), theirs);
        prop_assert_eq!(vecs(permutations::<5, _>(pool())), pool().permutations(5).collect_vec());
    }

    #[test]
    fn a_jump_is_as_many_steps(pool in proptest::collection::vec(any::<u8>(), 0..9), n in 0..800_usize) {
        let pool = || pool.iter().copied();
        prop_assert_eq!(permutations::<4, _>(pool()).nth(n).map(Vec::from), pool().permutations(4).nth(n));
        let ours = combinations_with_replacement::<4, _>(pool()).nth(n).map(Vec::from);
        prop_assert_eq!(ours, pool().combinations_with_replacement(4).nth(n));
    }
}
