//! Items, sent values, results, errors and children of all sizes and alignments, in nodes that are used again, and of
//! types that have no value.

use crate::support::{Log, message};
use std::convert::Infallible;
use std::fmt::Debug;
use std::pin::pin;
use std::rc::Rc;
use tarae::generator::LocalBoxCoroutine;
use tarae::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(32))]
struct Align32(u8);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
struct Align64([u64; 3]);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(4096))]
struct Page(u32);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(256))]
struct Nothing;

#[derive(Clone, Debug, PartialEq)]
struct Huge([u64; 1024]);

fn is_aligned<T>(value: &T) -> bool {
    (&raw const *value).addr().is_multiple_of(align_of::<T>())
}

/// Hands `item` through a chain with a child of each kind, which all keep a copy of it over their yields; each evaluates to
/// one, and is sent some.
fn hand_on<T: Clone + PartialEq + Debug + 'static>(item: T) {
    type Child<'a, T> = LocalBoxCoroutine<'a, T, T, T>;
    fn child<T: Clone + PartialEq + Debug>(item: T) -> Generator<impl Body<Yield = T, Sent = T, Output = T>> {
        coroutine!({
            let kept = item.clone();
            assert!(is_aligned(&kept));
            let sent: T = yield item;
            assert!(is_aligned(&sent) && sent == kept);
            kept
        })
    }
    let make = || {
        let item = item.clone();
        coroutine!({
            let kept = item.clone();
            let result = yield_from!(child(item.clone()));
            assert!(is_aligned(&result) && result == kept);
            let boxed: Child<T> = child(item.clone()).boxed_local();
            assert_eq!(yield_from!(boxed), kept);
            let from_a_handle = tarae::coroutine::from_fn(async |mut y| {
                let kept = item.clone();
                let sent: T = y.yield_(item.clone()).await;
                assert!(is_aligned(&kept) && sent == kept);
                sent
            });
            assert_eq!(yield_from!(from_a_handle), kept);
            let nested: T = yield_from!(coroutine!({
                let kept = item.clone();
                let result = yield_from!(child(item.clone()));
                assert!(is_aligned(&kept) && result == kept);
                yield item;
                result
            }));
            assert_eq!(nested, kept);
            assert!(is_aligned(&kept));
            nested
        })
    };
    let drive = |coroutine: &mut dyn Coroutine<Sent = T, Yield = T, Return = T>| {
        let mut step = coroutine.start();
        let mut items = 0;
        loop {
            match step {
                Step::Yield(given) => {
                    assert!(is_aligned(&given) && given == item);
                    items += 1;
                    step = coroutine.send(given);
                }
                Step::Return(result) => {
                    assert_eq!((result, items), (item.clone(), 5));
                    break;
                }
            }
        }
    };
    drive(&mut make());
    drive(&mut make().boxed_local());
    drive(&mut pin!(make().pinned()));
    // Dropped at each of its yields.
    for items in 1..5 {
        let mut coroutine = make();
        let mut step = coroutine.start();
        for _ in 1..items {
            step = coroutine.send(step.yielded().unwrap());
        }
        drop(coroutine);
        assert_eq!(step, Step::Yield(item.clone()));
    }
}

/// Unoptimised, a body with pages in it takes more than the stack of a test's thread.
#[test]
fn of_all_sizes_and_alignments() {
    let all = || {
        hand_on(());
        hand_on([0u128; 0]);
        hand_on(Nothing);
        hand_on(7u8);
        hand_on(u128::MAX);
        hand_on(Align32(3));
        hand_on(Align64([1, 2, 3]));
        hand_on(Page(9));
        hand_on(Rc::new("counted".to_string()));
        hand_on(Box::new(Page(1)));
        hand_on((Some(Align32(1)), vec![Nothing; 3], 'x'));
        hand_on(Huge([5; 1024]));
    };
    std::thread::Builder::new().stack_size(64 << 20).spawn(all).unwrap().join().unwrap();
}

/// One level after the other has a child of another layout: nodes are used again, changed, and given back.
#[test]
fn nodes_of_changing_layouts() {
    fn deep<T: Copy + Debug + PartialEq>(depth: u32, item: T) -> Generator<impl Yields<(usize, u32)>> {
        generator!({
            let kept = [item; 2];
            yield (size_of::<T>(), depth);
            if depth > 0 {
                yield_from!(deep(depth - 1, item));
            }
            assert_eq!(kept, [item; 2]);
            assert!(is_aligned(&kept));
        })
    }
    let make = || {
        generator!({
            for depth in [0, 3, 1] {
                yield_from!(deep(depth, ()));
                yield_from!(deep(depth, Nothing));
                yield_from!(deep(depth, Page(depth)));
                yield_from!(deep(depth, Align32(1)).boxed());
                yield_from!(deep(depth, 1u8));
                yield_from!(deep(depth, -1i8)); // of the same layout as the one before, and of another type
                yield_from!(deep(depth, u128::MAX));
                yield_from!(deep(depth, Align64([1, 2, 3])));
            }
        })
    };
    let all = 8 * (1 + 4 + 2);
    assert_eq!(make().count(), all);
    assert_eq!(pin!(make().pinned()).count(), all);
    for items in 0..all {
        let mut generator = make();
        assert_eq!(generator.by_ref().take(items).count(), items);
    }
}

/// Some chains are ended by a panic between two layouts.
#[test]
fn nodes_after_a_panic() {
    let log = &Log::new();
    let make = |panics_at: u32| {
        generator!({
            let _outer = log.guard("outer");
            for n in 0..4u32 {
                yield_from!(generator!({
                    let page = Page(n);
                    yield page.0;
                    yield_from!(generator!({
                        let _inner = log.guard(n);
                        let aligned = Align32(1);
                        assert!(n != panics_at, "now");
                        yield aligned.0.into();
                    }));
                }));
                yield_from!(generator!({
                    yield n;
                }));
            }
        })
    };
    for panics_at in 0..4 {
        assert_eq!(message(|| make(panics_at).count()), "now");
        let mut stepped = make(panics_at);
        assert_eq!(message(|| while stepped.next().is_some() {}), "now");
        let expected: Vec<_> = (0..=panics_at).map(|n| n.to_string()).chain(["outer".into()]).collect();
        assert_eq!(log.take(), [&expected[..], &expected].concat());
    }
}

/// What has no value is never yielded, sent or returned.
#[test]
fn types_without_a_value() {
    // Never yields.
    let mut silent = coroutine!({
        if false {
            let (): () = yield { unreachable!() as Infallible };
        }
        5
    });
    assert_eq!(silent.start(), Step::<Infallible, i32>::Return(5));

    // Never goes on.
    fn stuck(n: i32) -> Generator<impl Body<Yield = i32, Sent = Infallible, Output = Infallible>> {
        coroutine!({ if n > 0 { yield_from!(stuck(n - 1)) } else { yield n } })
    }
    let mut outer = stuck(3);
    assert!(matches!(outer.start(), Step::Yield(0)));
    let mut boxed = stuck(2).boxed();
    assert!(matches!(boxed.start(), Step::Yield(0)));

    // Never returns.
    fn endless(n: u64) -> Generator<impl Body<Yield = u64, Sent = (), Output = Infallible>> {
        generator!({
            if n > 0 {
                yield_from!(endless(n - 1))
            } else {
                let mut count = 0;
                loop {
                    yield count;
                    count += 1;
                }
            }
        })
    }
    let mut outer = endless(3);
    assert_eq!(outer.start(), Step::Yield(0));
    assert_eq!(outer.send(()), Step::Yield(1));
    outer.close();
}

/// A walk whose accumulator needs a destructor, or none, or is over-aligned.
#[test]
fn accumulators_of_all_kinds() {
    fn walk(n: u32) -> Generator<impl Yields<Align32>> {
        generator!({
            yield Align32(n as u8);
            if n > 0 {
                yield_from!(walk(n - 1));
                yield_from!(walk(0).boxed_local());
            }
        })
    }
    let sum = 3 + 2 + 1;
    let page = walk(3).fold(Page(0), |page, item| {
        assert!(is_aligned(&page) && is_aligned(&item));
        Page(page.0 + u32::from(item.0))
    });
    assert_eq!(page, Page(sum));
    let texts = walk(3).fold(vec![String::new()], |mut texts, item| {
        texts.push(item.0.to_string());
        texts
    });
    assert_eq!(texts.concat(), "3210000");
    walk(3).for_each(|_| {});
    assert_eq!(walk(3).fold(Nothing, |nothing, _| nothing), Nothing);
}
