//! A generator is an iterator like any other: lazy, its own, and taken by all that takes iterators, to its end and no
//! further.

use crate::support::Log;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use tarae::generator::SendError;
use tarae::prelude::*;

/// Yields the numbers up to `n`, and notes each step.
fn noted(log: &Log, n: u32) -> Generator<impl Yields<u32>> {
    generator!({
        let _guard = log.guard("ended");
        for number in 1..=n {
            log.note(format!("made {number}"));
            yield number;
        }
    })
}

/// G12: a list has all effects at its creation, a generator one at a time, between those of its consumer.
#[test]
fn a_generator_is_lazy_where_a_list_is_not() {
    let log = &Log::new();
    let double = |n: u32| {
        log.note(format!("double {n}"));
        n * 2
    };
    let list: Vec<u32> = (1..3).map(double).collect();
    log.note("list made");
    for n in list {
        log.note(format!("got {n}"));
    }
    assert_eq!(log.take(), ["double 1", "double 2", "list made", "got 2", "got 4"]);

    let lazy = generator!({
        for n in 1..3 {
            yield double(n);
        }
    });
    log.note("generator made");
    for n in lazy {
        log.note(format!("got {n}"));
    }
    assert_eq!(log.take(), ["generator made", "double 1", "got 2", "double 2", "got 4"]);

    let chained = noted(log, 3).map(double).filter(|n| *n > 2).take(1);
    log.note("adapters made");
    assert_eq!(chained.collect::<Vec<_>>(), [4]);
    let expected = ["adapters made", "made 1", "double 1", "made 2", "double 2", "ended"];
    assert_eq!(log.take(), expected, "no more than was asked for");
}

/// G47.
#[test]
fn a_generator_stays_ended_although_its_source_grows() {
    let source = &RefCell::new(VecDeque::from([1, 2]));
    let make = || {
        generator!({
            loop {
                let Some(item) = source.borrow_mut().pop_front() else { return };
                yield item;
            }
        })
    };
    let mut first = make();
    assert_eq!(first.by_ref().collect::<Vec<_>>(), [1, 2]);
    source.borrow_mut().extend([3, 4]);
    assert_eq!((first.next(), first.next()), (None, None));
    assert_eq!(make().collect::<Vec<_>>(), [3, 4]);
    source.borrow_mut().push_back(5);
    assert_eq!(first.count(), 0);
    let mut delegating = generator!({
        yield_from!(make());
    });
    assert_eq!((delegating.next(), delegating.next()), (Some(5), None));
    source.borrow_mut().push_back(6);
    assert_eq!((delegating.next(), delegating.next()), (None, None));
}

/// G40, G47: one that would go on after its end is not asked again.
#[test]
fn a_delegation_ends_at_the_first_end_of_its_iterator() {
    let asked = &Cell::new(0);
    let flickers = || {
        std::iter::from_fn(|| {
            asked.set(asked.get() + 1);
            (asked.get() % 3 != 0).then_some(asked.get())
        })
    };
    let mut outer = generator!({
        yield_from!(flickers());
        yield 100;
    });
    assert_eq!(outer.by_ref().collect::<Vec<_>>(), [1, 2, 100]);
    assert_eq!((outer.next(), outer.next(), asked.get()), (None, None, 3));
}

/// G40: from the first step, in the last, and a thousand in a row.
#[test]
fn empty_delegations_yield_nothing() {
    let mut only = generator!({
        yield_from!(std::iter::empty::<u8>());
    });
    assert_eq!((only.next(), only.state()), (None, State::Closed));
    let mut last = generator!({
        yield 1;
        yield_from!([]);
    });
    assert_eq!((last.next(), last.next(), last.next()), (Some(1), None, None));
    let empties = if cfg!(miri) { 20 } else { 1000 };
    let mut many = generator!({
        for n in 0..empties {
            yield_from!(None);
            yield_from!(generator!({
                if n > empties {
                    yield n;
                }
            }));
        }
        yield empties;
    });
    assert_eq!((many.next(), many.next()), (Some(empties), None));
}

/// G47.
#[test]
fn an_iterator_is_its_own_iterator() {
    fn iterated<I: IntoIterator>(items: I) -> I::IntoIter {
        items.into_iter()
    }
    let log = &Log::new();
    let mut numbers = noted(log, 4);
    for n in numbers.by_ref() {
        if n == 2 {
            break;
        }
    }
    let same: Generator<_> = iterated(iterated(numbers));
    assert_eq!(log.take(), ["made 1", "made 2"], "nothing starts anew, and nothing is dropped");
    assert_eq!(same.collect::<Vec<_>>(), [3, 4]);
    assert_eq!(log.take(), ["made 3", "made 4", "ended"]);
}

/// G47: each takes what it needs, and what it has taken whole has ended.
#[test]
fn all_that_takes_iterators_takes_generators() {
    let log = &Log::new();
    let whole = |text: &str| {
        assert_eq!(log.take(), ["made 1", "made 2", "made 3", "ended"], "{text}");
    };
    let three = || noted(log, 3);
    assert_eq!((three().min(), log.take().len()), (Some(1), 4));
    assert_eq!(three().max(), Some(3));
    whole("max");
    assert_eq!(three().min_by_key(|n| 10 - n), Some(3));
    whole("min_by_key");
    assert_eq!(three().map(|n| n.to_string()).collect::<Vec<_>>().join("+"), "1+2+3");
    whole("join");
    assert_eq!(three().map(|n| char::from_digit(n, 10).unwrap()).collect::<String>(), "123");
    whole("a text");
    assert_eq!(three().collect::<BTreeSet<_>>().len(), 3);
    whole("a set");
    assert_eq!(three().map(|n| (n, n * n)).unzip::<_, _, Vec<_>, Vec<_>>(), (vec![1, 2, 3], vec![1, 4, 9]));
    whole("unzip");
    let [a, b, c] = three().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((a, b, c), (1, 2, 3));
    whole("unpacked");
    assert!([1, 2, 3].into_iter().eq(three()));
    whole("compared");
    let mut extended = vec![0];
    extended.extend(three());
    assert_eq!(extended, [0, 1, 2, 3]);
    whole("extended");
    assert_eq!(three().zip(three()).count(), 3);
    let in_turn = ["made 1", "made 1", "made 2", "made 2", "made 3", "made 3"];
    assert_eq!(log.take()[..6], in_turn, "zipped");

    assert!(three().any(|n| n == 2));
    assert_eq!(log.take(), ["made 1", "made 2", "ended"], "`in` stops at what it finds");
    assert!(!three().any(|n| n == 7));
    whole("`in` that finds nothing");
    assert_eq!(["only one"].into_iter().zip(three()).count(), 1);
    assert_eq!(log.take(), ["made 1", "ended"], "zip stops at the end of the first");
    assert_eq!(three().zip(["only one"]).count(), 1);
    assert_eq!(log.take(), ["made 1", "made 2", "ended"], "and asks the first one first");
    let mut rest = three();
    let (first, second) = (rest.next(), rest.next());
    assert_eq!((first, second, rest.collect::<Vec<_>>()), (Some(1), Some(2), vec![3]));
    whole("unpacked with a rest");
}

/// Counts down, and returns how often it was asked: as iterators of Python return values.
struct Countdown {
    from: u32,
    asked: u32,
}

impl Iterator for Countdown {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        self.asked += 1;
        self.from = self.from.checked_sub(1)?;
        Some(self.from)
    }
}

/// G35. DIFFERENCE: the end of an iterator carries no value, so it is lent to the delegation, and asked for it after that.
#[test]
fn a_hand_written_iterator_is_asked_for_its_value_afterwards() {
    let mut outer = generator!({
        let mut countdown = Countdown { from: 3, asked: 0 };
        yield_from!(&mut countdown);
        countdown.asked
    });
    assert_eq!(
        (outer.start(), outer.send(()), outer.send(())),
        (Step::Yield(2), Step::Yield(1), Step::Yield(0))
    );
    assert_eq!(outer.send(()), Step::Return(4));
}

/// A coroutine without a body: adds up what it is sent, until that is 0.
struct Sum(Option<u32>, bool);

impl Coroutine for Sum {
    type Sent = u32;
    type Yield = u32;
    type Return = String;

    fn try_start(&mut self) -> Result<Step<u32, String>, SendError<()>> {
        match (self.0, self.1) {
            (Some(sum), false) => {
                self.1 = true;
                Ok(Step::Yield(sum))
            }
            _ => Err(SendError { value: (), state: self.state() }),
        }
    }

    fn try_send(&mut self, value: u32) -> Result<Step<u32, String>, SendError<u32>> {
        match (self.state(), &mut self.0, value) {
            (State::Suspended, sum, 0) => Ok(Step::Return(format!("{} in all", sum.take().unwrap_or(0)))),
            (State::Suspended, Some(sum), value) => {
                *sum += value;
                Ok(Step::Yield(*sum))
            }
            (state, _, value) => Err(SendError { value, state }),
        }
    }

    fn state(&self) -> State {
        match self {
            Sum(None, _) => State::Closed,
            Sum(_, true) => State::Suspended,
            Sum(_, false) => State::Created,
        }
    }

    fn close(&mut self) {
        self.0 = None;
    }
}

/// G35: what is no generator by its type has a value, too, when it is delegated to.
#[test]
fn a_hand_written_coroutine_is_delegated_to() {
    fn with_a_mark(
        inner: impl Coroutine<Sent = u32, Yield = u32, Return = String>,
    ) -> impl Coroutine<Sent = u32, Yield = u32, Return = String> {
        coroutine!(|| -> String {
            let text: String = yield_from!(inner);
            text + "!"
        })()
    }
    let sum: Box<dyn Coroutine<Sent = u32, Yield = u32, Return = String>> = Box::new(Sum(Some(0), false));
    let mut outer = with_a_mark(sum);
    assert_eq!(
        (outer.start(), outer.send(3), outer.send(4)),
        (Step::Yield(0), Step::Yield(3), Step::Yield(7))
    );
    assert_eq!(outer.send(0), Step::Return("7 in all!".to_string()));
}
