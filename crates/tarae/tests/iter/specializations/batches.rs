//! Batches: the fast ways agree with `next`.

use std::num::NonZeroUsize;

use crate::support::{LISTS, check, check_exact};
use tarae::iter::{batched, batched_array};

#[test]
fn batched_agrees() {
    for n in [1, 2, 3, 4, 5, 100, usize::MAX].map(|n| NonZeroUsize::new(n).unwrap()) {
        for list in LISTS {
            check_exact(batched(list.iter().copied(), n));
            check_exact(batched(list.iter().map(|x| x.to_string()), n));
            check_exact(batched(list.iter().copied(), n).strict());
            check(batched(list.iter().copied().filter(|x| x % 2 == 0), n));
            check(batched(list.iter().copied().filter(|x| x % 2 == 0), n).strict());
            // Promises some of them, but not all.
            check(batched(list.iter().copied().chain(list.iter().copied().filter(|x| x % 2 == 0)), n));
            assert!(batched(list.iter().copied(), n).eq(list.chunks(n.get())));
            assert_eq!(batched(list, n).len(), list.len().div_ceil(n.get()));
        }
        check_exact(batched(0..23, n));
        check_exact(batched([(); 23], n));
    }
}

#[test]
fn batched_array_agrees() {
    fn check_all<const N: usize>() {
        for list in LISTS {
            check_exact(batched_array::<N, _>(list.iter().copied()));
            check_exact(batched_array::<N, _>(list.iter().map(|x| x.to_string())));
            check_exact(batched_array::<N, _>(list.iter().copied()).strict());
            check(batched_array::<N, _>(list.iter().copied().filter(|x| x % 2 == 0)));
            check(batched_array::<N, _>(list.iter().copied().filter(|x| x % 2 == 0)).strict());
            let mut batches = batched_array::<N, _>(list.iter().copied());
            assert_eq!(batches.len(), list.len() / N);
            let (whole, rest) = list.as_chunks::<N>();
            assert!(batches.by_ref().eq(whole.iter().copied()));
            assert_eq!(batches.remainder(), rest);
            assert_eq!(batches.into_remainder(), rest);
        }
        check_exact(batched_array::<N, _>(0..23));
        check_exact(batched_array::<N, _>(0..23).strict());
    }
    check_all::<1>();
    check_all::<2>();
    check_all::<3>();
    check_all::<7>();
}

/// The remainder is there whatever has come to the end.
#[test]
fn a_jump_keeps_the_remainder() {
    let mut batches = batched_array::<3, _>(0..8);
    assert_eq!(batches.nth(5), None);
    assert_eq!(batches.remainder(), [6, 7]);
    let mut strict = batched_array::<3, _>(0..8).strict();
    assert_eq!(strict.nth(2).unwrap().unwrap_err().into_items(), [6, 7]);
    assert!(strict.next().is_none());
}

/// A source that has not what it promised is at its end, and what it had comes out.
#[test]
fn a_source_that_promises_too_much() {
    #[derive(Clone)]
    struct Liar(std::ops::Range<u8>);
    impl Iterator for Liar {
        type Item = u8;
        fn next(&mut self) -> Option<u8> {
            self.0.next()
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            (100, None)
        }
    }
    let four = NonZeroUsize::new(4).unwrap();
    for end in 0..9 {
        let expected: Vec<Vec<u8>> = batched(0..end, four).collect();
        assert!(batched(Liar(0..end), four).eq(expected.iter().cloned()));
        let mut folded = Vec::new();
        batched(Liar(0..end), four).for_each(|batch| folded.push(batch));
        assert_eq!(folded, expected);

        let mut batches = batched_array::<4, _>(Liar(0..end));
        assert_eq!(batches.by_ref().count(), usize::from(end) / 4);
        assert_eq!(batches.remainder().len(), usize::from(end) % 4);
        let mut last = None;
        batched_array::<4, _>(Liar(0..end)).strict().for_each(|batch| last = Some(batch));
        assert_eq!(last.is_some_and(|batch| batch.is_err()), end % 4 > 0);
    }
}
