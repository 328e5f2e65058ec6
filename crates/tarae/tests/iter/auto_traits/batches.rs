//! Batches have what their parts have.

use std::num::NonZeroUsize;

use super::all;
use tarae::iter::{Batched, BatchedArray, BatchedArrayStrict, BatchedStrict, Incomplete};
use tarae::iter::{batched, batched_array};

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

#[test]
fn they_have_what_their_parts_have() {
    all(&batched([1, 2], TWO));
    all(&batched([1, 2], TWO).strict());
    all(&batched_array::<2, _>([1, 2]));
    all(&batched_array::<2, _>([1, 2]).strict());
    all(&batched([1], TWO).strict().next().unwrap().unwrap_err());
}

#[test]
fn they_can_be_named() {
    type Source = std::vec::IntoIter<i32>;
    struct Kept {
        batches: Batched<Source>,
        strict: BatchedStrict<Source>,
        arrays: BatchedArray<Source, 2>,
        strict_arrays: BatchedArrayStrict<Source, 2>,
        error: Option<Incomplete<i32>>,
    }
    let source = || vec![1, 2, 3];
    let mut kept = Kept {
        batches: batched(source(), TWO),
        strict: batched(source(), TWO).strict(),
        arrays: batched_array(source()),
        strict_arrays: batched_array(source()).strict(),
        error: batched(source(), TWO).strict().find_map(Result::err),
    };
    assert_eq!(kept.batches.next(), Some(vec![1, 2]));
    assert_eq!(kept.strict.next(), Some(Ok(vec![1, 2])));
    assert_eq!(kept.arrays.next(), Some([1, 2]));
    assert_eq!(kept.strict_arrays.next(), Some(Ok([1, 2])));
    assert_eq!(kept.error.take().unwrap().into_items(), [3]);
}
