//! What goes wrong in a body, and what is thrown into it.

use super::trace::Trace;
use std::cell::OnceCell;
use std::rc::Rc;
use tarae::generator::SendError;
use tarae::prelude::*;

#[derive(Debug, PartialEq)]
struct ValueError(&'static str);

/// G32.
pub(crate) fn test_raising_exception_in_initial_next_call(trace: &Trace) {
    let g2 = || {
        generator!(|| -> Result<(), ValueError> {
            let _finally = trace.guard("Finishing g2");
            trace.note("Starting g2");
            if true {
                return Err(ValueError("spanish inquisition occurred"));
            }
            yield 0;
            Ok(())
        })()
    };
    let mut g1 = generator!({
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        yield_from!(g2())?;
        Ok(())
    });
    let mut step = g1.start();
    while let Step::Yield(x) = step {
        trace.note(format!("Yielded {x}"));
        step = g1.send(());
    }
    assert_eq!(step, Step::Return(Err(ValueError("spanish inquisition occurred"))));
}

/// G32.
pub(crate) fn test_raising_exception_in_delegated_next_call(trace: &Trace) {
    let g2 = || {
        generator!(|| -> Result<(), ValueError> {
            let _finally = trace.guard("Finishing g2");
            trace.note("Starting g2");
            yield "g2 spam";
            if true {
                return Err(ValueError("hovercraft is full of eels"));
            }
            yield "g2 more spam";
            Ok(())
        })()
    };
    let mut g1 = generator!({
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        yield "g1 ham";
        yield_from!(g2())?;
        yield "g1 eggs";
        Ok(())
    });
    let mut step = g1.start();
    while let Step::Yield(x) = step {
        trace.note(format!("Yielded {x}"));
        step = g1.send(());
    }
    assert_eq!(step, Step::Return(Err(ValueError("hovercraft is full of eels"))));
}

/// G34.
pub(crate) fn test_handling_exception_while_delegating_send(trace: &Trace) {
    let g2 = || {
        coroutine!(|| -> Result<(), ValueError> {
            trace.note("Starting g2");
            let x: i32 = yield "g2 spam";
            trace.note(format!("g2 received {x}"));
            if true {
                return Err(ValueError("hovercraft is full of eels"));
            }
            let x = yield "g2 more spam";
            trace.note(format!("g2 received {x}"));
            trace.note("Finishing g2");
            Ok(())
        })()
    };
    let mut g = coroutine!({
        trace.note("Starting g1");
        let x: i32 = yield "g1 ham";
        trace.note(format!("g1 received {x}"));
        yield_from!(g2())?;
        let x = yield "g1 eggs";
        trace.note(format!("g1 received {x}"));
        trace.note("Finishing g1");
        Ok(())
    });
    let _ = g.start();
    for x in 1.. {
        match g.send(x) {
            Step::Yield(y) => trace.note(format!("Yielded {y}")),
            Step::Return(Ok(())) => trace.note("StopIteration"),
            Step::Return(Err(ValueError(_))) => break,
        }
    }
}

/// G32.
pub(crate) fn test_exception_in_initial_next_call(trace: &Trace) {
    #[derive(Debug, PartialEq)]
    struct ZeroDivisionError;

    let zero = std::hint::black_box(0);
    let mut gi = generator!({
        trace.note("g1 about to yield from g2");
        yield_from!(generator!(|| -> Result<(), ZeroDivisionError> {
            yield 1i32.checked_div(zero).ok_or(ZeroDivisionError)?;
            Ok(())
        })())?;
        trace.note("g1 should not be here");
        Ok(())
    });
    assert_eq!(gi.start(), Step::Return(Err(ZeroDivisionError)));
}

/// G38: nobody handles it.
pub(crate) fn test_delegating_throw(trace: &Trace) {
    let g2 = || {
        coroutine!(|| -> Result<(), ValueError> {
            let _finally = trace.guard("Finishing g2");
            trace.note("Starting g2");
            (yield "g2 spam")?;
            yield "g2 more spam"
        })()
    };
    let mut g = coroutine!(|| -> Result<(), ValueError> {
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        (yield "g1 ham")?;
        yield_from!(g2())?;
        yield "g1 eggs"
    })();
    for i in 0..2 {
        let step = if i == 0 { g.start() } else { g.send(Ok(())) };
        trace.note(format!("Yielded {}", step.yielded().expect("an item")));
    }
    assert_eq!(g.throw(ValueError("tomato ejected")), Ok(Step::Return(Err(ValueError("tomato ejected")))));
}

/// G43.
pub(crate) fn test_delegating_throw_to_non_generator(trace: &Trace) {
    let mut gi = coroutine!(|| -> Result<(), ValueError> {
        let _finally = trace.guard("Finishing g");
        trace.note("Starting g");
        yield_from!(0..10)
    })();
    for i in 0..5 {
        let step = if i == 0 { gi.start() } else { gi.send(Ok(())) };
        trace.note(format!("Yielded {}", step.yielded().expect("an item")));
    }
    assert_eq!(gi.throw(ValueError("tomato ejected")), Ok(Step::Return(Err(ValueError("tomato ejected")))));
}

/// G38: the child handles it and yields.
pub(crate) fn test_returning_value_from_delegated_throw(trace: &Trace) {
    #[derive(Debug, PartialEq)]
    struct LunchError(&'static str);

    let g2 = || {
        coroutine!({
            trace.note("Starting g2");
            let tried: Result<(), LunchError> = 'tried: {
                if let Err(error) = yield "g2 spam" {
                    break 'tried Err(error);
                }
                yield "g2 more spam"
            };
            if let Err(LunchError(_)) = tried {
                trace.note("Caught LunchError in g2");
                (yield "g2 lunch saved")?;
                (yield "g2 yet more spam")?;
            }
            Ok(())
        })
    };
    let mut g = coroutine!(|| -> Result<(), LunchError> {
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        (yield "g1 ham")?;
        yield_from!(g2())?;
        yield "g1 eggs"
    })();
    for i in 0..2 {
        let step = if i == 0 { g.start() } else { g.send(Ok(())) };
        trace.note(format!("Yielded {}", step.yielded().expect("an item")));
    }
    assert_eq!(g.throw(LunchError("tomato ejected")), Ok(Step::Yield("g2 lunch saved")));
    while let Step::Yield(x) = g.send(Ok(())) {
        trace.note(format!("Yielded {x}"));
    }
}

/// G41. DIFFERENCE: what an iterator could be sent besides nothing is an error, by type; any other value does not compile
/// (`refused/sent_value_to_an_iterator.rs`).
pub(crate) fn test_attempting_to_send_to_non_generator(trace: &Trace) {
    let mut gi = coroutine!(|| -> Result<(), i32> {
        let _finally = trace.guard("finishing g");
        trace.note("starting g");
        yield_from!(0..3)?;
        trace.note("g should not be here");
        Ok(())
    })();
    assert_eq!(gi.start(), Step::Yield(0));
    match gi.send(Err(42)) {
        Step::Yield(y) => trace.note(format!("Should not have yielded: {y}")),
        Step::Return(end) => assert_eq!(end, Err(42)),
    }
}

/// G44. DIFFERENCE: a generator that is known to its own body is behind a handle, which is resumed in a loop.
pub(crate) fn test_attempted_yield_from_loop(trace: &Trace) {
    type End = Result<(), SendError<()>>;
    type Itself<'a> = Rc<OnceCell<Box<dyn Fn() -> Result<Step<&'static str, End>, SendError<()>> + 'a>>>;

    fn g1<'a>(
        trace: &'a Trace,
        gi: Itself<'a>,
    ) -> Generator<impl Body<Yield = &'static str, Sent = (), Output = End>> {
        generator!({
            trace.note("g1: starting");
            yield "y1";
            trace.note("g1: about to yield from g2");
            yield_from!(g2(trace, gi))?;
            trace.note("g1 should not be here");
            Ok(())
        })
    }
    fn g2<'a>(
        trace: &'a Trace,
        gi: Itself<'a>,
    ) -> Generator<impl Body<Yield = &'static str, Sent = (), Output = End>> {
        generator!({
            trace.note("g2: starting");
            yield "y2";
            trace.note("g2: about to yield from g1");
            let resume = gi.get().expect("is set before the generator runs");
            while let Step::Yield(item) = resume()? {
                yield item;
            }
            trace.note("g2 should not be here");
            Ok(())
        })
    }
    let itself = Itself::default();
    let gi = g1(trace, itself.clone()).shared();
    let handle = gi.clone();
    itself.set(Box::new(move || handle.try_send(()))).ok().expect("is set once");
    let mut step = gi.try_start();
    while let Ok(Step::Yield(y)) = step {
        trace.note(format!("Yielded: {y}"));
        step = gi.try_send(());
    }
    let Ok(Step::Return(Err(error))) = step else { panic!("{step:?}") };
    assert_eq!(error.to_string(), "resume the coroutine: it is already running");
}
