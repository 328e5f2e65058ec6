//! Destructors run once and from the inside out, in every way in which a chain of delegations can end, whatever stands at its
//! innermost place, and whoever drives it. Long, since these are three lists, and each of one meets each of the others.

use crate::support::{Bomb, Log, message};
use tarae::coroutine;
use tarae::generator::Shared;
use tarae::prelude::*;

/// What stands at the end of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Leaf {
    /// A body that delegates to nothing.
    Body,
    /// A body that has a handle: it keeps a driver of its own.
    Handle,
    /// An iterator.
    Iterator,
}

const LEAVES: [Leaf; 3] = [Leaf::Body, Leaf::Handle, Leaf::Iterator];

/// What the leaf does instead of its item number `0` or `1`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Yield,
    Return,
    /// An iterator cannot fail: the one that delegates to it does, after its end.
    Fail,
    Panic,
}

/// A chain: how deep, what is at its end, and what that does in its first two steps. `bomb` is the level at which a
/// destructor panics: 0 is none.
#[derive(Clone, Copy, Debug)]
struct Plan {
    depth: u64,
    leaf: Leaf,
    acts: [Act; 2],
    bomb: u64,
}

type Answer = Result<&'static str, &'static str>;

/// The items of a leaf that is an iterator.
struct Items<'a> {
    log: &'a Log,
    acts: std::array::IntoIter<Act, 2>,
}

impl Iterator for Items<'_> {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        match self.acts.next()? {
            Act::Yield => Some(7),
            Act::Return | Act::Fail => None,
            Act::Panic => panic!("a leaf's panic"),
        }
    }
}

impl Drop for Items<'_> {
    fn drop(&mut self) {
        self.log.note("leaf");
    }
}

fn chain(
    log: &Log,
    level: u64,
    plan: Plan,
) -> Generator<impl Body<Yield = u64, Sent = Result<(), &'static str>, Output = Answer>> {
    coroutine!({
        let _guard = log.guard(level);
        let _bomb = (level == plan.bomb).then(|| Bomb(log, "bomb"));
        if level < plan.depth {
            let end = yield_from!(chain(log, level + 1, plan))?;
            return Ok(end);
        }
        match plan.leaf {
            Leaf::Body => {
                let _leaf = log.guard("leaf");
                for act in plan.acts {
                    match act {
                        Act::Yield => (yield 7)?,
                        Act::Return => return Ok("returned"),
                        Act::Fail => return Err("failed"),
                        Act::Panic => panic!("a leaf's panic"),
                    }
                }
                Ok("returned")
            }
            Leaf::Handle => {
                let leaf = coroutine::from_fn(async |mut y| {
                    let _leaf = log.guard("leaf");
                    for act in plan.acts {
                        match act {
                            Act::Yield => y.yield_(7).await?,
                            Act::Return => return Ok("returned"),
                            Act::Fail => return Err("failed"),
                            Act::Panic => panic!("a leaf's panic"),
                        }
                    }
                    Ok("returned")
                });
                Ok(yield_from!(leaf)?)
            }
            Leaf::Iterator => {
                yield_from!(Items { log, acts: plan.acts.into_iter() })?;
                if plan.acts.contains(&Act::Fail) { Err("failed") } else { Ok("returned") }
            }
        }
    })
}

type Driven<'a> = dyn Coroutine<Sent = Result<(), &'static str>, Yield = u64, Return = Answer> + 'a;

/// Runs `end` on chains of all kinds, boxed and pinned, with these acts and up to one destructor that panics. Then all
/// that they held must have been dropped, in order: by `end` itself if `at_once`.
fn each_chain(acts: [Act; 2], at_once: bool, end: impl Fn(&mut Driven<'_>, Plan)) {
    let log = &Log::new();
    let depths: &[u64] = if cfg!(miri) { &[2] } else { &[1, 2, 3, 64, 70] };
    for (leaf, &depth) in LEAVES.into_iter().flat_map(|leaf| depths.iter().map(move |depth| (leaf, depth))) {
        // At most one, since a second while the first unwinds would abort. None beside the leaf's own panic, for the
        // same reason.
        let bombs = if acts.contains(&Act::Panic) { vec![0] } else { vec![0, 1, depth - depth / 2, depth] };
        for bomb in bombs {
            let plan = Plan { depth, leaf, acts, bomb };
            let levels = (1..=depth).rev().map(|level| level.to_string());
            let mut expected: Vec<_> = std::iter::once("leaf".to_string()).chain(levels).collect();
            if bomb > 0 {
                expected.insert((depth - bomb + 1) as usize, "bomb".to_string());
            }
            let mut noted = Vec::new();
            let mut boxed = chain(log, 1, plan);
            end(&mut boxed, plan);
            if at_once {
                assert_eq!(boxed.state(), State::Closed);
                noted = log.take();
            }
            drop_noting(boxed, bomb > 0 && !at_once);
            noted.extend(log.take());
            assert_eq!(noted, expected, "boxed, {plan:?}");

            noted.clear();
            let mut pinned = Box::pin(chain(log, 1, plan).pinned());
            end(&mut pinned.as_mut(), plan);
            if at_once {
                assert_eq!(pinned.state(), State::Closed);
                noted = log.take();
            }
            drop_noting(pinned, bomb > 0 && !at_once);
            noted.extend(log.take());
            assert_eq!(noted, expected, "pinned, {plan:?}");
        }
    }
}

/// Drops it, which must panic, or must not.
fn drop_noting<T>(dropped: T, panics: bool) {
    if panics {
        assert_eq!(message(|| drop(dropped)), "bomb exploded");
    } else {
        drop(dropped);
    }
}

/// The last step of a chain: what it returns, or the panic of the one destructor that does.
fn last_step(plan: Plan, step: impl FnOnce() -> Step<u64, Answer>, expected: Answer) {
    if plan.bomb > 0 {
        assert_eq!(message(step), "bomb exploded", "{plan:?}");
    } else {
        assert_eq!(step(), Step::Return(expected), "{plan:?}");
    }
}

#[test]
fn a_chain_that_returns() {
    each_chain([Act::Yield, Act::Return], true, |chain, plan| {
        assert_eq!(chain.start(), Step::Yield(7));
        last_step(plan, || chain.send(Ok(())), Ok("returned"));
    });
}

#[test]
fn a_chain_that_returns_without_an_item() {
    each_chain([Act::Return, Act::Return], true, |chain, plan| {
        last_step(plan, || chain.start(), Ok("returned"));
    });
}

/// G32: the inner one fails at a later step.
#[test]
fn a_chain_whose_end_fails() {
    each_chain([Act::Yield, Act::Fail], true, |chain, plan| {
        assert_eq!(chain.start(), Step::Yield(7));
        last_step(plan, || chain.send(Ok(())), Err("failed"));
    });
}

/// G32: the inner one fails at its first step.
#[test]
fn a_chain_whose_end_fails_while_it_starts() {
    each_chain([Act::Fail, Act::Return], true, |chain, plan| {
        last_step(plan, || chain.start(), Err("failed"));
    });
}

/// G38, G43.
#[test]
fn a_chain_that_an_error_is_thrown_into() {
    for items in 1..3 {
        each_chain([Act::Yield, Act::Yield], true, |mut chain, plan| {
            assert_eq!(chain.start(), Step::Yield(7));
            if items == 2 {
                assert_eq!(chain.send(Ok(())), Step::Yield(7));
            }
            // By its full name: the method is not called on an object itself, but on a reference to one.
            let throw = |chain: &mut &mut Driven<'_>| Coroutine::throw(chain, "thrown");
            last_step(plan, || throw(&mut chain).expect("it waits"), Err("thrown"));
            assert_eq!(throw(&mut chain), Err("thrown"));
        });
    }
}

/// G36, G37, G43.
#[test]
fn a_chain_that_is_closed() {
    for items in 1..3 {
        each_chain([Act::Yield, Act::Yield], true, |chain, plan| {
            assert_eq!(chain.start(), Step::Yield(7));
            if items == 2 {
                assert_eq!(chain.send(Ok(())), Step::Yield(7));
            }
            if plan.bomb > 0 {
                assert_eq!(message(|| chain.close()), "bomb exploded");
            } else {
                chain.close();
            }
            chain.close();
            assert_eq!(chain.try_send(Ok(())).unwrap_err().state, State::Closed);
        });
    }
}

/// G46.
#[test]
fn a_chain_that_is_dropped() {
    for items in 1..3 {
        each_chain([Act::Yield, Act::Yield], false, |chain, _| {
            assert_eq!(chain.start(), Step::Yield(7));
            if items == 2 {
                assert_eq!(chain.send(Ok(())), Step::Yield(7));
            }
        });
    }
}

/// G32.
#[test]
fn a_chain_whose_end_panics() {
    each_chain([Act::Yield, Act::Panic], true, |chain, _| {
        assert_eq!(chain.start(), Step::Yield(7));
        assert_eq!(message(|| chain.send(Ok(()))), "a leaf's panic");
    });
}

/// G32.
#[test]
fn a_chain_whose_end_panics_while_it_starts() {
    each_chain([Act::Panic, Act::Return], true, |chain, _| {
        assert_eq!(message(|| chain.start()), "a leaf's panic");
    });
}

/// G26: nothing of it has run, so nothing is noted.
#[test]
fn a_chain_that_never_started() {
    let log = &Log::new();
    for leaf in LEAVES {
        let plan = Plan { depth: 3, leaf, acts: [Act::Yield; 2], bomb: 2 };
        drop(chain(log, 1, plan));
        chain(log, 1, plan).close();
        assert_eq!(chain(log, 1, plan).throw("thrown"), Err("thrown"));
        drop(Box::pin(chain(log, 1, plan).pinned()));
    }
    assert!(log.take().is_empty());
}

/// G19: what fails in a body that is being closed is a destructor, and its panic reaches the closer.
#[test]
fn a_destructors_panic_reaches_the_closer() {
    let log = &Log::new();
    let mut generator = generator!({
        let _outer = log.guard("outer");
        let _bomb = Bomb(log, "bomb");
        let _inner = log.guard("inner");
        yield 1;
        log.note("not reached");
    });
    assert_eq!(generator.next(), Some(1));
    assert_eq!(message(|| generator.close()), "bomb exploded");
    assert_eq!(log.take(), ["inner", "bomb", "outer"]);
    assert_eq!((generator.state(), generator.next()), (State::Closed, None));
    generator.close();
    drop(generator);
    assert!(log.take().is_empty());
}

/// How a child that has started before it is delegated to ends.
#[test]
fn a_started_child_ends_inside_its_parent_too() {
    let log = &Log::new();
    let outer = |acts: [Act; 2], bomb: bool| {
        let mut child = generator!(|| -> Answer {
            let _child = log.guard("child");
            let _bomb = bomb.then(|| Bomb(log, "bomb"));
            yield 0;
            for act in acts {
                match act {
                    Act::Yield => yield 7,
                    Act::Return => return Ok("returned"),
                    Act::Fail => return Err("failed"),
                    Act::Panic => panic!("a leaf's panic"),
                }
            }
            Ok("returned")
        })();
        assert_eq!(child.start(), Step::Yield(0));
        generator!(|| -> Answer {
            let _outer = log.guard("outer");
            let end = yield_from!(child)?;
            log.note("goes on");
            Ok(end)
        })()
    };
    for first in [false, true] {
        let acts = |last| if first { [last, Act::Return] } else { [Act::Yield, last] };
        let run = |last, bomb| {
            let mut outer = outer(acts(last), bomb);
            let step = outer.start();
            let step = if first { step } else { outer.send(()) };
            assert_eq!(outer.state(), State::Closed);
            step
        };
        assert_eq!(run(Act::Return, false), Step::Return(Ok("returned")));
        assert_eq!(log.take(), ["child", "goes on", "outer"]);
        assert_eq!(run(Act::Fail, false), Step::Return(Err("failed")));
        assert_eq!(log.take(), ["child", "outer"]);
        assert_eq!(message(|| run(Act::Panic, false)), "a leaf's panic");
        assert_eq!(log.take(), ["child", "outer"]);
        assert_eq!(message(|| run(Act::Return, true)), "bomb exploded");
        assert_eq!(log.take(), ["bomb", "child", "outer"]);
    }
    for bomb in [false, true] {
        let expected: &[&str] = if bomb { &["bomb", "child", "outer"] } else { &["child", "outer"] };
        let mut closed = outer([Act::Yield; 2], bomb);
        assert_eq!(closed.start(), Step::Yield(7));
        if bomb {
            assert_eq!(message(|| closed.close()), "bomb exploded");
        } else {
            closed.close();
        }
        assert_eq!(log.take(), expected);
        drop(closed);
        let mut dropped = outer([Act::Yield; 2], bomb);
        assert_eq!(dropped.start(), Step::Yield(7));
        drop_noting(dropped, bomb);
        assert_eq!(log.take(), expected);
    }
    drop(outer([Act::Yield; 2], false));
    assert_eq!(log.take(), ["child"], "the child had started, its parent had not");
}

/// G46: three generators that hold each other by handles, dropped in each order.
#[test]
fn generators_that_hold_each_other_are_dropped_in_any_order() {
    let log = &Log::new();
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    fn make<'a>(
        log: &'a Log,
        name: &'static str,
        inner: impl Fn() -> Option<u32> + 'a,
    ) -> Shared<Generator<impl Yields<u32>>> {
        generator!({
            let _guard = log.guard(name);
            while let Some(item) = inner() {
                yield item;
            }
        })
        .shared()
    }
    for order in orders {
        let innermost = make(log, "innermost", || Some(1));
        let held = innermost.clone();
        let inner = make(log, "inner", move || held.try_next().expect("it does not run"));
        let held = inner.clone();
        let outer = make(log, "outer", move || held.try_next().expect("it does not run"));
        assert_eq!(outer.try_next(), Ok(Some(1)));
        let (mut outer, mut inner, mut innermost) = (Some(outer), Some(inner), Some(innermost));
        for n in order {
            match n {
                0 => drop(outer.take()),
                1 => drop(inner.take()),
                _ => drop(innermost.take()),
            }
        }
        let mut noted = log.take();
        noted.sort_unstable();
        assert_eq!(noted, ["inner", "innermost", "outer"], "dropped in the order {order:?}");
    }
}

/// G30: a body knows nothing of what its caller is handling. A caller that unwinds resumes it as any other does.
#[test]
fn a_body_runs_while_its_caller_unwinds() {
    struct Resumes<'a, I: Iterator<Item = u32>>(&'a Log, I);
    impl<I: Iterator<Item = u32>> Drop for Resumes<'_, I> {
        fn drop(&mut self) {
            let rest: Vec<_> = self.1.by_ref().collect();
            self.0.note(format!("{rest:?}"));
        }
    }
    let log = &Log::new();
    let mut numbers = generator!({
        let _guard = log.guard("ended");
        yield 1;
        yield_from!(generator!({
            yield 2;
            let handled = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new("the body's own")));
            yield 3 + u32::from(handled.is_err());
        }));
    });
    assert_eq!(numbers.next(), Some(1));
    let unwinds = || {
        let _resumes = Resumes(log, numbers);
        panic!("the caller's");
    };
    assert_eq!(message(unwinds), "the caller's");
    assert_eq!(log.take(), ["ended", "[2, 4]"]);
}
