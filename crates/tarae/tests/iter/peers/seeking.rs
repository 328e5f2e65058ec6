//! seekable, time_limited, iter_until.

use std::num::NonZeroUsize;
use std::time::Duration;

use itertools::Itertools;
use proptest::prelude::*;

use tarae::iter::{iter_until, seekable, time_limited};

#[derive(Clone, Debug)]
enum Step {
    Next,
    Peek,
    Nth(usize),
    Seek(usize),
    Relative(isize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Next),
        1 => Just(Step::Peek),
        1 => (0_usize..6).prop_map(Step::Nth),
        1 => (0_usize..25).prop_map(Step::Seek),
        1 => (-8_isize..8).prop_map(Step::Relative),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    /// A slice and an index do the same; with a limit they also know what has been forgotten.
    #[test]
    fn seekable_is_a_slice_with_an_index(
        items in prop::collection::vec(any::<u8>(), 0..20),
        limit in prop::option::of(1_usize..6),
        steps in steps(),
    ) {
        let mut seeking = seekable(items.iter().copied());
        if let Some(limit) = limit {
            seeking = seeking.max_len(NonZeroUsize::new(limit).unwrap());
        }
        let (mut at, mut pulled) = (0_usize, 0);
        for step in steps {
            let oldest = |pulled: usize| limit.map_or(0, |limit| pulled.saturating_sub(limit));
            let reached = |to: usize, pulled: usize| to.max(oldest(pulled)).min(items.len());
            match step {
                Step::Next => {
                    prop_assert_eq!(seeking.next(), items.get(at).copied());
                    at = (at + 1).min(items.len());
                }
                Step::Peek => {
                    prop_assert_eq!(seeking.peek(), items.get(at));
                    pulled = pulled.max((at + 1).min(items.len()));
                }
                Step::Nth(n) => {
                    prop_assert_eq!(seeking.nth(n), items.get(at + n).copied());
                    at = (at + n + 1).min(items.len());
                }
                Step::Seek(to) => {
                    at = reached(to, pulled);
                    prop_assert_eq!(seeking.seek(to), at);
                }
                Step::Relative(by) => {
                    at = reached(at.saturating_add_signed(by), pulled);
                    prop_assert_eq!(seeking.relative_seek(by), at);
                }
            }
            pulled = pulled.max(at);
            prop_assert_eq!(seeking.tell(), at);
            prop_assert!(*seeking.elements() == &items[oldest(pulled)..pulled]);
            prop_assert_eq!(seeking.len(), items.len() - at);
        }
        prop_assert!(seeking.eq(items[at..].iter().copied()));
    }

    #[test]
    fn peeking_is_that_of_multipeek(items: Vec<u8>) {
        let (mut ours, mut theirs) = (seekable(items.iter()), items.iter().multipeek());
        while let Some(next) = ours.peek() {
            prop_assert_eq!(Some(next), theirs.peek());
            prop_assert_eq!(ours.next(), theirs.next());
        }
        prop_assert_eq!(theirs.next(), None);
    }

    #[test]
    fn iter_until_is_repeat_with_and_take_while(mut items: Vec<u8>, sentinel: u8) {
        items.push(sentinel);
        let (mut ours, mut theirs) = (items.iter(), items.iter());
        let expected = std::iter::repeat_with(|| *theirs.next().unwrap()).take_while(|x| *x != sentinel);
        prop_assert!(iter_until(|| *ours.next().unwrap(), sentinel).eq(expected));
        prop_assert!(ours.eq(theirs));
    }

    #[test]
    fn with_time_enough_nothing_changes(items: Vec<u8>) {
        prop_assert!(time_limited(Duration::MAX, &items).eq(&items));
    }
}
