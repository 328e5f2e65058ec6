//! Arms of one source end together, whatever the source does afterwards.

use crate::support::{check_ended, hiccup};

use tarae::iter::{distribute, partition, serialize, shared, tee};

#[test]
fn arms_stay_at_their_end() {
    let [mut a, b, c] = tee(hiccup());
    assert_eq!(a.by_ref().count(), 3);
    assert_eq!(a.next(), None);
    assert_eq!(b.clone().count(), 3);
    check_ended(b);
    check_ended(a);
    check_ended(c);

    let a = shared(hiccup());
    let b = a.clone();
    check_ended(a);
    assert_eq!(b.clone().count(), 3);
    check_ended(b);

    let a = serialize(hiccup());
    let b = a.clone();
    check_ended(a);
    assert_eq!(b.count(), 0);

    let [a, mut b] = distribute(hiccup());
    check_ended(a);
    assert_eq!((b.next(), b.next()), (Some(1), None));
    check_ended(b);

    let (ones, mut rest) = partition(|x| *x == 1, hiccup());
    check_ended(ones);
    assert_eq!((rest.next(), rest.next()), (Some(2), None));
    check_ended(rest);
}
