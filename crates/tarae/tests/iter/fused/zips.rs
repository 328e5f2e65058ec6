//! compress, zip_strict, roundrobin.

use crate::support::{check_ended, hiccup};
use tarae::iter::{compress, roundrobin, zip_strict};

#[test]
fn compress_of_fused_sources_is_fused() {
    check_ended(compress([1, 2, 3], [true, false, true]));
    check_ended(compress([1, 2, 3], [true]));
    check_ended(compress([1], [true; 3]));
}

#[test]
fn zip_strict_stays_at_its_end_whatever_the_sources_do() {
    check_ended(zip_strict(0..3, 0..3));
    check_ended(zip_strict(hiccup(), hiccup()));
    check_ended(zip_strict(hiccup(), 0..1));
    check_ended(zip_strict(0..1, hiccup()));
    check_ended(zip_strict(hiccup(), 0..));
    check_ended(zip_strict(0.., hiccup()));
    // `fold` of one that has ended.
    let mut pairs = zip_strict(hiccup(), 0..);
    while pairs.next().is_some() {}
    assert_eq!(pairs.fold(0, |n, _| n + 1), 0);
}

#[test]
fn roundrobin_stays_at_its_end_and_asks_nobody_twice() {
    check_ended(roundrobin([0..3, 0..1]));
    check_ended(roundrobin([0..0; 0]));
    // Nor counted: the first has ended in this round, and would say that it may go on.
    let sources: [Box<dyn Iterator<Item = u8>>; 2] = [Box::new(hiccup()), Box::new(5..9)];
    let mut items = roundrobin(sources);
    assert_eq!(items.nth(6), Some(8));
    assert_eq!(items.size_hint(), (0, Some(0)));

    let sources: [Box<dyn Iterator<Item = u8>>; 3] = [Box::new(hiccup()), Box::new(5..9), Box::new(hiccup())];
    let mut items = roundrobin(sources);
    let mut all = Vec::new();
    for item in items.by_ref() {
        all.push(item);
    }
    assert_eq!(all, [1, 5, 1, 1, 6, 1, 2, 7, 2, 8]);
    check_ended(items);
    let sources: [Box<dyn Iterator<Item = u8>>; 3] = [Box::new(hiccup()), Box::new(5..9), Box::new(hiccup())];
    let mut folded = Vec::new();
    roundrobin(sources).for_each(|x| folded.push(x));
    assert_eq!(folded, all);
}
