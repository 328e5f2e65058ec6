//! Windows: how much is pulled, and when.

use std::cell::Cell;
use std::num::NonZeroUsize;

use crate::support::counted;
use tarae::iter::{IterExt, pairwise, sliding, windowed};

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();
const FIVE: NonZeroUsize = NonZeroUsize::new(5).unwrap();

#[test]
fn building_pulls_nothing() {
    let pulled = Cell::new(0);
    let _ = pairwise(counted(&pulled)).size_hint();
    let _ = counted(&pulled).pairwise().size_hint();
    let _ = sliding::<3, _>(counted(&pulled)).size_hint();
    let _ = counted(&pulled).sliding::<3>().size_hint();
    let _ = windowed(counted(&pulled), FIVE, TWO).partial();
    let _ = counted(&pulled).windowed(FIVE, TWO).collect_windows().size_hint();
    let _ = windowed(counted(&pulled), FIVE, TWO).map_windows(|_| -> u8 { panic!("called") }).size_hint();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn pairwise_pulls_two_and_then_one_for_one() {
    let pulled = Cell::new(0);
    let mut pairs = pairwise(counted(&pulled));
    for n in 2..10 {
        assert_eq!(pairs.next(), Some((n - 1, n)));
        assert_eq!(pulled.get(), n as usize);
    }
    assert_eq!((pairs.nth(10), pulled.get()), (Some((19, 20)), 20));
    let pulled = Cell::new(0);
    assert_eq!((pairwise(counted(&pulled)).nth(10), pulled.get()), (Some((11, 12)), 12));
}

#[test]
fn sliding_pulls_a_window_and_then_one_for_one() {
    let pulled = Cell::new(0);
    let mut windows = sliding::<4, _>(counted(&pulled));
    for n in 4..10 {
        assert_eq!(windows.next().unwrap()[3], n);
        assert_eq!(pulled.get(), n as usize);
    }
    assert_eq!((windows.nth(1).unwrap()[3], pulled.get()), (11, 11));
    assert_eq!((windows.nth(2).unwrap()[3], pulled.get()), (14, 14));
    assert_eq!((windows.nth(9).unwrap()[3], pulled.get()), (24, 24));
}

#[test]
fn windowed_pulls_what_a_window_has() {
    let pulled = Cell::new(0);
    let mut windows = windowed(counted(&pulled), FIVE, TWO);
    for n in [5, 7, 9] {
        assert_eq!(windows.next_window().unwrap()[4], n as u32);
        assert_eq!(pulled.get(), n);
    }
    // What is between two windows is pulled with the later one.
    let pulled = Cell::new(0);
    let mut windows = windowed(counted(&pulled), TWO, FIVE);
    for n in [2, 7, 12] {
        assert_eq!(windows.next_window().unwrap()[1], n as u32);
        assert_eq!(pulled.get(), n);
    }
    // Also where one pass is made over the source.
    for (n, step) in [(FIVE, TWO), (FIVE, FIVE), (TWO, FIVE)] {
        let pulled = Cell::new(0);
        windowed(counted(&pulled), n, step).map_windows(|w| w[n.get() - 1]).for_each(|last| {
            assert_eq!(pulled.get(), last as usize);
        });
        assert_eq!(pulled.get(), 100);
    }
}

#[test]
fn folds_pull_as_late_as_steps() {
    let pulled = Cell::new(0);
    pairwise(counted(&pulled)).for_each(|(_, b)| assert_eq!(pulled.get(), b as usize));
    assert_eq!(pulled.replace(0), 100);
    sliding::<3, _>(counted(&pulled)).for_each(|[_, _, c]| assert_eq!(pulled.get(), c as usize));
    assert_eq!(pulled.get(), 100);
}
