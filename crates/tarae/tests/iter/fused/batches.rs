//! Batches: after the end comes the end, whatever the source does.

use std::num::NonZeroUsize;

use crate::support::{check_ended, hiccup};
use tarae::iter::{batched, batched_array};

#[test]
fn batches_stay_at_their_end() {
    for n in (1..5).map(|n| NonZeroUsize::new(n).unwrap()) {
        check_ended(batched(hiccup(), n));
        check_ended(batched(hiccup(), n).strict());
        let mut jumped = batched(hiccup(), n);
        assert_eq!(jumped.nth(4), None);
        check_ended(jumped);
    }
    check_ended(batched_array::<1, _>(hiccup()));
    check_ended(batched_array::<2, _>(hiccup()));
    check_ended(batched_array::<2, _>(hiccup()).strict());
    check_ended(batched_array::<4, _>(hiccup()).strict());
}

#[test]
fn the_remainder_stays_what_it_is() {
    let mut pairs = batched_array::<2, _>(hiccup());
    for expected in [Some([1, 1]), None, None, None] {
        assert_eq!(pairs.next(), expected);
    }
    assert_eq!(pairs.remainder(), [2]);
    // Nor is there more than one error.
    let mut strict = pairs.strict();
    assert_eq!(strict.size_hint(), (1, Some(1)));
    assert!(strict.next().unwrap().is_err());
    check_ended(strict);
}
