//! `start` and `send`: what arrives where, and what a resume that cannot be gives back.

use crate::support::{Log, message};
use std::pin::pin;
use std::rc::Rc;
use tarae::generator::SendError;
use tarae::prelude::*;

fn concat<'a>(log: &'a Log) -> Generator<impl Body<Yield = usize, Sent = Box<str>, Output = String> + 'a> {
    coroutine!({
        log.note("starts");
        let a: Box<str> = yield 0;
        let b: Box<str> = yield a.len();
        log.note("ends");
        format!("{a}{b}")
    })
}

/// G4.
#[test]
fn a_yield_evaluates_to_what_is_sent() {
    let log = &Log::new();
    let mut boxed = concat(log);
    assert_eq!(boxed.start(), Step::Yield(0));
    assert_eq!(boxed.send("ab".into()), Step::Yield(2));
    assert_eq!(boxed.send("c".into()), Step::Return("abc".to_string()));
    let mut pinned = pin!(concat(log).pinned());
    assert_eq!(pinned.start(), Step::Yield(0));
    assert_eq!(pinned.send("ab".into()), Step::Yield(2));
    assert_eq!(pinned.send("c".into()), Step::Return("abc".to_string()));
}

fn sending_too_early(
    mut coroutine: impl Coroutine<Sent = Box<str>, Yield = usize, Return = String>,
    log: &Log,
) {
    let error = coroutine.try_send("early".into()).unwrap_err();
    assert_eq!(error, SendError { value: "early".into(), state: State::Created });
    assert_eq!(error.to_string(), "resume the coroutine: it has not started: call `start` first");
    assert_eq!(
        message(|| coroutine.send("early".into())),
        "cannot send to a coroutine that is Created: call `start` first"
    );
    assert!(log.take().is_empty());
    assert_eq!(coroutine.state(), State::Created);
    assert_eq!(coroutine.start(), Step::Yield(0));
    assert_eq!(log.take(), ["starts"]);
}

/// G6: and the body has not run.
#[test]
fn sending_before_the_start_gives_the_value_back() {
    let log = &Log::new();
    sending_too_early(concat(log), log);
    sending_too_early(&mut concat(log), log);
    sending_too_early(Box::new(concat(log)), log);
    sending_too_early(pin!(concat(log).pinned()), log);
    let object: Box<dyn Coroutine<Sent = Box<str>, Yield = usize, Return = String> + '_> =
        Box::new(concat(log));
    sending_too_early(object, log);
}

fn starting_twice(mut coroutine: impl Coroutine<Sent = Box<str>, Yield = usize, Return = String>) {
    assert_eq!(coroutine.start(), Step::Yield(0));
    let error = coroutine.try_start().unwrap_err();
    assert_eq!(error, SendError { value: (), state: State::Suspended });
    assert_eq!(error.to_string(), "resume the coroutine: it has been started before: send it a value");
    assert!(message(|| coroutine.start()).contains("that is Suspended: it is started once"));
    assert_eq!(coroutine.state(), State::Suspended);
    assert_eq!(coroutine.send("ab".into()), Step::Yield(2));
    assert_eq!(coroutine.send("c".into()), Step::Return("abc".to_string()));

    let error = coroutine.try_send("late".into()).unwrap_err();
    assert_eq!(error, SendError { value: "late".into(), state: State::Closed });
    assert_eq!(error.to_string(), "resume the coroutine: it is over");
    assert_eq!(
        message(|| coroutine.send("late".into())),
        "cannot send to a coroutine that is Closed: `try_send` gives the value back"
    );
    assert_eq!(coroutine.try_start().unwrap_err().state, State::Closed);
    assert!(message(|| coroutine.start()).contains("that is Closed: it is started once"));
}

#[test]
fn starting_twice_and_sending_after_the_end_are_errors() {
    let log = &Log::new();
    starting_twice(concat(log));
    starting_twice(&mut concat(log));
    starting_twice(Box::new(concat(log)));
    starting_twice(pin!(concat(log).pinned()));
}

#[test]
fn sending_after_a_close_gives_the_value_back() {
    let log = &Log::new();
    for started in [false, true] {
        let mut coroutine = concat(log);
        if started {
            let _ = coroutine.start();
        }
        Coroutine::close(&mut coroutine);
        let error = coroutine.try_send("late".into()).unwrap_err();
        assert_eq!((&*error.value, error.state), ("late", State::Closed));
        assert_eq!(coroutine.try_start().unwrap_err().state, State::Closed);
    }
}

/// Every value goes to one place, whether it is read, kept, ignored or returned.
#[test]
fn what_is_sent_is_dropped_once() {
    let value = Rc::new(());
    for resumes in 0..=6 {
        let mut coroutine = coroutine!({
            let mut kept = Vec::new();
            yield 0;
            let _: Rc<()> = yield 1;
            let read = yield 2;
            kept.push(read);
            kept.push(yield 3);
            drop(kept);
            yield 4
        });
        assert_eq!(coroutine.start(), Step::Yield(0));
        for n in 1..=resumes {
            match coroutine.send(value.clone()) {
                Step::Yield(item) => assert_eq!(item, n),
                Step::Return(last) => {
                    assert_eq!((n, Rc::strong_count(&last)), (5, 2));
                    break;
                }
            }
        }
        if resumes == 6 {
            assert!(Rc::ptr_eq(&coroutine.try_send(value.clone()).unwrap_err().value, &value));
        }
        drop(coroutine);
        assert_eq!(Rc::strong_count(&value), 1, "after {resumes}");
    }
}

#[test]
fn a_generator_is_sent_nothing() {
    let mut generator = generator!({
        let () = yield 1;
        assert!(matches!(yield 2, ()));
        "end"
    });
    assert_eq!(generator.start(), Step::Yield(1));
    assert_eq!(generator.send(()), Step::Yield(2));
    assert_eq!(generator.send(()), Step::Return("end"));
}

/// `next` and `start`/`send` are two names of the same.
#[test]
fn next_and_send_mix() {
    let make = || {
        generator!({
            yield 1;
            yield 2;
            yield 3;
        })
    };
    let mut generator = make();
    assert_eq!(generator.start(), Step::Yield(1));
    assert_eq!(generator.next(), Some(2));
    assert_eq!(generator.send(()), Step::Yield(3));
    assert_eq!(generator.next(), None);
    let mut pinned = pin!(make().pinned());
    assert_eq!(pinned.next(), Some(1));
    assert_eq!(pinned.send(()), Step::Yield(2));
    assert_eq!(pinned.next(), Some(3));
    assert_eq!(pinned.send(()), Step::Return(()));
}

#[test]
fn closures_that_make_coroutines() {
    let coroutine2 = coroutine!(|x: i32| {
        let y: i32 = yield x;
        let z: i32 = yield x + y;
        z
    });
    let (mut a, mut b) = (coroutine2(5), coroutine2(50));
    assert_eq!((a.start(), b.start()), (Step::Yield(5), Step::Yield(50)));
    assert_eq!((a.send(2), b.send(3)), (Step::Yield(7), Step::Yield(53)));
    assert_eq!((a.send(1), b.send(9)), (Step::Return(1), Step::Return(9)));

    let counter = String::from("owned by the closure, so it makes one coroutine");
    let once = coroutine!(|| -> usize {
        let sent: usize = yield counter.len();
        drop(counter);
        sent
    });
    let mut once = once();
    assert_eq!(once.start(), Step::Yield(47));
    assert_eq!(once.send(1), Step::Return(1));
}

/// A coroutine that is sent results handles the caller's errors with `?`.
#[test]
fn a_coroutine_is_sent_results() {
    let mut lines = coroutine!(|| -> Result<usize, String> {
        let mut total = 0;
        loop {
            let line: Result<&str, String> = yield total;
            match line? {
                "" => return Ok(total),
                line => total += line.len(),
            }
        }
    })();
    assert_eq!(lines.start(), Step::Yield(0));
    assert_eq!(lines.send(Ok("abc")), Step::Yield(3));
    assert_eq!(lines.send(Err("broken".to_string())), Step::Return(Err("broken".to_string())));
}

#[test]
fn errors_are_errors() {
    fn is_error<E: std::error::Error>(error: E) -> String {
        error.to_string()
    }
    let running = SendError { value: 5, state: State::Running };
    assert_eq!(is_error(running), "resume the coroutine: it is already running");
    assert_eq!(format!("{running:?}"), "SendError { value: 5, state: Running }");
}
