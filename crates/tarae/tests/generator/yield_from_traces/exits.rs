//! Closing. DIFFERENCE: there is no exit that a body can catch, so none that a caller gets back, or finds as the context
//! of an error: a `GeneratorExit` that is thrown is `close`.
#![allow(non_snake_case, reason = "Python's names")]

use super::trace::Trace;
use crate::support::message;
use tarae::prelude::*;

/// What a `finally` that raises is in Rust.
struct Raises<'a> {
    trace: &'a Trace,
    first: Option<&'static str>,
    error: &'static str,
}

impl Drop for Raises<'_> {
    fn drop(&mut self) {
        if let Some(first) = self.first {
            self.trace.note(first);
        }
        panic!("{}", self.error);
    }
}

/// G36.
pub(crate) fn test_delegating_close(trace: &Trace) {
    let g2 = || {
        generator!({
            let _finally = trace.guard("Finishing g2");
            trace.note("Starting g2");
            yield "g2 spam";
            yield "g2 more spam";
        })
    };
    let mut g = generator!({
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        yield "g1 ham";
        yield_from!(g2());
        yield "g1 eggs";
    });
    for x in g.by_ref().take(2) {
        trace.note(format!("Yielded {x}"));
    }
    g.close();
    assert_eq!(trace.last().as_deref(), Some("Finishing g1"));
}

/// G37.
pub(crate) fn test_handing_exception_while_delegating_close(trace: &Trace) {
    let error = "nybbles have exploded with delight";
    let g2 = || {
        generator!({
            let _finally = Raises { trace, first: Some("Finishing g2"), error };
            trace.note("Starting g2");
            yield "g2 spam";
            yield "g2 more spam";
        })
    };
    let mut g = generator!({
        let _finally = trace.guard("Finishing g1");
        trace.note("Starting g1");
        yield "g1 ham";
        yield_from!(g2());
        yield "g1 eggs";
    });
    for x in g.by_ref().take(2) {
        trace.note(format!("Yielded {x}"));
    }
    assert_eq!(message(|| g.close()), error);
    assert_eq!(trace.last().as_deref(), Some("Finishing g1"));
}

/// G43.
pub(crate) fn test_delegation_of_close_to_non_generator(trace: &Trace) {
    let mut gi = generator!({
        let _finally = trace.guard("finishing g");
        trace.note("starting g");
        yield_from!(0..3);
        trace.note("g should not be here");
    });
    assert_eq!(gi.next(), Some(0));
    gi.close();
    assert_eq!(trace.last().as_deref(), Some("finishing g"));
}

/// G45. DIFFERENCE: the body cannot return instead, and the caller gets no exit back.
pub(crate) fn test_throwing_GeneratorExit_into_subgen_that_returns(trace: &Trace) {
    let f = || {
        generator!({
            trace.note("Enter f");
            yield;
            trace.note("Exit f");
        })
    };
    let mut gi = generator!({
        trace.note("Enter g");
        yield_from!(f());
        trace.note("Exit g");
    });
    assert_eq!(gi.next(), Some(()));
    gi.close();
    assert_eq!((gi.state(), gi.next()), (State::Closed, None));
}

/// G20, G45. DIFFERENCE: where the body waits it is dropped; it cannot yield instead. So there is no `generator ignored
/// GeneratorExit`.
pub(crate) fn test_throwing_GeneratorExit_into_subgenerator_that_yields(trace: &Trace) {
    let f = || {
        generator!({
            trace.note("Enter f");
            loop {
                yield;
            }
        })
    };
    let mut gi = generator!({
        trace.note("Enter g");
        yield_from!(f());
        trace.note("Exit g");
    });
    assert_eq!(gi.next(), Some(()));
    gi.close();
    assert_eq!((gi.state(), gi.next()), (State::Closed, None));
}

/// G19, G45. DIFFERENCE: what fails is a destructor, by a panic.
pub(crate) fn test_throwing_GeneratorExit_into_subgen_that_raises(trace: &Trace) {
    let error = "Vorpal bunny encountered";
    let f = || {
        generator!({
            let _except = Raises { trace, first: None, error };
            trace.note("Enter f");
            yield;
            trace.note("Exit f");
        })
    };
    let mut gi = generator!({
        trace.note("Enter g");
        yield_from!(f());
        trace.note("Exit g");
    });
    assert_eq!(gi.next(), Some(()));
    assert_eq!(message(|| gi.close()), error);
    assert_eq!((gi.state(), gi.next()), (State::Closed, None));
}
