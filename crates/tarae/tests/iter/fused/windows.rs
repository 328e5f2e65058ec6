//! Windows: after the end comes the end, whatever the source does.

use std::num::NonZeroUsize;

use crate::support::{check_ended, hiccup};
use tarae::iter::{pairwise, sliding, windowed};

#[test]
fn windows_stay_at_their_end() {
    check_ended(pairwise(hiccup()));
    check_ended(pairwise(std::iter::empty::<u8>()));
    check_ended(sliding::<1, _>(hiccup()));
    check_ended(sliding::<3, _>(hiccup()));
    // Ends before the first window.
    check_ended(sliding::<4, _>(hiccup()));
    for (n, step) in (1..6).flat_map(|n| (1..6).map(move |step| (n, step))) {
        let windows = || windowed(hiccup(), NonZeroUsize::new(n).unwrap(), NonZeroUsize::new(step).unwrap());
        check_ended(windows().collect_windows());
        check_ended(windows().partial().collect_windows());
        check_ended(windows().partial().map_windows(<[u8]>::len));
        let mut lent = windows().partial();
        while lent.next_window().is_some() {}
        assert!(lent.next_window().is_none());
        assert_eq!(lent.collect_windows().count(), 0);
    }
}

#[test]
fn a_jump_beyond_the_end_is_an_end() {
    for steps in 0..3 {
        let mut pairs = pairwise(hiccup());
        let mut windows = sliding::<2, _>(hiccup());
        for _ in 0..steps {
            pairs.next();
            windows.next();
        }
        assert_eq!((pairs.nth(3), windows.nth(3)), (None, None));
        check_ended(pairs);
        check_ended(windows);
    }
}
