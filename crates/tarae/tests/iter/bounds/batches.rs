//! Batches: no length wraps around, and no room is made for items that cannot come.

use std::iter::repeat;
use std::num::NonZeroUsize;

use tarae::iter::{batched, batched_array};

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();
const MAX: usize = usize::MAX;

#[test]
fn lengths_do_not_wrap() {
    assert_eq!(batched(repeat(1), TWO).size_hint(), (MAX / 2 + 1, None));
    assert_eq!(batched(repeat(1), TWO).strict().size_hint(), (MAX / 2 + 1, None));
    assert_eq!(batched(0..MAX, NonZeroUsize::MAX).size_hint(), (1, Some(1)));
    assert_eq!(batched(0..MAX, NonZeroUsize::MIN).size_hint(), (MAX, Some(MAX)));
    assert_eq!(batched_array::<2, _>(0..MAX).size_hint(), (MAX / 2, Some(MAX / 2)));
    assert_eq!(batched_array::<2, _>(0..MAX).strict().size_hint(), (MAX / 2 + 1, Some(MAX / 2 + 1)));
}

#[test]
fn room_is_for_items_and_not_for_n() {
    for n in [NonZeroUsize::MAX, NonZeroUsize::new(1 << 40).unwrap()] {
        let batch = batched(0..10, n).next().unwrap();
        assert!((batch.len(), batch.capacity()) == (10, 10), "{}", batch.capacity());
        let batch = batched((0..10).filter(|_| true), n).next().unwrap();
        assert!(batch.len() == 10 && batch.capacity() <= 20, "{}", batch.capacity());
        batched((0..10).filter(|_| true), n).for_each(|batch| {
            assert!(batch.len() == 10 && batch.capacity() <= 20, "{}", batch.capacity());
        });
    }
    // Where the length is known, it is just enough.
    batched(0..10, TWO).for_each(|batch| assert_eq!(batch.capacity(), 2));
    for batch in batched(0..9, NonZeroUsize::new(4).unwrap()) {
        assert_eq!(batch.capacity(), batch.len());
    }
    // And where it is not, from the second batch on.
    let hundred = NonZeroUsize::new(100).unwrap();
    let mut batches = batched((0..1000).filter(|_| true), hundred);
    assert!(batches.next().is_some());
    for batch in batches {
        assert_eq!(batch.capacity(), 100);
    }
}

#[test]
fn jumps_do_not_wrap() {
    assert_eq!(batched(0..10, TWO).nth(MAX), None);
    assert_eq!(batched(0..10, NonZeroUsize::MAX).nth(MAX), None);
    let big = NonZeroUsize::new(1 << (usize::BITS / 2)).unwrap();
    // The last of them, which is one item short.
    let last = batched(0..MAX, TWO).nth(MAX / 2);
    assert_eq!(last, Some(vec![MAX - 1]));
    assert_eq!(batched(0..MAX, big).nth(big.get()), None);
    assert_eq!(batched(0..MAX, TWO).nth(MAX / 2 + 1), None);
}
