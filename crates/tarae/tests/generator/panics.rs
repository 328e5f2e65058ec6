//! A panic reaches whoever resumed the generator; it is Closed then, and its locals are dropped once, in order. Long, since a
//! panic can come from a body, a child at any depth, a destructor, a closure of a fold and a future, in each form of
//! generator.

use crate::support::{Bomb, Log, message};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use tarae::generator;
use tarae::prelude::*;

const BOOM: &str = "boom";

/// Yields `items` items and panics, `depth` delegations deep. Each level notes its depth when it is dropped.
fn explosive(log: &Log, depth: u64, items: u64) -> Generator<impl Yields<u64>> {
    generator!({
        let _guard = log.guard(depth);
        if depth == 0 {
            for n in 0..items {
                yield n;
            }
            panic!("{BOOM}");
        }
        yield_from!(explosive(log, depth - 1, items));
    })
}

fn from_the_inside(depth: u64) -> Vec<String> {
    (0..=depth).map(|n| n.to_string()).collect()
}

#[test]
fn a_panic_closes_a_boxed_generator() {
    let log = &Log::new();
    // Depth 0: in the body itself. No item: while children start inside each other, and past the depth at which the
    // driver starts them. Else: in a child that the driver resumes.
    for (depth, items) in [0, 1, 5, 100].into_iter().flat_map(|depth| [0, 1, 2].map(|items| (depth, items))) {
        let mut generator = explosive(log, depth, items);
        for n in 0..items {
            assert_eq!(generator.next(), Some(n));
        }
        assert_eq!(message(|| generator.next()), BOOM);
        assert_eq!(log.take(), from_the_inside(depth), "depth {depth}, items {items}");
        assert_eq!(generator.state(), State::Closed);
        assert_eq!((generator.next(), generator.next()), (None, None));
        assert_eq!(generator.try_send(()).unwrap_err().state, State::Closed);
        assert_eq!(generator.try_start().unwrap_err().state, State::Closed);
        generator.close();
        drop(generator);
        assert!(log.take().is_empty());
    }
}

/// G10. A pinned one's outer locals once stayed until it was dropped itself.
#[test]
fn a_panic_closes_a_pinned_generator() {
    let log = &Log::new();
    for (depth, items) in [0, 1, 5, 100].into_iter().flat_map(|depth| [0, 1, 2].map(|items| (depth, items))) {
        let mut generator = pin!(explosive(log, depth, items).pinned());
        for n in 0..items {
            assert_eq!(generator.next(), Some(n));
        }
        assert_eq!(message(|| generator.next()), BOOM);
        assert_eq!(log.take(), from_the_inside(depth), "depth {depth}, items {items}");
        assert_eq!(generator.state(), State::Closed);
        assert_eq!((generator.next(), generator.next()), (None, None));
        assert_eq!(generator.try_send(()).unwrap_err().state, State::Closed);
        generator.close();
    }
    assert!(log.take().is_empty());
}

#[test]
fn a_panic_in_fold_drops_everything() {
    let log = &Log::new();
    for (depth, items) in [0, 1, 5, 100].into_iter().flat_map(|depth| [0, 1, 2].map(|items| (depth, items))) {
        let mut seen = 0;
        assert_eq!(message(|| explosive(log, depth, items).for_each(|_| seen += 1)), BOOM);
        assert_eq!(seen, items);
        assert_eq!(log.take(), from_the_inside(depth));
    }
}

#[test]
fn a_panic_in_folds_closure_drops_everything() {
    let log = &Log::new();
    let make = || {
        generator!({
            let _outer = log.guard("outer");
            let numbers = vec![7u64, 8];
            let borrowed = &numbers;
            yield_from!(generator!({
                let _inner = log.guard("inner");
                for n in borrowed {
                    yield Box::new(*n);
                }
            }));
        })
    };
    assert_eq!(message(|| make().for_each(|n| assert!(*n > 100, "closure"))), "closure");
    assert_eq!(log.take(), ["inner", "outer"]);
    let second = message(|| make().for_each(|n| assert_eq!(*n, 7, "closure")));
    assert!(second.contains("closure"));
    assert_eq!(log.take(), ["inner", "outer"]);
    assert_eq!(make().map(|n| *n).sum::<u64>(), 15);
    assert_eq!(log.take(), ["inner", "outer"]);

    let mut started = make();
    started.next();
    assert_eq!(message(|| started.for_each(|n| assert!(*n > 100, "closure"))), "closure");
    assert_eq!(log.take(), ["inner", "outer"]);
}

/// G34.
#[test]
fn a_panic_on_a_sent_value_closes_all() {
    let log = &Log::new();
    let mut outer = coroutine!({
        let _outer = log.guard("outer");
        yield_from!(coroutine!({
            let _inner = log.guard("inner");
            let mut sent: Box<i32> = yield 0;
            while *sent >= 0 {
                sent = yield *sent;
            }
            panic!("{BOOM}")
        }));
        log.note("not reached");
    });
    assert_eq!(outer.start(), Step::<i32, ()>::Yield(0));
    assert_eq!(outer.send(Box::new(4)), Step::Yield(4));
    assert_eq!(message(|| outer.send(Box::new(-1))), BOOM);
    assert_eq!(log.take(), ["inner", "outer"]);
    let error = outer.try_send(Box::new(5)).unwrap_err();
    assert_eq!((*error.value, error.state), (5, State::Closed));
}

/// What goes wrong inside an iterator that is delegated to.
#[test]
fn a_panic_in_an_iterator_that_is_handed_on() {
    let log = &Log::new();
    let mut outer = generator!({
        let _outer = log.guard("outer");
        yield_from!((0..3).map(|n| if n == 1 { panic!("{BOOM}") } else { n }));
    });
    assert_eq!(outer.next(), Some(0));
    assert_eq!(message(|| outer.next()), BOOM);
    assert_eq!((outer.next(), log.take()), (None, vec!["outer".to_string()]));
}

#[test]
fn a_panic_in_a_started_child_or_one_with_a_handle() {
    let log = &Log::new();
    let mut started = explosive(log, 2, 2);
    started.next();
    let mut outer = generator!({
        let _outer = log.guard("outer");
        yield_from!(started);
    });
    assert_eq!(outer.next(), Some(1));
    assert_eq!(message(|| outer.next()), BOOM);
    assert_eq!(log.take(), ["0", "1", "2", "outer"]);
    assert_eq!(outer.next(), None);

    let mut outer = generator!({
        let _outer = log.guard("outer");
        yield_from!(generator::from_fn(async |mut y| {
            let _inner = log.guard("inner");
            y.yield_(1).await;
            panic!("{BOOM}")
        }));
    });
    assert_eq!(outer.next(), Some(1));
    assert_eq!(message(|| outer.next()), BOOM);
    assert_eq!(log.take(), ["inner", "outer"]);
}

/// G37.
#[test]
fn the_outer_ones_are_dropped_although_a_destructor_panics() {
    let log = &Log::new();
    fn nested(log: &Log, level: u32, bomb: u32) -> Generator<impl Yields<u32>> {
        generator!({
            let _guard = log.guard(level);
            let _bomb = (level == bomb).then(|| Bomb(log, "bomb"));
            if level < 6 {
                yield_from!([]); // so that a node lies on the free list
                yield_from!(generator!({
                    yield 0;
                }));
                yield_from!(nested(log, level + 1, bomb));
            } else {
                yield level;
            }
        })
    }
    for bomb in 1..=6 {
        let mut expected = from_the_inside(6);
        expected.remove(0);
        expected.reverse();
        expected.insert(6 - bomb as usize, "bomb".to_string());
        let start = || {
            let mut generator = nested(log, 1, bomb);
            assert_eq!(generator.by_ref().take(6).last(), Some(6));
            generator
        };

        let generator = start();
        assert_eq!(message(|| drop(generator)), "bomb exploded");
        assert_eq!(log.take(), expected, "dropped, bomb at {bomb}");

        let mut generator = start();
        assert_eq!(message(|| generator.close()), "bomb exploded");
        assert_eq!(log.take(), expected, "closed, bomb at {bomb}");
        assert_eq!((generator.state(), generator.next()), (State::Closed, None));
    }
}

#[test]
fn a_pinned_ones_outer_bodies_are_dropped_although_a_destructor_panics() {
    let log = &Log::new();
    let make = || {
        generator!({
            let _outer = log.guard("outer");
            yield_from!(generator!({
                let _middle = log.guard("middle");
                yield_from!(generator!({
                    let _inner = Bomb(log, "inner");
                    yield 1;
                }));
            }));
        })
    };
    let mut boxed = Box::pin(make().pinned());
    boxed.as_mut().next();
    assert_eq!(message(|| drop(boxed)), "inner exploded");
    assert_eq!(log.take(), ["inner", "middle", "outer"]);
    let mut pinned = pin!(make().pinned());
    pinned.next();
    assert_eq!(message(|| pinned.close()), "inner exploded");
    assert_eq!(log.take(), ["inner", "middle", "outer"]);
}

/// G32: a destructor of a child that ends while its parent delegates.
#[test]
fn a_destructor_that_panics_at_a_childs_end() {
    let log = &Log::new();
    for items in [0, 1] {
        let mut outer = generator!({
            let _outer = log.guard("outer");
            let text = yield_from!(generator!({
                let _rest = log.guard("rest");
                let _inner = Bomb(log, "inner");
                for _ in 0..items {
                    yield "an item";
                }
                // Owns nothing: rustc leaks what an async block returns if a destructor panics then.
                "a result that nobody gets"
            }));
            yield text;
        });
        assert_eq!(outer.by_ref().take(items).count(), items);
        assert_eq!(message(|| outer.next()), "inner exploded");
        assert_eq!(log.take(), ["inner", "rest", "outer"]);
        assert_eq!(outer.next(), None);
    }
}

// Futures that are not the generator's own.

#[test]
fn a_future_that_is_ready_may_be_awaited() {
    let generator = generator!({
        let n = async { 1 }.await;
        yield n;
        yield std::future::ready(2).await;
        yield poll_fn(|_| Poll::Ready(3)).await;
    });
    assert_eq!(generator.collect::<Vec<_>>(), [1, 2, 3]);
}

/// G48: a generator waits for nothing but its next resume.
#[test]
fn a_future_that_is_not_ready_closes() {
    let log = &Log::new();
    let make = |before: usize| {
        generator!({
            let _guard = log.guard("body");
            for n in 0..before {
                yield n.to_string();
            }
            std::future::pending::<()>().await;
            yield "never".to_string();
        })
    };
    for before in [0, 1] {
        let mut boxed = make(before);
        assert_eq!(boxed.by_ref().take(before).count(), before);
        assert!(message(|| boxed.next()).contains("not ready"));
        assert_eq!((boxed.state(), boxed.next()), (State::Closed, None));
        assert_eq!(log.take(), ["body"]);

        let mut pinned = pin!(make(before).pinned());
        assert_eq!(pinned.by_ref().take(before).count(), before);
        assert!(message(|| pinned.next()).contains("not ready"));
        assert_eq!((pinned.state(), pinned.next()), (State::Closed, None));
        assert_eq!(log.take(), ["body"]);

        assert!(message(|| make(before).count()).contains("not ready"));
        assert_eq!(log.take(), ["body"]);
    }
}

/// Polled again it would run under a new frame, with a pointer to the old one.
#[test]
fn a_child_that_waits_once_while_it_starts_closes() {
    let log = &Log::new();
    fn child(log: &Log, depth: u64) -> Generator<impl Yields<String>> {
        generator!({
            let _guard = log.guard(depth);
            if depth > 0 {
                yield_from!(child(log, depth - 1));
            } else {
                let mut first = true;
                poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
                yield "never".to_string();
            }
        })
    }
    for depth in [0, 1, 2, 3, 100] {
        let mut outer = generator!({
            yield_from!(child(log, depth));
        });
        assert!(message(|| outer.next()).contains("not ready"));
        assert_eq!(outer.next(), None);
        assert_eq!(log.take(), from_the_inside(depth));
        assert!(message(|| child(log, depth).count()).contains("not ready"));
        assert_eq!(log.take(), from_the_inside(depth));
    }
}

#[test]
fn a_child_that_waits_after_an_item_closes() {
    let mut outer = generator!({
        yield_from!(generator!({
            yield 1;
            std::future::pending::<()>().await;
        }));
        yield 2;
    });
    assert_eq!(outer.next(), Some(1));
    assert!(message(|| outer.next()).contains("not ready"));
    assert_eq!(outer.next(), None);
}

#[test]
fn a_body_with_a_handle_that_waits_closes() {
    let mut generator = generator::from_fn(async |mut y| {
        y.yield_(1).await;
        std::future::pending::<()>().await;
        y.yield_(2).await;
    });
    assert_eq!(generator.next(), Some(1));
    assert!(message(|| generator.next()).contains("not ready"));
    assert_eq!((generator.state(), generator.next()), (State::Closed, None));
}

#[test]
fn a_panic_in_a_body_with_a_handle_closes() {
    let log = &Log::new();
    let make = || {
        generator::from_fn(async |mut y| {
            let _guard = log.guard("body");
            y.yield_("an item".to_string()).await;
            panic!("{BOOM}")
        })
    };
    let mut boxed = make();
    assert_eq!(boxed.next().as_deref(), Some("an item"));
    assert_eq!(message(|| boxed.next()), BOOM);
    assert_eq!((log.take(), boxed.next()), (vec!["body".to_string()], None));
    let mut pinned = pin!(make().pinned());
    pinned.next();
    assert_eq!(message(|| pinned.next()), BOOM);
    assert_eq!((log.take(), pinned.next()), (vec!["body".to_string()], None));
    assert_eq!(message(|| make().count()), BOOM);
    assert_eq!(log.take(), ["body"]);
}

/// A generator that has panicked may still be shared, delegated to or dropped.
#[test]
fn a_shared_generator_that_panicked_is_closed() {
    let log = &Log::new();
    let shared = explosive(log, 1, 1).shared();
    assert_eq!(shared.try_next(), Ok(Some(0)));
    assert_eq!(message(|| shared.try_next()), BOOM);
    assert_eq!(shared.state(), State::Closed);
    assert_eq!(shared.try_next(), Ok(None));
}

/// A fold over a body that delegates lends the chain its closure: whoever panics, all is dropped once, and the accumulator
/// with it.
#[test]
fn a_panic_in_a_fold_over_a_chain_drops_all_once() {
    let log = &Log::new();
    let make = |ends: u32| {
        generator!({
            let _outer = log.guard("outer");
            yield_from!(generator!({
                let _inner = log.guard("inner");
                for n in 0..ends {
                    yield n;
                }
                panic!("in the body");
            }));
        })
    };
    let fold = |panics_at: u32| {
        make(2).fold(log.guard("accumulator"), |accumulator, n| {
            assert!(n != panics_at, "in the closure");
            accumulator
        })
    };
    assert_eq!(message(|| fold(1)), "in the closure");
    assert_eq!(log.take(), ["accumulator", "inner", "outer"]);
    assert_eq!(message(|| fold(9)), "in the body");
    assert_eq!(log.take(), ["inner", "accumulator", "outer"]);

    // One accumulator goes in and another comes out.
    let list = generator!({
        yield_from!(generator!({
            yield_from!(["a".to_string(), "b".to_string()]);
        }));
        yield "c".to_string();
    });
    assert_eq!(list.fold(vec![], |all: Vec<String>, one| [all, vec![one]].concat()), ["a", "b", "c"]);
}
