//! compress, zip_strict, roundrobin.

use std::iter::repeat;

use super::ENDLESS;
use tarae::iter::{compress, roundrobin, zip_strict};

#[test]
fn of_endless_sources_the_length_is_not_made_up() {
    assert_eq!(compress(repeat(1), repeat(true)).size_hint(), (0, None));
    assert_eq!(zip_strict(repeat(1), repeat(2)).size_hint(), ENDLESS);
    assert_eq!(zip_strict(repeat(1), 0..3).size_hint(), (4, Some(4)));
    assert_eq!(zip_strict(0..3, repeat(1)).size_hint(), (4, Some(4)));
    let mut items = roundrobin([repeat(1), repeat(2)]);
    assert_eq!(items.size_hint(), (0, None));
    items.next();
    assert_eq!(items.size_hint(), ENDLESS);
}

#[test]
fn sums_that_do_not_fit_say_so() {
    // The longest that can be told, and one that may be longer.
    let longest = || 1..=usize::MAX;
    assert_eq!(zip_strict(longest(), longest()).size_hint(), (usize::MAX, Some(usize::MAX)));
    assert_eq!(zip_strict(longest(), 1..usize::MAX).size_hint(), (usize::MAX, Some(usize::MAX)));
    assert_eq!(zip_strict(longest(), 0_u128..).size_hint(), (usize::MAX, None));
    assert_eq!(zip_strict(longest().filter(|_| true), 0_u128..).size_hint(), (1, None));
    let mut items = roundrobin([longest(), longest()]);
    items.next();
    assert_eq!(items.size_hint(), ENDLESS);
    let mut items = roundrobin([longest()]);
    items.next();
    assert_eq!(items.size_hint(), (usize::MAX - 1, Some(usize::MAX - 1)));
}
