//! Windows: no length wraps around, and no room is made for windows that cannot be.

use std::iter::repeat;
use std::num::NonZeroUsize;

use tarae::iter::{pairwise, sliding, windowed};

const ONE: NonZeroUsize = NonZeroUsize::MIN;
const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();
const MAX: usize = usize::MAX;

#[test]
fn lengths_do_not_wrap() {
    assert_eq!(pairwise(repeat(1)).size_hint(), (MAX - 1, None));
    assert_eq!(pairwise(0..MAX).size_hint(), (MAX - 1, Some(MAX - 1)));
    assert_eq!(sliding::<3, _>(repeat(1)).size_hint(), (MAX - 2, None));
    assert_eq!(sliding::<3, _>(0..2).size_hint(), (0, Some(0)));

    let mut lent = windowed(repeat(1), THREE, ONE);
    assert_eq!(lent.clone().collect_windows().size_hint(), (MAX - 2, None));
    lent.next_window();
    // Two are in the buffer.
    let (low, high) = lent.partial().collect_windows().size_hint();
    assert!(low > MAX - 10 && high.is_none());
    for (n, step) in [(ONE, NonZeroUsize::MAX), (NonZeroUsize::MAX, NonZeroUsize::MAX)] {
        let windows = windowed(0..MAX, n, step).partial();
        assert_eq!(windows.collect_windows().size_hint(), (1, Some(1)));
    }
    let halves = NonZeroUsize::new(MAX / 2 + 1).unwrap();
    assert_eq!(windowed(0..MAX, ONE, halves).collect_windows().size_hint(), (2, Some(2)));
    assert_eq!(windowed(0..MAX, halves, halves).collect_windows().size_hint(), (1, Some(1)));
    assert_eq!(windowed(0..MAX, halves, halves).partial().collect_windows().size_hint(), (2, Some(2)));
    assert_eq!(windowed(0..MAX, ONE, ONE).collect_windows().size_hint(), (MAX, Some(MAX)));
    assert_eq!(windowed(0..MAX, ONE, ONE).partial().collect_windows().size_hint(), (MAX, Some(MAX)));
}

#[test]
fn windows_that_cannot_be_filled_cost_nothing() {
    let huge = NonZeroUsize::MAX;
    assert_eq!(windowed(0..5, huge, ONE).next_window(), None);
    assert_eq!(windowed(0..5, huge, huge).partial().next_window(), Some(&[0, 1, 2, 3, 4][..]));
    assert_eq!(windowed((0..5).filter(|_| true), huge, THREE).partial().next_window().unwrap().len(), 5);
    assert_eq!(windowed([(); 5], huge, THREE).partial().collect_windows().count(), 1);
    let mut far = windowed(0..10, ONE, huge).partial();
    assert_eq!(far.next_window(), Some(&[0][..]));
    assert_eq!(far.next_window(), None);
    assert_eq!(windowed(0..10, ONE, huge).map_windows(<[_]>::len).sum::<usize>(), 1);
}

#[test]
fn jumps_do_not_wrap() {
    assert_eq!(pairwise(0..10).nth(MAX), None);
    let mut begun = pairwise(0..10);
    begun.next();
    assert_eq!(begun.nth(MAX), None);
    assert_eq!(sliding::<3, _>(0..10).nth(MAX), None);
    let mut begun = sliding::<3, _>(0..10);
    begun.next();
    assert_eq!(begun.nth(MAX), None);
    assert_eq!(pairwise(0..MAX).nth(MAX - 2), Some((MAX - 2, MAX - 1)));
    assert_eq!(sliding::<3, _>(0..MAX).nth(MAX - 3), Some([MAX - 3, MAX - 2, MAX - 1]));
}
