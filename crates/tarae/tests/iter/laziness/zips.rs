//! compress, zip_strict, roundrobin.

use std::cell::Cell;

use crate::support::counted;
use tarae::iter::{IterExt, Uneven, compress, roundrobin, zip_strict};

#[test]
fn building_pulls_nothing() {
    let pulled = Cell::new(0);
    let selectors = || counted(&pulled).map(|_| true);
    let _ = compress(counted(&pulled), selectors());
    let _ = counted(&pulled).compress(selectors());
    let _ = zip_strict(counted(&pulled), counted(&pulled));
    let _ = counted(&pulled).zip_strict(counted(&pulled));
    let _ = roundrobin(counted(&pulled).map(|_| [1]));
    compress(counted(&pulled), selectors()).size_hint();
    zip_strict(counted(&pulled), counted(&pulled)).size_hint();
    roundrobin(counted(&pulled).map(|_| [1])).size_hint();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn compress_pulls_up_to_the_next_selected() {
    let (a, b) = (Cell::new(0), Cell::new(0));
    let mut sixths = compress(counted(&a), counted(&b).map(|x| x % 6 == 0));
    assert_eq!((sixths.next(), a.get(), b.get()), (Some(6), 6, 6));
    assert_eq!((sixths.next(), a.get(), b.get()), (Some(12), 12, 12));
    // The data's end is found first: no selector is pulled for it.
    let (a, b) = (Cell::new(0), Cell::new(0));
    assert_eq!(compress(counted(&a).take(3), counted(&b).map(|_| true)).count(), 3);
    assert_eq!((a.get(), b.get()), (3, 3));
}

#[test]
fn zip_strict_pulls_one_of_each_for_one() {
    let (a, b) = (Cell::new(0), Cell::new(0));
    let mut pairs = zip_strict(counted(&a), counted(&b).take(2));
    assert_eq!((pairs.next(), a.get(), b.get()), (Some(Ok((1, 1))), 1, 1));
    assert_eq!((pairs.next(), a.get(), b.get()), (Some(Ok((2, 2))), 2, 2));
    assert_eq!((pairs.next(), a.get(), b.get()), (Some(Err(Uneven::First(3))), 3, 2));
    assert_eq!((pairs.next(), a.get(), b.get()), (None, 3, 2));
}

#[test]
fn roundrobin_asks_who_is_there_and_pulls_one_for_one() {
    let (readers, pulled) = (Cell::new(0), Cell::new(0));
    let mut items = roundrobin(counted(&readers).take(3).map(|_| counted(&pulled)));
    for n in 1..=10 {
        assert!(items.next().is_some());
        assert_eq!((readers.get(), pulled.get()), (3, n));
    }
    // The others may be endless.
    assert!(roundrobin([0.., 100..]).take(4).eq([0, 100, 1, 101]));
}

/// After its end `compress` takes no more items.
#[test]
fn compress_leaves_alone_what_comes_after_its_end() {
    let mut data = 1..;
    let mut chosen = compress(&mut data, [true]);
    assert_eq!(
        (chosen.next(), chosen.next(), chosen.next(), chosen.size_hint()),
        (Some(1), None, None, (0, Some(0)))
    );
    assert_eq!(chosen.fold(0, |n, _| n + 1), 0);
    assert_eq!(data.next(), Some(3));
}
