//! Products, combinations and permutations pull everything, once, and only when something is asked of them.

use crate::support::counted;
use std::cell::Cell;
use std::num::NonZeroUsize;
use tarae::iter::{
    combination_slices, combinations, combinations_with_replacement, permutation_slices, permutations,
};

#[test]
fn building_pulls_nothing() {
    let pulled = Cell::new(0);
    let _ = combinations::<2, _>(counted(&pulled));
    let _ = combinations_with_replacement::<2, _>(counted(&pulled)).size_hint();
    let _ = permutations::<2, _>(counted(&pulled)).split(NonZeroUsize::MIN);
    let _ = combination_slices(counted(&pulled), 2).map_slices(|_| panic!("called"));
    let _ = permutation_slices(counted(&pulled), 2).collect_slices();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn asking_pulls_all_and_once() {
    let pulled = Cell::new(0);
    let mut pairs = combinations::<2, _>(counted(&pulled));
    assert_eq!((pairs.remaining(), pulled.get()), (Some(4950), 100));
    assert_eq!((pairs.next(), pairs.count(), pulled.get()), (Some([1, 2]), 4949, 100));

    pulled.set(0);
    let mut halves = permutations::<2, _>(counted(&pulled)).split(NonZeroUsize::new(2).unwrap());
    assert_eq!((halves.next().map(Iterator::count), pulled.get()), (Some(4950), 100));
    assert_eq!((halves.next().map(Iterator::count), pulled.get()), (Some(4950), 100));

    pulled.set(0);
    let mut slices = combination_slices(counted(&pulled), 99);
    assert_eq!((slices.nth_slice(99).map(<[u32]>::len), pulled.get()), (Some(99), 100));
    assert_eq!((slices.next_slice(), pulled.get()), (None, 100));
}

#[test]
fn choosing_nothing_pulls_nothing() {
    fn never() -> impl Iterator<Item = u8> {
        std::iter::from_fn(|| panic!("pulled"))
    }
    assert!(combinations::<0, _>(never()).eq([[]]));
    assert_eq!(permutations::<0, _>(never()).remaining(), Some(1));
    assert_eq!(permutations::<0, _>(never()).range(1..).next(), None);
    assert_eq!(combination_slices(never(), 0).split(NonZeroUsize::new(3).unwrap()).count(), 3);
    let mut once = permutation_slices(never(), 0);
    assert_eq!(once.next_slice(), Some(&[][..]));
    assert_eq!(once.next_slice(), None);
}
