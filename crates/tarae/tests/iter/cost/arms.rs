//! Arms of one source: clones, what is kept and freed, and what a panic or a source that asks its own arms does. Long, since
//! there are five kinds of arms.

use crate::support::Counted;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tarae::iter::{Partition, Shared, Tee, distribute, partition, serialize, shared, tee};

fn panics<R>(f: impl FnOnce() -> R) -> String {
    let panic = catch_unwind(AssertUnwindSafe(f)).err().expect("it should panic");
    match panic.downcast_ref::<&str>() {
        Some(message) => message.to_string(),
        None => panic.downcast_ref::<String>().unwrap().clone(),
    }
}

#[test]
fn one_clone_less_than_arms() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    let [a] = tee(items());
    a.for_each(drop);
    assert_eq!(clones.get(), 0);
    for lag in [0, 1, 2, 5, 10] {
        let [mut a, mut b] = tee(items());
        a.by_ref().take(lag).for_each(drop);
        while let (Some(_), _) | (_, Some(_)) = (a.next(), b.next()) {}
        assert_eq!(clones.replace(0), 10, "{lag}");

        let [mut a, b, mut c] = tee(items());
        a.by_ref().take(lag).for_each(drop);
        c.by_ref().take(lag / 2).for_each(drop);
        a.for_each(drop);
        c.for_each(drop);
        b.for_each(drop);
        assert_eq!(clones.replace(0), 20, "{lag}");
    }
    let a = shared(items());
    let (b, c) = (a.clone(), a.clone());
    a.for_each(drop);
    b.for_each(drop);
    c.for_each(drop);
    assert_eq!(clones.replace(0), 20);
    for arm in distribute::<3, _>(items()) {
        arm.for_each(drop);
    }
    serialize(items()).for_each(drop);
    assert_eq!(clones.get(), 0);
    assert_eq!(Rc::strong_count(&clones), 1);
}

/// No clones for arms that are gone.
#[test]
fn the_last_arm_clones_nothing() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(clones.clone()));
    let [mut a, b, c] = tee(items());
    a.next();
    drop((b, c));
    for _ in a {}
    assert_eq!(clones.replace(0), 1);
    let mut a = shared(items());
    drop(a.clone());
    a.next();
    assert_eq!(clones.get(), 0);
}

#[test]
fn what_all_have_read_is_freed() {
    let alive = Rc::new(Cell::new(0));
    let items = || (0..10).map(|_| Counted(alive.clone()));
    let kept = || Rc::strong_count(&alive) - 1;

    let [mut a, mut b] = tee(items());
    a.by_ref().take(6).for_each(drop);
    assert_eq!(kept(), 6);
    b.by_ref().take(2).for_each(drop);
    assert_eq!(kept(), 4);
    drop(b);
    assert_eq!(kept(), 0);
    drop(a);

    let [mut a, mut b, mut c] = tee(items());
    a.by_ref().take(6).for_each(drop);
    b.by_ref().take(3).for_each(drop);
    c.by_ref().take(4).for_each(drop);
    assert_eq!(kept(), 3 + 2);
    drop(b);
    assert_eq!(kept(), 2);
    // The one in front goes: the rest is still for the other.
    drop(a);
    assert_eq!(kept(), 2);
    c.by_ref().take(2).for_each(drop);
    assert_eq!(kept(), 0);
    drop(c);

    let mut a = shared(items());
    let (mut b, c) = (a.clone(), a.clone());
    a.by_ref().take(6).for_each(drop);
    b.by_ref().take(2).for_each(drop);
    assert_eq!(kept(), 4 + 6);
    drop(c);
    assert_eq!(kept(), 4);
    drop(b);
    assert_eq!(kept(), 0);
    drop(a);

    let [mut a, b] = distribute(items());
    a.nth(3);
    assert_eq!(kept(), 3);
    drop(b);
    assert_eq!(kept(), 0);
    a.next();
    assert_eq!(kept(), 0);
    drop(a);

    let (mut a, b) = partition(|_| true, items());
    drop(a.by_ref().nth(5));
    assert_eq!(kept(), 0);
    assert_eq!(b.count(), 0);
    assert_eq!(kept(), 4);
    drop(a);
    assert_eq!(Rc::strong_count(&alive), 1);
}

/// The numbers of dropped arms are used again, whoever was in front.
#[test]
fn arms_come_and_go() {
    let [mut a, mut b] = tee(0..);
    for n in 0..100 {
        let mut c = a.clone();
        assert_eq!(c.next(), Some(2 * n));
        assert_eq!((a.next(), a.next()), (Some(2 * n), Some(2 * n + 1)));
        a = c.clone();
        assert_eq!(a.next(), Some(2 * n + 1));
        let d = b.clone();
        assert_eq!((b.next(), b.next()), (Some(2 * n), Some(2 * n + 1)));
        assert!(d.take(2).eq([2 * n, 2 * n + 1]));
    }
}

/// Panics at the calls whose number is in the list.
struct Fragile {
    item: u32,
    calls: Rc<Cell<u32>>,
    alive: Rc<()>,
    panic_at: u32,
}

impl Clone for Fragile {
    fn clone(&self) -> Self {
        self.calls.set(self.calls.get() + 1);
        assert_ne!(self.calls.get(), self.panic_at, "clone");
        Self {
            item: self.item,
            calls: self.calls.clone(),
            alive: self.alive.clone(),
            panic_at: self.panic_at,
        }
    }
}

/// Whatever clone panics, arms behind lose nothing, and all arms see the same.
#[test]
fn a_panic_of_a_clone() {
    for panic_at in (1..30).step_by(if cfg!(miri) { 5 } else { 1 }) {
        let (calls, alive) = (Rc::new(Cell::new(0)), Rc::new(()));
        let items = (0..8).map(|item| Fragile { item, calls: calls.clone(), alive: alive.clone(), panic_at });
        let [mut a, mut b, mut c] = tee(items);
        let mut seen = [const { Vec::new() }; 3];
        let mut panicked = 0;
        let mut step = |arm: &mut Tee<_>, seen: &mut Vec<u32>, in_front: bool| {
            match catch_unwind(AssertUnwindSafe(|| arm.next())) {
                Ok(item) => seen.extend(item.map(|item: Fragile| item.item)),
                Err(_) => {
                    panicked += 1;
                    if !in_front {
                        // Nothing is lost: it is there when it is asked for again.
                        seen.extend(arm.next().map(|item| item.item));
                    }
                }
            }
        };
        for _ in 0..3 {
            step(&mut a, &mut seen[0], true);
        }
        step(&mut b, &mut seen[1], false);
        for _ in 0..3 {
            step(&mut a, &mut seen[0], true);
        }
        let mut copy = catch_unwind(AssertUnwindSafe(|| b.clone())).unwrap_or_else(|_| b.clone());
        let rest: Vec<u32> = copy.by_ref().map(|item| item.item).take(2).collect();
        for _ in 0..8 {
            step(&mut c, &mut seen[2], false);
        }
        for _ in 0..8 {
            step(&mut b, &mut seen[1], false);
        }
        for _ in 0..8 {
            step(&mut a, &mut seen[0], true);
        }
        assert!(panicked <= 1);
        let expected: Vec<u32> = (0..8).collect();
        assert!(seen[0].len() >= 7, "{panic_at}: {seen:?}");
        assert!(seen[0].iter().all(|x| expected.contains(x)) && seen[0].is_sorted());
        assert_eq!(seen[0], seen[1], "{panic_at}");
        assert_eq!(seen[0], seen[2], "{panic_at}");
        assert_eq!(rest[..], seen[1][1..3], "{panic_at}");
        drop((a, b, c, copy));
        assert_eq!(Rc::strong_count(&alive), 1, "{panic_at}");
    }
}

#[test]
fn a_panic_of_a_clone_of_a_shared_item() {
    for panic_at in (1..20).step_by(if cfg!(miri) { 5 } else { 1 }) {
        let (calls, alive) = (Rc::new(Cell::new(0)), Rc::new(()));
        let items = (0..4).map(|item| Fragile { item, calls: calls.clone(), alive: alive.clone(), panic_at });
        let mut a = shared(items);
        let (b, c) = (a.clone(), a.clone());
        let mut seen = Vec::new();
        for _ in 0..5 {
            match catch_unwind(AssertUnwindSafe(|| a.next())) {
                Ok(item) => seen.extend(item.map(|item| item.item)),
                Err(_) => continue,
            }
        }
        // A reader whose cloning panics is as it was.
        let d = catch_unwind(AssertUnwindSafe(|| b.clone())).unwrap_or_else(|_| b.clone());
        for reader in [b, c, d] {
            assert_eq!(reader.map(|item| item.item).collect::<Vec<_>>(), seen, "{panic_at}");
        }
        assert!(seen.len() >= 3);
        drop(a);
        assert_eq!(Rc::strong_count(&alive), 1);
    }
}

/// 0, 1, a panic, 2, 3.
fn stumbling() -> impl Iterator<Item = i32> {
    let mut calls = 0;
    std::iter::from_fn(move || {
        calls += 1;
        match calls {
            1 | 2 => Some(calls - 1),
            3 => panic!("stumbled"),
            4 | 5 => Some(calls - 2),
            _ => None,
        }
    })
}

#[test]
fn a_panic_of_the_source_loses_nothing() {
    let [mut a, mut b] = tee(stumbling());
    assert_eq!((a.next(), a.next()), (Some(0), Some(1)));
    assert_eq!(panics(|| a.next()), "stumbled");
    assert!(b.by_ref().take(3).eq([0, 1, 2]));
    assert!(a.eq([2, 3]));
    assert!(b.eq([3]));

    let mut a = shared(stumbling());
    let b = a.clone();
    assert_eq!((a.next(), a.next()), (Some(0), Some(1)));
    assert_eq!(panics(|| a.next()), "stumbled");
    assert!(b.eq([0, 1, 2, 3]));
    assert!(a.eq([2, 3]));

    let mut a = serialize(stumbling());
    assert_eq!((a.next(), a.next()), (Some(0), Some(1)));
    assert_eq!(panics(|| a.next()), "stumbled");
    assert!(a.clone().eq([2, 3]));

    let [mut a, b] = distribute(stumbling());
    assert_eq!((a.next(), panics(|| a.next())), (Some(0), "stumbled".to_string()));
    assert!(b.eq([1, 3]));
    assert!(a.eq([2]));

    let (mut a, b) = partition(|x| *x > 1, stumbling());
    assert_eq!(panics(|| a.next()), "stumbled");
    assert!(b.eq([0, 1]));
    assert!(a.eq([2, 3]));
}

#[test]
fn a_predicate_is_called_once_an_item_and_its_panic_loses_that_item() {
    let calls = Cell::new(0);
    let (even, odd) = partition(
        |x| {
            calls.set(calls.get() + 1);
            x % 2 == 0
        },
        0..10,
    );
    assert_eq!(odd.count() + even.count(), 10);
    assert_eq!(calls.get(), 10);

    let (mut even, odd) = partition(|x| if *x == 2 { panic!("two") } else { x % 2 == 0 }, 0..6);
    assert_eq!((even.next(), panics(|| even.next())), (Some(0), "two".to_string()));
    assert!(even.eq([4]));
    assert!(odd.eq([1, 3, 5]));
}

/// A source that asks an arm of its own, or drops it.
#[derive(Clone)]
struct Inward<A>(Rc<RefCell<Option<A>>>, Rc<Cell<u32>>);

impl<A> Inward<A> {
    fn new() -> Self {
        Self(Rc::default(), Rc::default())
    }

    fn source<F: Fn(&mut Option<A>)>(&self, ask: F) -> impl Iterator<Item = u32> + use<A, F> {
        let me = Inward(self.0.clone(), self.1.clone());
        std::iter::from_fn(move || {
            me.1.set(me.1.get() + 1);
            if me.1.get() == 2 {
                ask(&mut me.0.borrow_mut());
            }
            (me.1.get() < 5).then(|| me.1.get())
        })
    }
}

#[test]
fn a_source_that_asks_its_own_arm_is_told() {
    type Boxed = Box<dyn Iterator<Item = u32>>;

    let me = Inward::<Tee<Boxed>>::new();
    let [mut a, b] = tee(Box::new(me.source(|arm| _ = arm.as_mut().unwrap().nth(1))) as Boxed);
    *me.0.borrow_mut() = Some(b);
    assert_eq!(a.next(), Some(1));
    assert!(panics(|| a.next()).contains("from inside its own source"));
    assert_eq!(a.next(), Some(3));
    // Its first item was in its hands before; it gets the rest.
    let b = me.0.borrow_mut().take().unwrap();
    let seen: Vec<u32> = b.collect();
    assert!(seen.ends_with(&[3, 4]), "{seen:?}");
    assert!(a.eq([4]));

    let me = Inward::<Shared<Boxed>>::new();
    // Not `Send`, and need not be.
    let mut a = shared(Box::new(me.source(|arm| _ = arm.as_mut().unwrap().nth(1))) as Boxed);
    *me.0.borrow_mut() = Some(a.clone());
    assert_eq!(a.next(), Some(1));
    assert!(panics(|| a.next()).contains("from inside itself"));
    me.0.borrow_mut().take();
    assert!(a.eq([3, 4]));

    let me = Inward::<Partition<Boxed, fn(&u32) -> bool>>::new();
    let source = Box::new(me.source(|arm| _ = arm.as_mut().unwrap().next())) as Boxed;
    let (mut even, odd) = partition((|x| x % 2 == 0) as fn(&u32) -> bool, source);
    even.size_hint();
    *me.0.borrow_mut() = Some(odd);
    // The item that waits is still given; the next one is not.
    assert_eq!(even.next(), Some(2));
    me.1.set(1);
    assert!(panics(|| even.next()).contains("from inside its own source"));
    me.0.borrow_mut().take();
    assert!(even.eq([4]));
}

#[test]
fn a_source_may_drop_an_arm_of_its_own() {
    type Boxed = Box<dyn Iterator<Item = u32>>;
    let me = Inward::<Tee<Boxed>>::new();
    let [mut a, b] = tee(Box::new(me.source(|arm| drop(arm.take()))) as Boxed);
    *me.0.borrow_mut() = Some(b);
    assert_eq!(a.next(), Some(1));
    assert_eq!(a.next(), Some(2));
    assert_eq!(a.clone().count(), 2);
    assert!(a.eq([3, 4]));

    let me = Inward::<Shared<Boxed>>::new();
    let mut a = shared(Box::new(me.source(|arm| drop(arm.take()))) as Boxed);
    *me.0.borrow_mut() = Some(a.clone());
    assert_eq!((a.next(), a.next()), (Some(1), Some(2)));
    assert!(a.eq([3, 4]));
}

/// An item whose clone does something to the arms.
struct Meddler {
    item: u32,
    on_clone: Rc<dyn Fn(u32)>,
}

type Kept = Rc<RefCell<Option<Tee<std::vec::IntoIter<Meddler>>>>>;

fn meddlers(n: u32, on_clone: impl Fn(u32) + 'static) -> Vec<Meddler> {
    let on_clone: Rc<dyn Fn(u32)> = Rc::new(on_clone);
    (0..n).map(|item| Meddler { item, on_clone: on_clone.clone() }).collect()
}

impl Clone for Meddler {
    fn clone(&self) -> Self {
        (self.on_clone)(self.item);
        Self { item: self.item, on_clone: self.on_clone.clone() }
    }
}

/// The clone of an item drops the arm in front while another one reads what that has left; a new arm gets its number.
#[test]
fn a_clone_may_drop_any_arm() {
    let front: Kept = Rc::default();
    let drops = front.clone();
    let items = meddlers(6, move |item| {
        if item == 1 {
            drops.borrow_mut().take();
        }
    });
    let [mut a, mut b, c] = tee(items);
    // With nobody else in the cell, the clones that `a` makes drop nothing.
    assert_eq!(a.by_ref().take(3).map(|x| x.item).last(), Some(2));
    *front.borrow_mut() = Some(a);
    assert_eq!(b.next().unwrap().item, 0);
    assert!(front.borrow().is_none());
    let d = b.clone();
    let e = c.clone();
    let rest = |arm: Tee<_>| arm.map(|x: Meddler| x.item).collect::<Vec<_>>();
    assert_eq!(rest(d), [1, 2, 3, 4, 5]);
    assert_eq!(rest(c), [0, 1, 2, 3, 4, 5]);
    assert_eq!(rest(e), [0, 1, 2, 3, 4, 5]);
    assert_eq!(rest(b), [1, 2, 3, 4, 5]);
}

#[test]
fn a_clone_that_asks_an_arm_is_told() {
    let other: Kept = Rc::default();
    let asked = other.clone();
    let items = meddlers(4, move |_| {
        if let Ok(mut asked) = asked.try_borrow_mut()
            && let Some(arm) = asked.as_mut()
        {
            arm.next();
        }
    });
    let [mut a, b] = tee(items);
    *other.borrow_mut() = Some(b);
    assert!(panics(|| drop(a.next())).contains("the clone of an item"));
    let b = other.borrow_mut().take().unwrap();
    // The item at hand is lost for all.
    assert_eq!(a.map(|x| x.item).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(b.map(|x| x.item).collect::<Vec<_>>(), [1, 2, 3]);
}

/// Many more items than a queue holds, through threads that read at their own pace.
#[test]
fn threads_see_all_in_order() {
    let n = if cfg!(miri) { 20 } else { 20_000 };
    let pulls = Arc::new(AtomicUsize::new(0));
    let counter = pulls.clone();
    let all = shared((0..n).inspect(move |_| {
        counter.fetch_add(1, Relaxed);
    }));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut mine = all.clone();
                for i in 0..n {
                    assert_eq!(mine.next(), Some(i));
                    if i % 16 == 0 {
                        let ahead = mine.clone();
                        assert!(ahead.take(3).eq((i + 1..n).take(3)));
                    }
                }
                assert_eq!(mine.next(), None);
            });
        }
    });
    assert_eq!(pulls.load(Relaxed), n);
    assert!(all.eq(0..n));
}

#[test]
fn threads_share_the_items_out() {
    let n = if cfg!(miri) { 20 } else { 20_000 };
    let numbers = serialize(0..n);
    let mut all: Vec<usize> = std::thread::scope(|scope| {
        let readers = [(); 3].map(|()| {
            scope.spawn(|| {
                let mine: Vec<usize> = numbers.clone().collect();
                assert!(mine.is_sorted());
                mine
            })
        });
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect()
    });
    all.sort();
    assert!(all.into_iter().eq(0..n));
}

/// A reader with items waiting is not kept from them by a source that does not come back.
#[test]
fn a_slow_source_keeps_nobody_from_what_waits() {
    let (feed, fed) = std::sync::mpsc::channel();
    feed.send(1).unwrap();
    let mut a = shared(fed);
    let mut b = a.clone();
    assert_eq!(a.next(), Some(1));
    let slow = std::thread::spawn(move || a.next());
    // Whether or not `a` is waiting inside the source already: `b` gets its item, and can be cloned, and only then feeds.
    let copy = b.clone();
    assert_eq!(b.next(), Some(1));
    feed.send(2).unwrap();
    assert_eq!(slow.join().unwrap(), Some(2));
    drop(feed);
    assert!(b.eq([2]));
    assert!(copy.eq([1, 2]));
}

/// The source drops the last arm behind: what was kept for that one is freed with the next item.
#[test]
fn what_waited_for_an_arm_that_the_source_drops_is_freed() {
    type Boxed = Box<dyn Iterator<Item = Rc<()>>>;
    let alive = Rc::new(());
    let behind: Rc<RefCell<Option<Tee<Boxed>>>> = Rc::default();
    let (dropped, item) = (behind.clone(), alive.clone());
    let source = (0..).map(move |n| {
        if n == 10 {
            dropped.borrow_mut().take();
        }
        item.clone()
    });
    let [mut a, b] = tee(Box::new(source) as Boxed);
    *behind.borrow_mut() = Some(b);
    a.by_ref().take(10).for_each(drop);
    // This one, the one in the source, and ten for `b`.
    assert_eq!(Rc::strong_count(&alive), 12);
    a.by_ref().take(2).for_each(drop);
    assert!(behind.borrow().is_none());
    assert_eq!(Rc::strong_count(&alive), 2);
    assert_eq!(a.clone().take(2).count() + a.take(2).count(), 4);
}
