//! Batches: how much is pulled, and when.

use std::cell::Cell;
use std::num::NonZeroUsize;

use crate::support::counted;
use tarae::iter::{IterExt, batched, batched_array};

const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();

#[test]
fn building_pulls_nothing() {
    let pulled = Cell::new(0);
    let _ = batched(counted(&pulled), THREE).size_hint();
    let _ = counted(&pulled).batched(THREE).strict().size_hint();
    let _ = batched_array::<3, _>(counted(&pulled)).size_hint();
    let _ = counted(&pulled).batched_array::<3>().strict().size_hint();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn a_batch_is_pulled_for_a_batch() {
    let pulled = Cell::new(0);
    let mut batches = batched(counted(&pulled), THREE);
    for n in [3, 6, 9] {
        assert_eq!(batches.next().unwrap()[2], n as u32);
        assert_eq!(pulled.get(), n);
    }
    assert_eq!((batches.nth(2), pulled.get()), (Some(vec![16, 17, 18]), 18));
    // Also of a source that does not know its length.
    let pulled = Cell::new(0);
    let mut batches = batched(counted(&pulled).filter(|x| x % 2 == 0), THREE);
    assert_eq!((batches.next().unwrap(), pulled.get()), (vec![2, 4, 6], 6));

    let pulled = Cell::new(0);
    let mut batches = batched_array(counted(&pulled));
    assert_eq!((batches.next(), pulled.get()), (Some([1, 2, 3]), 3));
    assert_eq!((batches.nth(1), pulled.get()), (Some([7, 8, 9]), 9));
    // The error comes after the batches, as in Python.
    let mut strict = batches.strict();
    assert_eq!((strict.next(), pulled.get()), (Some(Ok([10, 11, 12])), 12));
}

#[test]
fn folds_pull_as_late_as_steps() {
    let pulled = Cell::new(0);
    let late = |batch: &[u32]| assert_eq!(pulled.get(), *batch.last().unwrap() as usize);
    batched(counted(&pulled), THREE).for_each(|batch| late(&batch));
    assert_eq!(pulled.replace(0), 100);
    batched(counted(&pulled).filter(|_| true), THREE).for_each(|batch| late(&batch));
    assert_eq!(pulled.replace(0), 100);
    batched_array::<3, _>(counted(&pulled)).for_each(|batch| late(&batch));
    assert_eq!(pulled.replace(0), 100);
    batched_array::<3, _>(counted(&pulled).filter(|_| true)).for_each(|batch| late(&batch));
    assert_eq!(pulled.get(), 100);
}
