//! What a body holds is dropped once, inner to outer, however its stream ends: dropped early, at its end, by a panic.

use crate::generators::{Bomb, Log, message};
use crate::support::{Gate, Task, next};
use std::pin::pin;
use tarae::prelude::*;
use tarae::stream::FusedStream;

/// A stream that yields, waits for a gate in an inner future, and yields again.
fn waiting(log: &Log, gate: Gate) -> impl FusedStream<Item = u8> {
    async fn inner(log: &Log, gate: Gate) {
        let _inner = log.guard("inner");
        gate.await;
        log.note("inner ends");
    }
    let captured = log.guard("captured");
    stream!({
        let _outer = log.guard("outer");
        yield 1;
        inner(log, gate).await;
        let _late = log.guard("late");
        yield 2;
        drop(captured);
        yield 3;
    })
}

#[test]
fn a_stream_that_has_not_started_drops_what_it_captured() {
    let log = &Log::new();
    drop(waiting(log, Gate::new()));
    assert_eq!(log.take(), ["captured"]);
}

/// G48.
#[test]
fn dropped_at_a_yield() {
    let log = &Log::new();
    let mut stream = Box::pin(waiting(log, Gate::new()));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert!(log.take().is_empty());
    drop(stream);
    assert_eq!(log.take(), ["outer", "captured"]);
}

#[test]
fn dropped_while_an_inner_future_is_pending() {
    let log = &Log::new();
    let gate = Gate::new();
    let mut stream = Box::pin(waiting(log, gate.clone()));
    let task = Task::new();
    assert_eq!(next(stream.as_mut()), Some(1));
    assert!(task.poll(stream.as_mut()).is_pending());
    drop(stream);
    assert_eq!(log.take(), ["inner", "outer", "captured"]);
    gate.open();
    assert_eq!(task.wakes(), 1, "a waker that is kept is the task's own, and outlives the stream");
}

#[test]
fn at_the_end_all_has_been_dropped() {
    let log = &Log::new();
    let gate = Gate::new();
    gate.open();
    let mut stream = pin!(waiting(log, gate));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(next(stream.as_mut()), Some(2));
    assert_eq!(log.take(), ["inner ends", "inner"]);
    assert_eq!(next(stream.as_mut()), Some(3));
    assert_eq!(log.take(), ["captured"]);
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(log.take(), ["late", "outer"]);
    assert_eq!(next(stream.as_mut()), None);
    assert!(log.take().is_empty());
}

#[test]
fn an_error_drops_all_before_it_is_handed_out() {
    let log = &Log::new();
    let mut stream = pin!(try_stream!({
        let _guard = log.guard("local");
        yield 1;
        Err("bad")?;
    }));
    assert_eq!(next(stream.as_mut()), Some(Ok(1)));
    assert_eq!(next(stream.as_mut()), Some(Err("bad")));
    assert_eq!(log.take(), ["local"]);
}

#[test]
fn nested_streams_are_dropped_inner_to_outer() {
    let log = &Log::new();
    let inner = |name: &'static str| {
        stream!({
            let _guard = log.guard(name);
            yield 1;
            std::future::pending::<()>().await;
        })
    };
    let mut stream = Box::pin(stream!({
        let _guard = log.guard("outer");
        for await n in inner("looped over") {
            yield n;
            break;
        }
        yield_from!(inner("handed on"));
    }));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(log.take(), ["looped over"]);
    assert!(Task::new().poll(stream.as_mut()).is_pending());
    drop(stream);
    assert_eq!(log.take(), ["handed on", "outer"]);
}

#[test]
fn a_panic_ends_it() {
    let log = &Log::new();
    let mut stream = pin!(stream!({
        let _guard = log.guard("local");
        yield 1;
        if log.take().is_empty() {
            panic!("the body's");
        }
        yield 2;
    }));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(message(|| next(stream.as_mut())), "the body's");
    assert_eq!(log.take(), ["local"]);
    assert!(stream.is_terminated());
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(next(stream.as_mut()), None);
}

#[test]
fn a_panic_of_an_inner_future_ends_it() {
    let log = &Log::new();
    let gate = Gate::new();
    let inside = gate.clone();
    let mut stream = pin!(stream!({
        let _guard = log.guard("outer");
        let explodes = async {
            let _guard = log.guard("inner");
            inside.await;
            panic!("inside");
        };
        explodes.await;
        yield 1;
    }));
    assert!(Task::new().poll(stream.as_mut()).is_pending());
    gate.open();
    assert_eq!(message(|| next(stream.as_mut())), "inside");
    assert_eq!(log.take(), ["inner", "outer"]);
    assert_eq!(next(stream.as_mut()), None);
}

#[test]
fn a_panic_of_a_destructor_ends_it() {
    let log = &Log::new();
    let mut stream = pin!(stream!({
        let _outer = log.guard("outer");
        {
            let _bomb = Bomb(log, "bomb");
            yield 1;
        }
        yield 2;
    }));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(message(|| next(stream.as_mut())), "bomb exploded");
    assert_eq!(log.take(), ["bomb", "outer"]);
    assert_eq!(next(stream.as_mut()), None);
}

#[test]
fn a_destructor_that_panics_when_it_is_dropped_keeps_no_other_from_running() {
    let log = &Log::new();
    let mut stream = Box::pin(stream!({
        let _outer = log.guard("outer");
        let _bomb = Bomb(log, "bomb");
        yield 1;
    }));
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(message(move || drop(stream)), "bomb exploded");
    assert_eq!(log.take(), ["bomb", "outer"]);
}

/// `Pin::set` drops the old stream where it is, and the new one runs there.
#[test]
fn another_stream_may_take_its_place() {
    let log = &Log::new();
    let make = |name: &'static str| {
        stream!({
            let _guard = log.guard(name);
            yield name;
            yield "end";
        })
    };
    let mut stream = pin!(make("first"));
    assert_eq!(next(stream.as_mut()), Some("first"));
    stream.set(make("second"));
    assert_eq!(log.take(), ["first"]);
    assert_eq!(next(stream.as_mut()), Some("second"));
    assert_eq!(next(stream.as_mut()), Some("end"));
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(log.take(), ["second"]);
}
