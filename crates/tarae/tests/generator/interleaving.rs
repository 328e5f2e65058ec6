//! Generators that are resumed inside each other's resumes, by each other's bodies, closures and destructors, on other
//! threads, and coroutines and iterators that a program wrote by hand to do harm. Long, since the programs are.

use crate::support::{Bomb, Log, message};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use tarae::generator::{BoxGenerator, LocalBoxGenerator, SendError};
use tarae::prelude::*;

/// A tree of generators of one type.
fn walk(depth: u32) -> Generator<impl Yields<u32>> {
    generator!({
        if depth > 0 {
            yield_from!(walk(depth - 1));
            yield depth;
            yield_from!(walk(depth - 1));
        }
    })
}

/// The closure of a fold folds over generators of the same type, whose bodies run in the same loop, in other chains.
#[test]
fn a_fold_inside_a_fold() {
    let total = walk(3).fold(0, |total, n| total + n * walk(n).sum::<u32>());
    let sum = |depth| walk(depth).collect::<Vec<_>>().iter().sum::<u32>();
    assert_eq!(total, walk(3).collect::<Vec<_>>().iter().map(|&n| n * sum(n)).sum::<u32>());
}

/// A body that delegates to generators of its own type, and between that drives others of that type by hand.
#[test]
fn a_resume_inside_a_body() {
    fn mixed(depth: u32) -> LocalBoxGenerator<'static, u32> {
        generator!({
            if depth > 0 {
                let mut kept = mixed(depth - 1);
                let first = kept.next();
                yield_from!(mixed(depth - 1));
                for item in kept.by_ref() {
                    yield item;
                }
                yield first.unwrap_or(depth);
                yield mixed(depth - 1).sum::<u32>();
                yield walk(depth).sum::<u32>();
                yield_from!(walk(depth));
                yield_from!(kept.chain(mixed(depth - 1)));
            }
        })
        .boxed_local()
    }
    let make = || {
        generator!({
            yield_from!(mixed(2));
            yield_from!(walk(2));
            yield_from!(mixed(1));
        })
    };
    let folded = make().fold(Vec::new(), |mut all, item| {
        all.push(item);
        all
    });
    assert_eq!(folded, make().collect::<Vec<_>>());
    assert_eq!(folded, pin!(make().pinned()).collect::<Vec<_>>());
    assert_eq!(folded, make().boxed_local().collect::<Vec<_>>());
}

/// A closure of a fold that panics while all kinds of children are linked.
#[test]
fn a_closure_that_panics_over_any_chain() {
    let log = &Log::new();
    let make = || {
        generator!({
            let _outer = log.guard("outer");
            let text = "borrowed".to_string();
            let text = &text;
            let boxed = generator!({
                let _boxed = log.guard("boxed");
                yield text.clone();
                let mut started = generator!({
                    let _started = log.guard("started");
                    yield String::new();
                    yield text.repeat(2);
                });
                started.next();
                yield_from!(started);
                yield_from!(tarae::generator::from_fn(async |mut y| {
                    let _handle = log.guard("handle");
                    y.yield_(text.repeat(3)).await;
                }));
                let guard = log.guard("iterator");
                yield_from!((0..2).map(move |n| {
                    let _kept = &guard;
                    text.repeat(n)
                }));
            });
            yield_from!(boxed.boxed_local());
        })
    };
    let expected: [&[&str]; 5] = [
        &["boxed", "outer"],
        &["started", "boxed", "outer"],
        &["started", "handle", "boxed", "outer"],
        &["started", "handle", "iterator", "boxed", "outer"],
        &["started", "handle", "iterator", "boxed", "outer"],
    ];
    for (item, expected) in expected.into_iter().enumerate() {
        let closure = |mut seen: Vec<String>, text| {
            seen.push(text);
            assert!(seen.len() <= item, "enough");
            seen
        };
        assert_eq!(message(|| make().fold(Vec::new(), closure)), "enough");
        assert_eq!(log.take(), expected);
    }
    assert_eq!(make().map(|text| text.len()).sum::<usize>(), 8 * (1 + 2 + 3 + 1));
}

/// A closure of a fold may end other generators, one of them suspended below a child of the same type.
#[test]
fn a_closure_that_ends_other_generators() {
    let mut others: Vec<_> = (0..3)
        .map(|n| {
            let mut other = walk(4);
            assert_eq!(other.by_ref().take(n).count(), n);
            other
        })
        .collect();
    let rest = walk(3).fold(0, |count, _| count + others.pop().map_or(0, Iterator::count));
    assert_eq!(rest, 3 * 15 - 3);
}

/// A coroutine that says of itself what it likes.
struct Liar<'a> {
    states: Vec<State>,
    steps: Vec<Step<u32, u32>>,
    panics_in_drop: bool,
    log: &'a Log,
}

impl Drop for Liar<'_> {
    fn drop(&mut self) {
        self.log.note("liar");
        if self.panics_in_drop {
            panic!("liar exploded");
        }
    }
}

impl Liar<'_> {
    fn step(&mut self) -> Step<u32, u32> {
        self.steps.pop().expect("no step")
    }
}

impl Coroutine for Liar<'_> {
    type Sent = ();
    type Yield = u32;
    type Return = u32;

    fn try_start(&mut self) -> Result<Step<u32, u32>, SendError<()>> {
        self.log.note("started");
        Ok(self.step())
    }

    fn try_send(&mut self, (): ()) -> Result<Step<u32, u32>, SendError<()>> {
        self.log.note("sent");
        Ok(self.step())
    }

    fn state(&self) -> State {
        self.log.note("asked");
        *self.states.first().expect("no state")
    }

    fn close(&mut self) {
        panic!("nobody closes it");
    }
}

#[test]
fn a_coroutine_that_lies() {
    let log = &Log::new();
    let make = |states: &[State], steps: &[Step<u32, u32>], panics_in_drop| {
        let mut liar = Liar { states: states.to_vec(), steps: steps.to_vec(), panics_in_drop, log };
        liar.steps.reverse();
        generator!({
            let _outer = log.guard("outer");
            let text = "of the parent".to_string();
            let reads = &text;
            yield_from!(generator!({
                let result: u32 = yield_from!(liar);
                yield result + reads.len() as u32;
            }));
        })
    };
    use State::{Closed, Created, Running, Suspended};
    use Step::{Return, Yield};
    for (state, first) in [(Created, "started"), (Running, "sent"), (Suspended, "sent")] {
        let mut outer = make(&[state], &[Yield(1), Return(2)], false);
        assert!(outer.by_ref().eq([1, 15]));
        assert_eq!(log.take(), ["asked", first, "sent", "liar", "outer"]);
        // It ends although it has said that it is suspended; it panics in the midst; its destructor does.
        assert!(make(&[state], &[Return(2)], false).eq([15]));
        assert_eq!(log.take(), ["asked", first, "liar", "outer"]);
        assert_eq!(message(|| make(&[state], &[Yield(1)], false).count()), "no step");
        assert_eq!(log.take(), ["asked", first, "sent", "liar", "outer"]);
        assert_eq!(message(|| make(&[state], &[Return(1)], true).count()), "liar exploded");
        assert_eq!(log.take(), ["asked", first, "liar", "outer"]);
        let mut outer = make(&[state], &[Yield(1)], true);
        outer.next();
        assert_eq!(message(|| outer.close()), "liar exploded");
        assert_eq!(outer.state(), Closed);
        assert_eq!(log.take(), ["asked", first, "liar", "outer"]);
    }
    assert_eq!(message(|| make(&[], &[], false).next()), "no state");
    assert_eq!(log.take(), ["asked", "liar", "outer"]);
    assert!(message(|| make(&[Closed], &[], false).next()).contains("has ended"));
    assert_eq!(log.take(), ["asked", "liar", "outer"]);
}

/// An iterator whose every method panics, each in its turn, while a child with it is linked.
#[test]
fn an_iterator_that_panics_anywhere() {
    struct Source<'a>(&'static str, &'a Log);
    struct Items<'a>(&'static str, &'a Log, u32);
    impl<'a> IntoIterator for Source<'a> {
        type Item = u32;
        type IntoIter = Items<'a>;
        fn into_iter(self) -> Items<'a> {
            assert!(self.0 != "into_iter", "into_iter");
            Items(self.0, self.1, 0)
        }
    }
    impl Iterator for Items<'_> {
        type Item = u32;
        fn next(&mut self) -> Option<u32> {
            assert!(self.0 != "first" && (self.0 != "second" || self.2 == 0), "next");
            self.2 += 1;
            (self.2 < 3).then_some(self.2)
        }
    }
    impl Drop for Items<'_> {
        fn drop(&mut self) {
            self.1.note("items");
            assert!(self.0 != "drop", "drop");
        }
    }
    let log = &Log::new();
    for (how, said) in
        [("into_iter", "into_iter"), ("first", "next"), ("second", "next"), ("drop", "drop"), ("", "")]
    {
        let make = || {
            generator!({
                let _outer = log.guard("outer");
                yield_from!(generator!({
                    let _inner = log.guard("inner");
                    yield_from!(Source(how, log));
                    yield 9;
                }));
            })
        };
        let expected = match how {
            "into_iter" => &["inner", "outer"][..],
            _ => &["items", "inner", "outer"],
        };
        if how.is_empty() {
            assert_eq!(make().collect::<Vec<_>>(), [1, 2, 9]);
            assert_eq!(log.take(), expected);
            continue;
        }
        assert_eq!(message(|| make().count()), said);
        assert_eq!(log.take(), expected);
        let mut stepped = make().boxed_local();
        assert_eq!(message(|| while stepped.next().is_some() {}), said);
        assert_eq!((stepped.state(), stepped.next()), (State::Closed, None));
        assert_eq!(log.take(), expected);
    }
}

/// A destructor that takes its own generator out of its place, and drops or resumes another.
#[test]
fn a_destructor_that_meets_its_own_place() {
    type Place = Rc<RefCell<Option<BoxGenerator<'static, u32>>>>;
    thread_local!(static PLACE: RefCell<Option<Box<dyn Iterator<Item = u32>>>> = const { RefCell::new(None) });
    struct Meets(Rc<Cell<u32>>);
    impl Drop for Meets {
        fn drop(&mut self) {
            let other = PLACE.replace(Some(Box::new(walk(2))));
            self.0.set(self.0.get() * 10 + other.map_or(7, |mut other| other.next().unwrap_or(8)));
        }
    }
    let met = Rc::new(Cell::new(0));
    let make = || {
        let (outer, inner) = (Meets(met.clone()), Meets(met.clone()));
        generator!({
            let _outer = outer;
            yield_from!(generator!({
                let _inner = inner;
                yield 1;
                yield 2;
            }));
        })
    };
    PLACE.set(Some(Box::new(make())));
    assert_eq!(PLACE.with_borrow_mut(|place| place.as_mut().unwrap().next()), Some(1));
    drop(PLACE.take()); // the inner destructor finds no generator, the outer one what the inner has put there
    assert_eq!(met.get(), 71);
    assert_eq!(PLACE.take().map(Iterator::count), Some(3));

    let place: Place = Rc::default();
    let inside = place.clone();
    *place.borrow_mut() = Some(walk(2).boxed());
    let mut generator = generator!({
        yield 1;
        let other = inside.take(); // not this one: who resumes this one holds it
        yield other.map_or(0, |other| other.count() as u32);
    });
    assert!(generator.by_ref().eq([1, 3]));
}

/// Contexts of one lifetime may be exchanged: both lead to the same frame, or nowhere.
#[test]
fn contexts_that_are_exchanged() {
    async fn exchange() {
        poll_fn(|context| {
            let mut other = Context::from_waker(context.waker());
            mem::swap(context, &mut other);
            let mut nowhere = Context::from_waker(Waker::noop());
            mem::swap(&mut other, &mut nowhere);
            assert!(nowhere.waker().will_wake(context.waker()));
            assert!(!other.waker().will_wake(context.waker()));
            Poll::Ready(())
        })
        .await;
    }
    fn exchanging(depth: u32) -> Generator<impl Yields<String>> {
        generator!({
            exchange().await;
            yield depth.to_string();
            exchange().await;
            if depth > 0 {
                yield_from!(exchanging(depth - 1));
                exchange().await;
                yield_from!(exchanging(depth - 1).boxed_local());
                exchange().await;
            }
        })
    }
    assert_eq!(exchanging(2).collect::<String>(), "2100100");
    assert_eq!(exchanging(2).boxed_local().collect::<String>(), "2100100");
    let leaf = || {
        generator!({
            for n in 0..3 {
                exchange().await;
                yield n.to_string();
                exchange().await;
            }
        })
    };
    assert_eq!(leaf().collect::<String>(), "012");
    assert_eq!(pin!(leaf().pinned()).collect::<String>(), "012");
}

/// Each resume on a thread of its own, the end on another: nodes and bodies go along.
#[test]
fn resumed_on_a_thread_each() {
    let mut generator = generator!({
        let text = "sent from thread to thread".to_string();
        let words = &text;
        yield_from!(generator!({
            for word in words.split(' ') {
                yield_from!(generator!({
                    yield word.to_string();
                }));
                yield_from!(
                    generator!({
                        yield word.len().to_string();
                    })
                    .boxed()
                );
            }
        }));
    });
    let mut seen = Vec::new();
    loop {
        let (back, item) = std::thread::spawn(move || {
            let item = generator.next();
            (generator, item)
        })
        .join()
        .unwrap();
        generator = back;
        match item {
            Some(item) if seen.len() < 5 => seen.push(item),
            _ => break,
        }
    }
    assert_eq!(seen, ["sent", "4", "from", "4", "thread"]);
    std::thread::spawn(move || drop(generator)).join().unwrap();
}

/// The waker of a running resume is lent to another thread, which drives generators and streams of its own under it.
#[test]
fn other_generators_under_a_lent_waker() {
    let outer = generator!({
        for depth in 0..3 {
            let counted = poll_fn(|context| {
                let waker = context.waker();
                let counted = std::thread::scope(|scope| {
                    let other = scope.spawn(|| {
                        let mut block = pin!(async {
                            let inner = walk(depth);
                            inner.count()
                        });
                        block.as_mut().poll(&mut Context::from_waker(waker))
                    });
                    let here = walk(depth).count();
                    let Poll::Ready(there) = other.join().unwrap() else { panic!("it is not pending") };
                    here + there
                });
                Poll::Ready(counted)
            })
            .await;
            yield counted;
        }
    });
    assert!(outer.eq([0, 2, 6]));
}

/// A body whose child is closed by a panic in a destructor, between two others that are driven by the same body.
#[test]
fn a_panic_that_a_body_catches() {
    let log = &Log::new();
    let mut outer = generator!({
        let _outer = log.guard("outer");
        for n in 0..3u32 {
            let mut inner = generator!({
                let _bomb = Bomb(log, "inner");
                yield_from!(walk(2));
            });
            assert_eq!(inner.by_ref().take(n as usize).count(), n as usize);
            assert!(n == 0 || message(|| inner.close()) == "inner exploded");
            yield_from!(walk(n));
            assert_eq!(inner.next().is_some(), n == 0);
            if n == 0 {
                assert_eq!(message(|| drop(inner)), "inner exploded");
            }
        }
    });
    assert_eq!(outer.by_ref().count(), 4);
    assert_eq!(log.take(), ["inner", "inner", "inner", "outer"]);
}
