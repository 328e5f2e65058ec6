//! Arms of one source.

use crate::support::counted;
use std::cell::Cell;

use tarae::iter::{distribute, partition, serialize, shared, tee};

#[test]
fn building_and_cloning_pulls_nothing() {
    let pulled = Cell::new(0);
    let [a, b] = tee(counted(&pulled));
    let c = b.clone();
    drop((a, b, c));
    let a = shared(counted(&pulled));
    drop((a.clone(), a));
    let a = serialize(counted(&pulled));
    drop((a.clone(), a));
    drop(distribute::<3, _>(counted(&pulled)));
    drop(partition(|_| panic!("called"), counted(&pulled)));
    let [] = tee(counted(&pulled));
    assert_eq!(pulled.get(), 0);
}

#[test]
fn size_hint_pulls_nothing() {
    let pulled = Cell::new(0);
    let _ = tee::<2, _>(counted(&pulled)).map(|arm| arm.size_hint());
    shared(counted(&pulled)).size_hint();
    serialize(counted(&pulled)).size_hint();
    let _ = distribute::<2, _>(counted(&pulled)).map(|arm| arm.size_hint());
    partition(|_| panic!("called"), counted(&pulled)).0.size_hint();
    assert_eq!(pulled.get(), 0);
}

#[test]
fn the_arm_in_front_pulls_one_for_one() {
    fn check<A: Iterator<Item = u32>>(pulled: &Cell<usize>, mut a: A, mut b: A) {
        for n in 1..=10 {
            assert_eq!((a.next(), pulled.get()), (Some(n), n as usize));
        }
        for n in 1..=10 {
            assert_eq!((b.next(), pulled.get()), (Some(n), 10));
        }
        assert_eq!((b.next(), pulled.replace(0)), (Some(11), 11));
    }
    let pulled = Cell::new(0);
    let [a, b] = tee(counted(&pulled));
    check(&pulled, a, b);
    let a = shared(counted(&pulled));
    check(&pulled, a.clone(), a);
}

#[test]
fn an_arm_pulls_up_to_its_own_item() {
    let pulled = Cell::new(0);
    let [mut a, mut b, mut c] = distribute(counted(&pulled));
    assert_eq!((c.next(), pulled.get()), (Some(3), 3));
    assert_eq!((a.next(), b.next(), pulled.get()), (Some(1), Some(2), 3));
    assert_eq!((b.next(), pulled.get()), (Some(5), 5));

    pulled.set(0);
    let (mut tens, mut rest) = partition(|x| x % 10 == 0, counted(&pulled));
    assert_eq!((tens.next(), pulled.get()), (Some(10), 10));
    assert!(rest.by_ref().take(9).eq(1..10));
    assert_eq!(pulled.get(), 10);
    assert_eq!((rest.next(), pulled.get()), (Some(11), 11));
}
