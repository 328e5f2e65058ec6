//! Created, Suspended, Closed: what runs when, and what an end leaves. Long, since each step is taken in a box, pinned, and
//! in a fold.

use crate::support::{Log, message};
use std::cell::Cell;
use std::iter::FusedIterator;
use std::pin::pin;
use std::rc::Rc;
use tarae::prelude::*;

/// G1.
#[test]
fn nothing_runs_before_the_first_item_is_asked_for() {
    let log = &Log::new();
    let make = || {
        generator!({
            log.note("starts");
            yield 1;
            log.note("goes on");
            yield 2;
            log.note("ends");
        })
    };
    let mut boxed = make();
    assert_eq!(boxed.state(), State::Created);
    assert!(log.take().is_empty());
    assert_eq!(boxed.next(), Some(1));
    assert_eq!(log.take(), ["starts"]);
    assert_eq!(boxed.next(), Some(2));
    assert_eq!(log.take(), ["goes on"]);
    assert_eq!(boxed.next(), None);
    assert_eq!(log.take(), ["ends"]);

    let mut pinned = pin!(make().pinned());
    assert!(log.take().is_empty());
    assert_eq!(pinned.next(), Some(1));
    assert_eq!(log.take(), ["starts"]);

    let folded = make();
    assert!(log.take().is_empty());
    assert_eq!(folded.sum::<i32>(), 3);
    assert_eq!(log.take(), ["starts", "goes on", "ends"]);
}

/// What parameters and captures are, is known at creation; what the body does with them is not.
#[test]
fn a_closure_that_makes_generators_runs_nothing_either() {
    let log = &Log::new();
    let make = generator!(|from: u32, (step, count): (u32, usize)| {
        log.note("starts");
        for n in 0..count as u32 {
            yield from + n * step;
        }
    });
    let (first, second) = (make(1, (2, 3)), make(10, (5, 2)));
    assert!(log.take().is_empty());
    assert_eq!(first.collect::<Vec<_>>(), [1, 3, 5]);
    assert_eq!(second.collect::<Vec<_>>(), [10, 15]);
    assert_eq!(log.take(), ["starts", "starts"]);
}

/// G2, G47.
#[test]
fn an_ended_generator_stays_ended() {
    fn is_fused<I: FusedIterator>(iterator: I) -> I {
        iterator
    }
    let source = &Cell::new(1);
    let make = || {
        generator!({
            for n in 0..source.get() {
                yield n;
            }
        })
    };
    let mut boxed = is_fused(make());
    let pinned = pin!(make().pinned());
    let mut pinned = is_fused(pinned);
    assert_eq!((boxed.next(), boxed.next()), (Some(0), None));
    assert_eq!((pinned.next(), pinned.next()), (Some(0), None));
    source.set(10);
    for _ in 0..3 {
        assert_eq!((boxed.next(), boxed.state()), (None, State::Closed));
        assert_eq!((pinned.next(), pinned.state()), (None, State::Closed));
    }
    assert_eq!(boxed.count(), 0);
}

/// G7.
#[test]
fn states_follow_each_other() {
    let make = || {
        generator!({
            yield 1;
        })
    };
    let mut boxed = make();
    assert_eq!((boxed.state(), Coroutine::state(&boxed)), (State::Created, State::Created));
    boxed.next();
    assert_eq!((boxed.state(), Coroutine::state(&boxed)), (State::Suspended, State::Suspended));
    boxed.next();
    assert_eq!((boxed.state(), Coroutine::state(&boxed)), (State::Closed, State::Closed));
    assert_eq!(
        format!("{:?} {:?}", make(), boxed),
        "Generator { state: Created, .. } Generator { state: Closed, .. }"
    );

    let mut pinned = pin!(make().pinned());
    assert_eq!(pinned.state(), State::Created);
    pinned.next();
    assert_eq!(pinned.state(), State::Suspended);
    assert_eq!(format!("{pinned:?}"), "Pinned { state: Suspended, .. }");
    pinned.next();
    assert_eq!(pinned.state(), State::Closed);
}

/// G9, across threads as well.
#[test]
fn a_generator_moves_between_resumes() {
    fn first(mut generator: impl Iterator<Item = String> + Send) -> impl Iterator<Item = String> + Send {
        assert_eq!(generator.next().as_deref(), Some("here"));
        generator
    }
    let local = generator!({
        let words = ["here".to_string(), "on a thread".to_string(), "back".to_string()];
        for word in &words {
            yield word.clone();
        }
    });
    let mut generator = Box::new(first(local));
    let mut generator = std::thread::spawn(move || {
        assert_eq!(generator.next().as_deref(), Some("on a thread"));
        vec![generator]
    })
    .join()
    .unwrap();
    assert_eq!(generator[0].next().as_deref(), Some("back"));
    assert_eq!(generator.pop().unwrap().next(), None);
}

/// G3, G5.
#[test]
fn a_body_returns_any_value() {
    let mut nothing = generator!({
        yield 1;
    });
    assert_eq!((nothing.start(), nothing.send(())), (Step::Yield(1), Step::Return(())));

    let mut tuple = coroutine!({ return (yield 1, 2, "three") });
    assert_eq!(tuple.start(), Step::Yield(1));
    assert_eq!(tuple.send('s'), Step::Return(('s', 2, "three")));

    let mut signal = generator!({
        yield 1;
        Step::<u8, Option<()>>::Return(None)
    });
    assert_eq!(signal.start(), Step::Yield(1));
    assert_eq!(signal.send(()), Step::Return(Step::Return(None)));

    let mut at_once = generator!({
        if true {
            return Box::new("without a yield");
        }
        yield 1;
        Box::new("never")
    });
    assert_eq!(at_once.start().returned().as_deref(), Some(&"without a yield"));
    assert_eq!(at_once.state(), State::Closed);
}

#[test]
fn return_ends_the_body_from_anywhere() {
    let log = &Log::new();
    let generator = generator!({
        let _guard = log.guard("dropped");
        for row in 0.. {
            for column in 0..row {
                if row == 3 && column == 1 {
                    return;
                }
                yield (row, column);
            }
        }
    });
    assert_eq!(generator.collect::<Vec<_>>(), [(1, 0), (2, 0), (2, 1), (3, 0)]);
    assert_eq!(log.take(), ["dropped"]);
}

#[test]
fn a_question_mark_ends_the_body() {
    let parse = generator!(|text: &'static str| -> Result<i32, std::num::ParseIntError> {
        let mut sum = 0;
        for word in text.split(' ') {
            let number = word.parse::<i32>()?;
            yield number;
            sum += number;
        }
        Ok(sum)
    });
    let mut good = parse("1 2");
    assert_eq!((good.start(), good.send(())), (Step::Yield(1), Step::Yield(2)));
    assert_eq!(good.send(()), Step::Return(Ok(3)));
    let mut bad = parse("1 x 2");
    assert_eq!(bad.start(), Step::Yield(1));
    assert!(bad.send(()).returned().unwrap().is_err());
    assert_eq!(bad.state(), State::Closed);

    let mut option = generator!({
        let first: &u8 = [].first()?;
        yield *first;
        Some(())
    });
    assert_eq!(option.start(), Step::Return(None));
}

/// G15.
#[test]
fn closing_before_the_start_runs_nothing() {
    let log = &Log::new();
    let owned = Rc::new(());
    let kept = Rc::downgrade(&owned);
    let mut generator = generator!({
        log.note("runs");
        let _owned = owned;
        yield 1;
    });
    generator.close();
    assert_eq!((generator.state(), generator.next()), (State::Closed, None));
    assert!(log.take().is_empty());
    assert_eq!(kept.strong_count(), 0);

    let mut pinned = pin!(
        generator!({
            log.note("runs");
            yield 1;
        })
        .pinned()
    );
    pinned.close();
    assert_eq!((pinned.state(), pinned.next()), (State::Closed, None));
    assert!(log.take().is_empty());
}

/// G16, G18, G21. DIFFERENCE to G17, G19, G20 and G45: a body cannot catch its end, so it can neither return a value,
/// nor fail, nor yield then.
#[test]
fn closing_drops_the_body_where_it_waits() {
    let log = &Log::new();
    let owned = Rc::new(());
    let kept = Rc::downgrade(&owned);
    let mut generator = generator!({
        let _owned = owned;
        let _outer = log.guard("outer");
        {
            let _inner = log.guard("inner");
            yield 1;
        }
        log.note("not reached");
    });
    generator.next();
    assert_eq!(kept.strong_count(), 1);
    generator.close();
    assert_eq!(kept.strong_count(), 0, "the handle is still held, what the body owned is gone");
    assert_eq!(log.take(), ["inner", "outer"]);
    generator.close();
    assert_eq!((generator.state(), generator.next()), (State::Closed, None));
    drop(generator);
    assert!(log.take().is_empty());
}

#[test]
fn closing_after_the_end_does_nothing() {
    let mut ended = generator!({
        yield 1;
    });
    assert_eq!(ended.by_ref().count(), 1);
    ended.close();
    ended.close();
    assert_eq!((ended.state(), ended.next()), (State::Closed, None));
    let mut pinned = pin!(
        generator!({
            yield 1;
        })
        .pinned()
    );
    assert_eq!(pinned.by_ref().count(), 1);
    pinned.close();
    assert_eq!((pinned.state(), pinned.next()), (State::Closed, None));
}

/// G14.
#[test]
fn what_a_body_owns_is_dropped_once() {
    let owned = Rc::new(());
    let make = || {
        let owned = owned.clone();
        generator!({
            let local = owned.clone();
            yield 1;
            drop(local);
            yield 2;
        })
    };
    for items in 0..4 {
        let mut boxed = make();
        boxed.by_ref().take(items).for_each(drop);
        drop(boxed);
        assert_eq!(Rc::strong_count(&owned), 1);
        let mut pinned = Box::pin(make().pinned());
        pinned.as_mut().take(items).for_each(drop);
        drop(pinned);
        assert_eq!(Rc::strong_count(&owned), 1);
    }
    assert_eq!(make().count(), 2);
    assert_eq!(Rc::strong_count(&owned), 1);
}

#[test]
fn a_started_generator_cannot_be_pinned() {
    let mut started = generator!({
        yield 1;
    });
    started.next();
    assert!(message(|| started.pinned()).contains("pin it before its first item"));
}

/// Delegating to what has started, folding it, lending it: it goes on where it was.
#[test]
fn a_started_generator_can_be_folded_and_lent() {
    let make = || {
        generator!({
            for n in 1..=4 {
                yield n;
            }
        })
    };
    let mut generator = make();
    assert_eq!(generator.next(), Some(1));
    assert_eq!(generator.by_ref().next(), Some(2));
    assert_eq!(generator.sum::<i32>(), 7);
    let mut ended = make();
    assert_eq!(ended.by_ref().count(), 4);
    assert_eq!(ended.fold(5, |_, n| n), 5);
    let mut pinned = pin!(make().pinned());
    assert_eq!(pinned.next(), Some(1));
    assert_eq!(pinned.by_ref().map(|n| n * 10).collect::<Vec<_>>(), [20, 30, 40]);
}

/// `fold` and `next` are two ways of the same: with all that is built on either.
#[test]
fn folding_and_stepping_agree() {
    let make = || {
        generator!({
            yield 3;
            yield_from!([1, 4]);
            yield_from!(generator!({
                yield 1;
                yield 5;
            }));
        })
    };
    let mut stepped = Vec::new();
    let mut generator = make();
    stepped.extend(std::iter::from_fn(|| generator.next()));
    let mut looped = Vec::new();
    for n in make() {
        looped.push(n);
    }
    let folded = make().fold(Vec::new(), |mut all, n| {
        all.push(n);
        all
    });
    assert_eq!(stepped, [3, 1, 4, 1, 5]);
    assert_eq!((&stepped, &stepped), (&looped, &folded));
    assert_eq!(make().max(), Some(5));
    assert_eq!(make().zip("abc".chars()).last(), Some((4, 'c')));
    assert_eq!(make().chain(make()).skip(4).step_by(2).collect::<Vec<_>>(), [5, 1, 1]);
    assert_eq!(make().try_fold(0, |sum, n| if n == 4 { Err(sum) } else { Ok(sum + n) }), Err(4));
}

#[test]
fn an_endless_generator_is_taken_from() {
    let fibonacci = generator!({
        let (mut a, mut b) = (0u64, 1);
        loop {
            yield a;
            (a, b) = (b, a + b);
        }
    });
    assert_eq!(fibonacci.take_while(|n| *n < 50).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]);
}

#[test]
fn a_generator_without_items_or_size() {
    fn empty() -> Generator<impl Yields<()>> {
        generator!({
            if false {
                yield ();
            }
        })
    }
    assert_eq!(empty().count(), 0);
    assert_eq!(empty().next(), None);
    assert_eq!(
        generator!({
            yield;
            yield ();
        })
        .count(),
        2
    );
    let mut never = generator!({
        if false {
            yield unreachable!();
        }
        1
    });
    let step: Step<std::convert::Infallible, i32> = never.start();
    assert_eq!(step.returned(), Some(1));
}
