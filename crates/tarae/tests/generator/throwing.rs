//! `throw`: where an error arrives, who may handle it, and what is left of it.

use crate::support::{Log, message};
use std::cell::OnceCell;
use std::error::Error;
use std::fmt;
use std::pin::pin;
use std::rc::Rc;
use tarae::coroutine;
use tarae::prelude::*;

/// Errors that can be told apart although they are equal.
type Thrown = Rc<str>;

fn thrown(text: &str) -> Thrown {
    text.into()
}

/// Handles `reset`, and nothing else.
fn total(
    log: &Log,
) -> Generator<impl Body<Yield = u32, Sent = Result<u32, Thrown>, Output = Result<u32, Thrown>>> {
    coroutine!({
        let _guard = log.guard("ended");
        log.note("started");
        let mut sum = 0;
        while sum < 100 {
            let sent: Result<u32, Thrown> = yield sum;
            match sent {
                Err(error) if *error == *"reset" => sum = 0,
                more => sum += more?,
            }
        }
        Ok(sum)
    })
}

fn a_handler_runs_at_the_yield(
    log: &Log,
    mut total: impl Coroutine<Sent = Result<u32, Thrown>, Yield = u32, Return = Result<u32, Thrown>>,
) {
    assert_eq!(total.start(), Step::Yield(0));
    assert_eq!(total.send(Ok(5)), Step::Yield(5));
    assert_eq!(total.throw(thrown("reset")), Ok(Step::Yield(0)));
    assert_eq!(total.send(Ok(7)), Step::Yield(7));
    assert_eq!(total.throw(thrown("reset")), Ok(Step::Yield(0)));
    assert_eq!(total.send(Ok(100)), Step::Return(Ok(100)));
    assert_eq!(total.state(), State::Closed);
    assert_eq!(log.take(), ["started", "ended"]);
}

/// G23.
#[test]
fn an_error_is_handled_where_the_body_waits() {
    let log = &Log::new();
    a_handler_runs_at_the_yield(log, total(log));
    a_handler_runs_at_the_yield(log, &mut total(log));
    a_handler_runs_at_the_yield(log, Box::new(total(log)));
    a_handler_runs_at_the_yield(log, pin!(total(log).pinned()));
    let object: Box<
        dyn Coroutine<Sent = Result<u32, Thrown>, Yield = u32, Return = Result<u32, Thrown>> + '_,
    > = Box::new(total(log));
    a_handler_runs_at_the_yield(log, object);
    let by_handle = coroutine::from_fn(async |mut y| {
        let _guard = log.guard("ended");
        log.note("started");
        let mut sum = 0;
        while sum < 100 {
            match y.yield_(sum).await {
                Err::<u32, Thrown>(error) if *error == *"reset" => sum = 0,
                more => sum += more?,
            }
        }
        Ok(sum)
    });
    a_handler_runs_at_the_yield(log, by_handle);
}

/// G25.
#[test]
fn an_error_that_nobody_handles_comes_back_unchanged() {
    let log = &Log::new();
    let error = thrown("enough");
    let same = |step: Result<Step<u32, Result<u32, Thrown>>, Thrown>| match step {
        Ok(Step::Return(Err(returned))) => assert!(Rc::ptr_eq(&returned, &error)),
        other => panic!("{other:?}"),
    };
    let mut boxed = total(log);
    let _ = boxed.start();
    same(boxed.throw(error.clone()));
    assert_eq!(boxed.state(), State::Closed);
    assert_eq!(log.take(), ["started", "ended"], "the handle is still held");
    assert_eq!(boxed.try_send(Ok(1)).unwrap_err().value, Ok(1));

    let mut pinned = pin!(total(log).pinned());
    let _ = pinned.start();
    same(pinned.throw(error.clone()));
    assert_eq!(pinned.state(), State::Closed);
    assert_eq!(log.take(), ["started", "ended"]);
    assert_eq!(Rc::strong_count(&error), 1);
}

/// G26.
#[test]
fn an_error_thrown_before_the_start_closes() {
    let log = &Log::new();
    let owned = Rc::new(());
    let make = || {
        let owned = owned.clone();
        coroutine!({
            let _owned = owned;
            log.note("runs");
            let sent: Result<(), Thrown> = yield;
            sent
        })
    };
    let error = thrown("early");
    let mut boxed = make();
    assert!(Rc::ptr_eq(&boxed.throw(error.clone()).unwrap_err(), &error));
    assert_eq!((boxed.state(), Rc::strong_count(&owned)), (State::Closed, 1));
    assert_eq!(boxed.try_start().unwrap_err().state, State::Closed);
    let mut pinned = pin!(make().pinned());
    assert!(Rc::ptr_eq(&pinned.throw(error.clone()).unwrap_err(), &error));
    assert_eq!((pinned.state(), Rc::strong_count(&owned)), (State::Closed, 1));
    assert_eq!(pinned.try_start().unwrap_err().state, State::Closed);
    assert!(log.take().is_empty());
}

/// G27.
#[test]
fn an_error_thrown_after_the_end_comes_back() {
    let log = &Log::new();
    let error = thrown("late");
    let mut returned = total(log);
    let _ = returned.start();
    assert_eq!(returned.send(Ok(100)), Step::Return(Ok(100)));
    let mut closed = total(log);
    let _ = closed.start();
    closed.close();
    let mut failed = total(log);
    let _ = failed.start();
    let _ = failed.throw(thrown("first"));
    let mut panicked = coroutine!({
        let sent: Result<u32, Thrown> = yield 1;
        panic!("{sent:?}");
    });
    let _ = panicked.start();
    message(|| panicked.throw(thrown("first")));
    log.take();

    for _ in 0..2 {
        for over in [&mut returned, &mut closed, &mut failed] {
            assert!(Rc::ptr_eq(&over.throw(error.clone()).unwrap_err(), &error));
            assert_eq!(over.state(), State::Closed);
        }
        let step: Result<Step<u32>, Thrown> = panicked.throw(error.clone());
        assert!(Rc::ptr_eq(&step.unwrap_err(), &error));
    }
    assert!(log.take().is_empty());
}

/// G10: a failure is told once; what comes after it is only that it is over.
#[test]
fn a_body_that_has_failed_is_over() {
    let mut numbers = generator!(|| -> Result<u8, Thrown> {
        yield 1;
        Err(thrown("broken"))
    })();
    assert_eq!(numbers.start(), Step::Yield(1));
    assert_eq!(numbers.send(()), Step::Return(Err(thrown("broken"))));
    for _ in 0..2 {
        let error = numbers.try_send(()).unwrap_err();
        assert_eq!((error.value, error.state), ((), State::Closed));
        assert_eq!(numbers.try_start().unwrap_err().state, State::Closed);
    }
}

/// G8: and the body goes on; a handle has no `throw`, so it is sent.
#[test]
fn an_error_thrown_from_inside_comes_back() {
    type Itself<'a> = Rc<OnceCell<Box<dyn Fn(Thrown) -> (Thrown, State) + 'a>>>;
    fn body<'a>(
        itself: Itself<'a>,
    ) -> Generator<impl Body<Yield = State, Sent = Result<(), Thrown>, Output = ()>> {
        coroutine!({
            let error = thrown("from inside");
            let (returned, state) = itself.get().expect("is set before the start")(error.clone());
            assert!(Rc::ptr_eq(&returned, &error));
            let _: Result<(), Thrown> = yield state;
        })
    }
    let itself = Itself::default();
    let shared = body(itself.clone()).shared();
    let handle = shared.clone();
    let throw = move |error| {
        let error = handle.try_send(Err(error)).unwrap_err();
        (error.value.unwrap_err(), error.state)
    };
    itself.set(Box::new(throw)).ok().unwrap();
    assert_eq!(shared.try_start().ok(), Some(Step::Yield(State::Running)));
    assert_eq!(shared.state(), State::Suspended);
    assert_eq!(shared.try_send(Err(thrown("from outside"))).ok(), Some(Step::Return(())));
}

/// G23: a handler may wait, and be thrown into while it does.
#[test]
fn a_handler_may_yield_and_be_thrown_into() {
    let mut nested = coroutine!(|| -> Result<&str, Thrown> {
        let first: Result<(), Thrown> = yield "start";
        if let Err(first) = first {
            let second: Result<(), Thrown> = yield "handles the first";
            if let Err(second) = second {
                return Err(thrown(&format!("{second} while {first}")));
            }
        }
        Ok("end")
    })();
    let _ = nested.start();
    assert_eq!(nested.throw(thrown("k")), Ok(Step::Yield("handles the first")));
    assert_eq!(nested.throw(thrown("v")), Ok(Step::Return(Err(thrown("v while k")))));
}

/// G28: an end that is thrown is an error like any other, and never taken for the body's own end.
#[test]
fn an_end_that_is_thrown_is_an_error() {
    type End = Step<(), u32>;
    let mut outer = coroutine!({
        let inner = coroutine!({
            let sent: Result<(), End> = yield 1;
            sent.map(|()| 2)
        });
        let end = yield_from!(inner);
        (yield 3)?;
        end
    });
    assert_eq!(outer.start(), Step::Yield(1));
    assert_eq!(outer.throw(Step::Return(3)), Ok(Step::Yield(3)));
    assert_eq!(outer.send(Ok(())), Step::Return(Err(Step::Return(3))));
    assert_eq!(outer.throw(Step::Return(4)), Err(Step::Return(4)));
}

/// An error with what it was met in handling.
#[derive(Debug)]
struct While {
    doing: String,
    cause: Option<Box<dyn Error>>,
}

impl fmt::Display for While {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)
    }
}

impl Error for While {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref()
    }
}

fn failed(doing: impl ToString) -> Box<dyn Error> {
    Box::new(While { doing: doing.to_string(), cause: None })
}

/// The error and its causes, which must all be different ones.
fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let chain: Vec<_> = std::iter::successors(Some(error), |error| (*error).source()).take(100).collect();
    for (n, one) in chain.iter().enumerate() {
        let same = |other: &&(dyn Error + 'static)| std::ptr::addr_eq(&raw const **one, &raw const **other);
        assert_eq!(chain.iter().position(same), Some(n), "a cycle");
    }
    chain.iter().map(ToString::to_string).collect()
}

/// G22, G24.
#[test]
fn a_handler_that_fails_gives_the_first_error_as_the_cause() {
    let mut body = coroutine!(|| -> Result<(), Box<dyn Error>> {
        let sent: Result<(), Box<dyn Error>> = yield;
        sent.map_err(|cause| While { doing: "clean up".into(), cause: Some(cause) })?;
        Ok(())
    })();
    let _ = body.start();
    let Ok(Step::Return(Err(error))) = body.throw(failed("read")) else { panic!("it fails") };
    assert_eq!(causes(&*error), ["clean up", "read"]);
    assert!(error.source().expect("a cause").is::<While>());
}

/// G29: also where an error that is being handled is thrown back. A cause is owned by what it caused, so no error can be
/// its own.
#[test]
fn causes_are_a_chain_without_cycles() {
    let make = || {
        coroutine!(|| -> Result<(), Box<dyn Error>> {
            let mut handling: Option<Box<dyn Error>> = None;
            loop {
                let sent: Result<(), Box<dyn Error>> = yield handling.as_ref().map(ToString::to_string);
                match (sent, handling.take()) {
                    (Ok(()), None) => return Ok(()),
                    (Ok(()), Some(error)) => return Err(error),
                    (Err(error), None) => handling = Some(error),
                    (Err(error), cause) => return Err(Box::new(While { doing: error.to_string(), cause })),
                }
            }
        })()
    };
    let mut other = make();
    assert_eq!(other.start().yielded(), Some(None));
    assert_eq!(other.throw(failed("k")).unwrap().yielded(), Some(Some("k".to_string())));
    let Ok(Step::Return(Err(error))) = other.throw(failed("v")) else { panic!("it fails") };
    assert_eq!(causes(&*error), ["v", "k"]);

    let mut again = make();
    let _ = again.start();
    let _ = again.throw(error);
    let Step::Return(Err(error)) = again.send(Ok(())) else { panic!("it fails") };
    assert_eq!(causes(&*error), ["v", "k"], "unchanged");

    let mut same = make();
    let _ = same.start();
    let _ = same.throw(failed("k"));
    let Ok(Step::Return(Err(error))) = same.throw(failed("k")) else { panic!("it fails") };
    assert_eq!(causes(&*error), ["k", "k"]);
}

/// G24: each level of a delegation may add what it was about.
#[test]
fn each_level_of_a_chain_may_add_a_cause() {
    fn level(
        n: u64,
    ) -> Generator<
        impl Body<Yield = u64, Sent = Result<(), Box<dyn Error>>, Output = Result<(), Box<dyn Error>>>,
    > {
        coroutine!({
            let end = if n > 0 { yield_from!(level(n - 1)) } else { yield n };
            end.map_err(|cause| Box::new(While { doing: format!("level {n}"), cause: Some(cause) }).into())
        })
    }
    let mut outer = level(3);
    let _ = outer.start();
    let Ok(Step::Return(Err(error))) = outer.throw(failed("thrown")) else { panic!("it fails") };
    assert_eq!(causes(&*error), ["level 3", "level 2", "level 1", "level 0", "thrown"]);
}
