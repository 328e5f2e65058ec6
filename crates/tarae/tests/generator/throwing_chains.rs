//! `throw` through delegations: every level may handle an error, whatever it delegates to.

use crate::support::{Bomb, Log, depth, message};
use std::pin::pin;
use std::rc::Rc;
use tarae::coroutine;
use tarae::prelude::*;

/// Errors that can be told apart although they are equal.
type Thrown = Rc<str>;

fn thrown(text: &str) -> Thrown {
    text.into()
}

/// What stands at the end of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Leaf {
    /// The last body itself.
    Body,
    /// A body that has a handle: it keeps a driver of its own.
    Handle,
    /// An iterator.
    Iterator,
}

const LEAVES: [Leaf; 3] = [Leaf::Body, Leaf::Handle, Leaf::Iterator];

/// Bodies at levels 1 to `depth`; the last, or what it delegates to, yields 0 and 1. The one at the level `handles`
/// catches what is thrown, yields once, and returns. Each notes its level when it ends.
fn chain(
    log: &Log,
    level: u64,
    depth: u64,
    leaf: Leaf,
    handles: u64,
) -> Generator<impl Body<Yield = u64, Sent = Result<(), Thrown>, Output = Result<u64, Thrown>>> {
    coroutine!({
        let _guard = log.guard(level);
        let end: Result<u64, Thrown> = if level < depth {
            yield_from!(chain(log, level + 1, depth, leaf, handles))
        } else {
            match leaf {
                Leaf::Body => 'own: {
                    for n in 0..2 {
                        if let Err(error) = yield n {
                            break 'own Err(error);
                        }
                    }
                    Ok(level)
                }
                Leaf::Handle => {
                    yield_from!(coroutine::from_fn(async |mut y| {
                        let _guard = log.guard("leaf");
                        y.yield_(0).await?;
                        y.yield_(1).await?;
                        Ok(level)
                    }))
                }
                Leaf::Iterator => {
                    let guard = log.guard("leaf");
                    let items = (0..2).inspect(move |_| {
                        let _owned = &guard;
                    });
                    yield_from!(items).map(|()| level)
                }
            }
        };
        match end {
            Err(error) if level == handles => {
                log.note(format!("handles {error}"));
                (yield 100 + level)?;
                Ok(level)
            }
            end => end,
        }
    })
}

/// What ends when all above `upper` do, innermost first.
fn from_the_inside(leaf: Leaf, depth: u64, upper: u64) -> Vec<String> {
    let first = (leaf != Leaf::Body).then(|| "leaf".to_string());
    first.into_iter().chain((upper + 1..=depth).rev().map(|level| level.to_string())).collect()
}

fn each_level_may_handle(
    log: &Log,
    mut chain: impl Coroutine<Sent = Result<(), Thrown>, Yield = u64, Return = Result<u64, Thrown>>,
    (leaf, depth, handles, items): (Leaf, u64, u64, u64),
) {
    let case = format!("{leaf:?}, {depth} deep, handled at {handles}, after {items} more");
    assert_eq!(chain.start(), Step::Yield(0), "{case}");
    if items > 0 {
        assert_eq!(chain.send(Ok(())), Step::Yield(1), "{case}");
    }
    let error = thrown("e");
    let step = chain.throw(error.clone()).expect("it waits");
    if handles == 0 {
        let Step::Return(Err(returned)) = step else { panic!("{case}: {step:?}") };
        assert!(Rc::ptr_eq(&returned, &error), "{case}");
        assert_eq!(log.take(), from_the_inside(leaf, depth, 0), "{case}");
        return;
    }
    assert_eq!(step, Step::Yield(100 + handles), "{case}");
    // The body of the level that handles it goes on; those above it wait.
    let mut expected = from_the_inside(leaf, depth, handles);
    expected.push("handles e".to_string());
    assert_eq!(log.take(), expected, "{case}");
    assert_eq!(chain.send(Ok(())), Step::Return(Ok(handles)), "{case}");
    assert_eq!(log.take(), from_the_inside(Leaf::Body, handles, 0), "{case}");
}

/// G38, G43.
#[test]
fn every_level_of_a_chain_may_handle_an_error() {
    let log = &Log::new();
    let depths: &[u64] = if cfg!(miri) { &[1, 3] } else { &[1, 2, 4, 65, 200] };
    for (leaf, &depth) in LEAVES.into_iter().flat_map(|leaf| depths.iter().map(move |depth| (leaf, depth))) {
        // 0: nobody does.
        let all = [0, 1, 2, depth - depth / 2, depth];
        for handles in all.into_iter().filter(|level| *level <= depth) {
            for items in [0, 1] {
                let case = (leaf, depth, handles, items);
                each_level_may_handle(log, chain(log, 1, depth, leaf, handles), case);
                each_level_may_handle(log, pin!(chain(log, 1, depth, leaf, handles).pinned()), case);
            }
        }
    }
}

/// G38: where children are started by the driver, too, and without a deep stack.
#[test]
fn an_error_goes_through_a_chain_of_any_depth() {
    fn passes(
        level: u64,
    ) -> Generator<impl Body<Yield = u64, Sent = Result<(), u64>, Output = Result<u64, u64>>> {
        coroutine!({
            if level > 0 {
                let reached = yield_from!(passes(level - 1))?;
                return Ok(reached + 1);
            }
            (yield level)?;
            Ok(0)
        })
    }
    let run = || {
        for depth in [0, 1, 63, 64, 65, 200, depth(1_000_000)] {
            let mut failing = passes(depth);
            assert_eq!(failing.start(), Step::Yield(0));
            assert_eq!(failing.throw(7), Ok(Step::Return(Err(7))));
            assert_eq!(failing.throw(8), Err(8));
            let mut going_on = passes(depth);
            assert_eq!(going_on.start(), Step::Yield(0));
            assert_eq!(going_on.send(Ok(())), Step::Return(Ok(depth)));
        }
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}

/// G39: in the call of `throw` itself.
#[test]
fn a_child_may_handle_an_error_and_return() {
    let log = &Log::new();
    let child = |n: u64| {
        coroutine!({
            let _guard = log.guard("child");
            match yield n {
                Ok(()) => n,
                Err(error) => error + n,
            }
        })
    };
    let by_handle = |n: u64| {
        coroutine::from_fn(async move |mut y| {
            let _guard = log.guard("child");
            match y.yield_(n).await {
                Ok(()) => n,
                Err(error) => error + n,
            }
        })
    };
    let mut outer = coroutine!(|| -> Result<u64, u64> {
        let a = yield_from!(child(1));
        log.note("goes on");
        let b = yield_from!(by_handle(2));
        log.note("goes on");
        let end: Result<(), u64> = yield a + b;
        end.map(|()| a * b)
    })();
    assert_eq!(outer.start(), Step::Yield(1));
    assert_eq!(outer.throw(10), Ok(Step::Yield(2)));
    assert_eq!(log.take(), ["child", "goes on"]);
    assert_eq!(outer.throw(20), Ok(Step::Yield(33)));
    assert_eq!(log.take(), ["child", "goes on"]);
    assert_eq!(outer.send(Ok(())), Step::Return(Ok(242)));
}

/// G38: a parent may delegate again after an error, to a child like the one that failed.
#[test]
fn a_parent_may_start_its_child_anew() {
    let log = &Log::new();
    let child = || {
        coroutine!(|| -> Result<&'static str, Thrown> {
            let _guard = log.guard("child ends");
            log.note("child starts");
            for n in 0..3 {
                (yield n)?;
            }
            Ok("done")
        })()
    };
    let mut parent = coroutine!({
        let mut failures = 0;
        loop {
            match yield_from!(child()) {
                Ok(text) => break (text, failures),
                Err(_) => failures += 1,
            }
        }
    });
    assert_eq!(parent.start(), Step::Yield(0));
    assert_eq!(log.take(), ["child starts"]);
    for failures in 1..4 {
        assert_eq!(parent.send(Ok(())), Step::Yield(1));
        assert_eq!(parent.throw(thrown("e")), Ok(Step::Yield(0)), "after {failures}");
        assert_eq!(log.take(), ["child ends", "child starts"]);
    }
    assert_eq!((parent.send(Ok(())), parent.send(Ok(()))), (Step::Yield(1), Step::Yield(2)));
    assert_eq!(parent.send(Ok(())), Step::Return(("done", 3)));
    assert_eq!(log.take(), ["child ends"]);
}

/// G43: an iterator has no `throw`: it is dropped, and the error is what the delegation evaluates to.
#[test]
fn an_iterator_is_dropped_where_an_error_is_thrown() {
    let log = &Log::new();
    let items = |count: u64, name: &'static str| {
        let guard = log.guard(name);
        (0..count).inspect(move |_| {
            let _owned = &guard;
        })
    };
    let mut outer = coroutine!(|| -> Result<(), u64> {
        let end: Result<(), u64> = yield_from!(items(10, "first dropped"));
        log.note(format!("first: {end:?}"));
        let end = yield_from!(items(0, "empty dropped"));
        log.note(format!("empty: {end:?}"));
        let end = yield_from!(items(1, "last dropped"));
        log.note(format!("last: {end:?}"));
        yield_from!([7])
    })();
    assert_eq!(outer.start(), Step::Yield(0));
    assert_eq!(outer.send(Ok(())), Step::Yield(1));
    assert_eq!(outer.throw(5), Ok(Step::Yield(0)));
    let expected = ["first dropped", "first: Err(5)", "empty dropped", "empty: Ok(())"];
    assert_eq!(log.take(), expected, "an empty one is over in the same step, and meets no error");
    assert_eq!(outer.send(Ok(())), Step::Yield(7));
    assert_eq!(log.take(), ["last dropped", "last: Ok(())"]);
    assert_eq!(outer.throw(6), Ok(Step::Return(Err(6))));
}

/// G43: a generator that is sent nothing is lent, or boxed, to be delegated to as an iterator where errors are thrown.
#[test]
fn a_generator_that_takes_no_errors_is_an_iterator_to_those_that_do() {
    let log = &Log::new();
    let numbers = |from: u32| {
        generator!({
            let _guard = log.guard("numbers");
            yield_from!(generator!({
                let _guard = log.guard("inner");
                yield_from!(from..);
            }));
        })
    };
    let mut outer = coroutine!(|| -> Result<u32, u32> {
        let mut lent = numbers(10);
        let end: Result<(), u32> = yield_from!(&mut lent);
        log.note(format!("lent: {end:?}"));
        let after = lent.next().unwrap_or_default();
        let end: Result<(), u32> = yield_from!(Box::new(numbers(20)));
        log.note(format!("boxed: {end:?}"));
        (yield after)?;
        Ok(0)
    })();
    assert_eq!((outer.start(), outer.send(Ok(()))), (Step::Yield(10), Step::Yield(11)));
    assert_eq!(outer.throw(1), Ok(Step::Yield(20)));
    assert_eq!(log.take(), ["lent: Err(1)"], "only the loan has ended");
    assert_eq!(outer.throw(2), Ok(Step::Yield(12)));
    assert_eq!(log.take(), ["inner", "numbers", "boxed: Err(2)"]);
    assert_eq!(outer.throw(3), Ok(Step::Return(Err(3))));
    assert_eq!(log.take(), ["inner", "numbers"]);
}

/// G37, G43: what fails in an iterator where an error is thrown is its destructor, and its panic wins.
#[test]
fn an_iterators_destructor_may_panic_where_an_error_is_thrown() {
    let log = &Log::new();
    for levels in 0..3 {
        fn nested(
            log: &Log,
            level: u32,
        ) -> Generator<impl Body<Yield = u32, Sent = Result<(), u32>, Output = Result<(), u32>>> {
            coroutine!({
                let _guard = log.guard(level);
                let end = if level > 0 {
                    yield_from!(nested(log, level - 1))
                } else {
                    let bomb = Bomb(log, "bomb");
                    yield_from!(std::iter::repeat(1).inspect(move |_| {
                        let _owned = &bomb;
                    }))
                };
                log.note("not reached");
                end
            })
        }
        let mut outer = nested(log, levels);
        assert_eq!(outer.start(), Step::Yield(1));
        assert_eq!(message(|| outer.throw(5)), "bomb exploded");
        let rest = (0..=levels).map(|level| level.to_string());
        assert_eq!(log.take(), ["bomb".to_string()].into_iter().chain(rest).collect::<Vec<_>>());
        assert_eq!((outer.state(), outer.throw(6)), (State::Closed, Err(6)));
    }
}

/// An error is owned by one place at a time, wherever it is left.
#[test]
fn what_is_thrown_is_dropped_once() {
    let log = &Log::new();
    let error = thrown("e");
    for leaf in LEAVES {
        for handles in 0..3 {
            let mut chain = chain(log, 1, 2, leaf, handles);
            assert!(Rc::ptr_eq(&chain.throw(error.clone()).unwrap_err(), &error));
            assert_eq!(Rc::strong_count(&error), 1, "before the start");
        }
        for handles in 0..3 {
            let mut chain = chain(log, 1, 2, leaf, handles);
            let _ = chain.start();
            let _ = chain.throw(error.clone());
            let _ = chain.throw(error.clone());
            let _ = chain.throw(error.clone());
            assert_eq!(Rc::strong_count(&error), 1, "{leaf:?}, handled at {handles}");
        }
    }
    let mut keeps = coroutine!({
        let mut kept = Vec::new();
        loop {
            let sent: Result<(), Thrown> = yield kept.len();
            kept.extend(sent.err());
        }
    });
    assert_eq!(keeps.start(), Step::<usize, ()>::Yield(0));
    assert_eq!(keeps.throw(error.clone()), Ok(Step::Yield(1)));
    assert_eq!(keeps.throw(error.clone()), Ok(Step::Yield(2)));
    assert_eq!(Rc::strong_count(&error), 3);
    keeps.close();
    assert_eq!(Rc::strong_count(&error), 1);
}
