//! A generator whose type is erased is two words, and does all that it did before.

use crate::support::{Log, depth, message};
use std::rc::Rc;
use tarae::generator::{BoxCoroutine, BoxGenerator, LocalBoxGenerator};
use tarae::prelude::*;

struct Tree {
    left: Option<Box<Tree>>,
    key: u64,
    right: Option<Box<Tree>>,
}

fn tree(keys: std::ops::Range<u64>) -> Option<Box<Tree>> {
    let key = keys.start + (keys.end - keys.start) / 2;
    (!keys.is_empty())
        .then(|| Box::new(Tree { left: tree(keys.start..key), key, right: tree(key + 1..keys.end) }))
}

fn walk(tree: &Tree) -> BoxGenerator<'_, u64> {
    generator!({
        if let Some(left) = &tree.left {
            yield_from!(walk(left));
        }
        yield tree.key;
        if let Some(right) = &tree.right {
            yield_from!(walk(right));
        }
    })
    .boxed()
}

#[test]
fn two_words() {
    let two = 2 * size_of::<usize>();
    assert_eq!(size_of::<BoxGenerator<'_, [u64; 9]>>(), two);
    assert_eq!(size_of::<BoxCoroutine<'_, String, [u64; 9], String>>(), two);
    assert_eq!(size_of::<LocalBoxGenerator<'_, u8>>(), two);
    assert_eq!(size_of::<Option<BoxGenerator<'_, u8>>>(), two);
}

#[test]
fn send_if_the_body_is() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let text = &*String::from("a b c");
    let mut words = assert_send(
        generator!({
            for word in text.split(' ') {
                yield word;
            }
        })
        .boxed(),
    );
    let rest = std::thread::scope(|scope| {
        assert_eq!(words.next(), Some("a"));
        scope.spawn(move || words.collect::<String>()).join().unwrap()
    });
    assert_eq!(rest, "bc");
    let shared = Rc::new(7);
    let mut local: LocalBoxGenerator<'_, Rc<i32>> = generator!({
        yield shared.clone();
    })
    .boxed_local();
    assert_eq!(local.next().as_deref(), Some(&7));
}

#[test]
fn it_can_be_recursive() {
    let tree = tree(0..500).unwrap();
    assert!(walk(&tree).eq(0..500));
}

fn chain(level: u64) -> BoxGenerator<'static, u64> {
    generator!({
        if level > 0 {
            yield_from!(chain(level - 1));
        }
        yield level;
    })
    .boxed()
}

/// Each level is a body in one chain: nothing recurses, neither to resume nor to drop.
#[test]
fn a_deep_chain_needs_no_stack() {
    let levels = depth(1_000_000);
    let small_stack = std::thread::Builder::new().stack_size(256 << 10);
    small_stack
        .spawn(move || {
            assert!(chain(levels).eq(0..=levels));
            let mut suspended = chain(levels);
            assert_eq!(suspended.next(), Some(0));
            drop(suspended);
            let mut closed = chain(levels);
            assert_eq!(closed.next(), Some(0));
            closed.close();
            assert_eq!(closed.next(), None);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn one_that_has_started_goes_on() {
    let mut started = generator!({
        yield 1;
        yield 2;
        yield 3;
    });
    started.next();
    let mut boxed = started.boxed();
    assert_eq!(boxed.state(), State::Suspended);
    assert_eq!(boxed.next(), Some(2));
    let outer = generator!({
        yield 0;
        yield_from!(boxed);
        yield 4;
    });
    assert_eq!(outer.collect::<Vec<_>>(), [0, 3, 4]);
    let mut ended = generator!({
        yield 1;
    });
    ended.by_ref().for_each(drop);
    let mut ended = ended.boxed();
    assert_eq!((ended.state(), ended.next()), (State::Closed, None));
}

#[test]
fn a_coroutine_talks_both_ways_and_returns() {
    let make = || -> BoxCoroutine<'static, i32, String, usize> {
        coroutine!(|| -> usize {
            let first: i32 = yield "first?".to_string();
            let second: i32 = yield format!("after {first}?");
            (first + second) as usize
        })()
        .boxed()
    };
    let mut asked = make();
    assert_eq!(asked.try_send(5).unwrap_err().state, State::Created);
    assert_eq!(asked.start(), Step::Yield("first?".to_string()));
    assert!(asked.try_start().is_err());
    assert_eq!(asked.send(1), Step::Yield("after 1?".to_string()));
    assert_eq!(asked.send(2), Step::Return(3));
    assert_eq!(asked.try_send(5).unwrap_err().value, 5);

    // It can be delegated to, fresh or in a box of its own.
    let outer = coroutine!(|| -> usize {
        let fresh: usize = yield_from!(make());
        let boxed: usize = yield_from!(coroutine!(|| -> usize { yield_from!(make()) })().boxed());
        fresh + boxed
    });
    let mut outer = outer();
    assert_eq!(outer.start(), Step::Yield("first?".to_string()));
    for (sent, answer) in [(1, "after 1?"), (2, "first?"), (3, "after 3?")] {
        assert_eq!(outer.send(sent), Step::Yield(answer.to_string()));
    }
    assert_eq!(outer.send(4), Step::Return(10));
}

#[test]
fn a_handles_body_keeps_its_own_driver() {
    let outer = generator!({
        yield_from!(
            tarae::generator::from_fn(async |mut y| {
                y.yield_("a".to_string()).await;
                y.yield_("b".to_string()).await;
            })
            .boxed_local()
        );
        yield "c".to_string();
    });
    assert_eq!(outer.collect::<String>(), "abc");
}

/// Bodies, children and captured values go, inner to outer, once, however it ends.
#[test]
fn destructors_run_inner_to_outer() {
    let log = &Log::new();
    let make = |panics: bool| {
        let captured = log.guard("captured");
        generator!({
            let _captured = captured;
            let _outer = log.guard("outer");
            yield_from!(
                generator!({
                    let _inner = log.guard("inner");
                    yield 1;
                    assert!(!panics, "in the inner one");
                    yield 2;
                })
                .boxed_local()
            );
        })
        .boxed_local()
    };
    let all = ["inner", "outer", "captured"];
    assert_eq!(make(false).sum::<i32>(), 3);
    assert_eq!(log.take(), all);
    let mut closed = make(false);
    closed.next();
    closed.close();
    assert_eq!(log.take(), all);
    assert_eq!((closed.state(), closed.next()), (State::Closed, None));
    let mut dropped = make(false);
    dropped.next();
    drop(dropped);
    assert_eq!(log.take(), all);
    let mut panicked = make(true);
    panicked.next();
    assert_eq!(message(|| panicked.next()), "in the inner one");
    assert_eq!(log.take(), all);
    assert_eq!((panicked.state(), panicked.next()), (State::Closed, None));
    drop(make(false));
    assert_eq!(log.take(), ["captured"]);
}

#[test]
fn a_collection_of_different_ones() {
    let boxes: Vec<BoxGenerator<'_, u32>> = vec![
        generator!({
            yield 1;
        })
        .boxed(),
        generator!({
            yield_from!(2..4);
        })
        .boxed(),
    ];
    assert_eq!(boxes.into_iter().flatten().collect::<Vec<_>>(), [1, 2, 3]);
}
