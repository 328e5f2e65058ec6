//! Arms of one source: what waits and what is to come do not add up to nonsense.

use std::iter::repeat;

use tarae::iter::{distribute, partition, shared, tee};

const ENDLESS: (usize, Option<usize>) = (usize::MAX, None);

#[test]
fn endless_sources_stay_endless() {
    let [mut a, b] = tee(repeat(1));
    a.next();
    assert_eq!((a.size_hint(), b.size_hint()), (ENDLESS, ENDLESS));
    let mut a = shared(repeat(1));
    let b = a.clone();
    a.next();
    assert_eq!((a.size_hint(), b.size_hint()), (ENDLESS, ENDLESS));
    let [mut a, b] = distribute(repeat(1));
    a.nth(3);
    assert_eq!(a.size_hint(), (usize::MAX / 2, None));
    assert_eq!(b.size_hint(), (usize::MAX / 2 + 1 + 3, None));
    let [mut a] = distribute(repeat(1));
    assert_eq!(a.size_hint(), ENDLESS);
    a.next();
    assert_eq!(a.size_hint(), ENDLESS);
    let (a, mut b) = partition(|x| *x == 1, std::iter::repeat_n(1, 3).chain([2]).chain(repeat(1)));
    b.next();
    assert_eq!(a.size_hint(), (3, None));
}

#[test]
fn lengths_at_the_brim() {
    // A source of the greatest length that there is, behind items that wait.
    let [mut a, b] = tee(0..usize::MAX);
    a.next();
    assert_eq!(b.size_hint(), (usize::MAX, Some(usize::MAX)));
    assert_eq!(a.size_hint(), (usize::MAX - 1, Some(usize::MAX - 1)));
    let [a, b, c] = distribute(0..usize::MAX);
    assert_eq!(a.len() + b.len() + c.len(), usize::MAX);
}
