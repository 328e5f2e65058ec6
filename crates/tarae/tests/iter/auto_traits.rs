//! `Send`, `Sync`, `Unpin`, `Clone`, `Debug` and the panic-safety traits whenever the parts have them.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::time::Duration;

use tarae::iter::IterExt;
use tarae::iter::{
    Accumulate, AccumulateFrom, Count, FilterFalse, FoldGroups, Group, GroupBy, accumulate, accumulate_from,
    count,
};
use tarae::iter::{CollectGroups, Product, filterfalse, groupby, product};

fn all<T: Send + Sync + Unpin + Clone + Debug + UnwindSafe + RefUnwindSafe>(_: &T) {}

#[test]
fn they_have_what_their_parts_have() {
    all(&count(0_u8, 1));
    all(&count(0.0, 1.0));
    all(&count(Duration::ZERO, Duration::ZERO));
    all(&accumulate([1, 2], |a, x| a + x));
    all(&accumulate_from(0, [1, 2], |a, x| a + x));
    all(&filterfalse(|x| *x > 1, [1, 2]));
    all(&product::<3, _>([1, 2]));
    all(&groupby([1, 2], |x| *x));
    all(&(0..3).throttle(Duration::ZERO));
    all(&groupby([1, 2], |x| *x).collect_groups());
    all(&groupby([1, 2], |x| *x).fold_groups(|_| 0, |a, x| a + x));
}

#[test]
fn a_group_can_be_read_on_another_thread() {
    let mut groups = groupby([1, 1, 2], |x| *x);
    let group = groups.next_group().unwrap();
    let n = std::thread::scope(|scope| scope.spawn(|| group.count()).join().unwrap());
    assert_eq!(n, 2);
    let rest = std::thread::spawn(|| groups.collect_groups().collect::<Vec<_>>()).join().unwrap();
    assert_eq!(rest, [(2, vec![2])]);
}

/// All types can be named, and so kept in a struct.
#[test]
fn they_can_be_named() {
    type Source = std::vec::IntoIter<i32>;
    type Key = fn(&i32) -> i32;
    type Groups = GroupBy<Source, i32, Key>;
    type Sums = FoldGroups<Source, i32, Key, Key, fn(i32, i32) -> i32>;
    type Lent<'a> = Group<'a, Source, i32, Key>;
    struct Kept {
        totals: Accumulate<Source, fn(&i32, i32) -> i32>,
        ends: AccumulateFrom<Source, i64, fn(&i64, i32) -> i64>,
        odd: FilterFalse<Source, fn(&i32) -> bool>,
        numbers: Count<u8>,
        pairs: Product<Source, 2>,
        groups: Groups,
        collected: CollectGroups<Source, i32, Key>,
        folded: Sums,
    }
    fn first(group: Option<Lent<'_>>) -> Option<i32> {
        group?.next()
    }
    let source = vec![1, 2];
    let same: Key = |x| *x;
    let mut kept = Kept {
        totals: accumulate(source.clone(), |a, x| a + x),
        ends: accumulate_from(7, source.clone(), |a, x| a + i64::from(x)),
        odd: filterfalse(|x| x % 2 == 0, source.clone()),
        numbers: count(0, 1),
        pairs: product(source.clone()),
        groups: groupby(source.clone(), same),
        collected: groupby(source.clone(), same).collect_groups(),
        folded: groupby(source, same).fold_groups(|_| 0, |a, x| a + x),
    };
    assert_eq!(kept.totals.next(), Some(1));
    assert_eq!(kept.ends.next(), Some(7));
    assert_eq!(kept.odd.next(), Some(1));
    assert_eq!(kept.numbers.next(), Some(0));
    assert_eq!(kept.pairs.next(), Some([1, 1]));
    assert_eq!(first(kept.groups.next_group()), Some(1));
    assert_eq!(kept.collected.next(), Some((1, vec![1])));
    assert_eq!(kept.folded.next(), Some((1, 1)));
}
