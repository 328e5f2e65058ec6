//! What is handed on, and what is sent.
#![allow(non_snake_case, reason = "Python's names")]

use super::trace::Trace;
use tarae::prelude::*;

/// G31.
pub(crate) fn test_delegation_of_initial_next_to_subgenerator(trace: &Trace) {
    let g2 = || {
        generator!({
            trace.note("Starting g2");
            yield 42;
            trace.note("Finishing g2");
        })
    };
    let g1 = generator!({
        trace.note("Starting g1");
        yield_from!(g2());
        trace.note("Finishing g1");
    });
    for x in g1 {
        trace.note(format!("Yielded {x}"));
    }
}

/// G31.
pub(crate) fn test_delegation_of_next_call_to_subgenerator(trace: &Trace) {
    let g2 = || {
        generator!({
            trace.note("Starting g2");
            yield "g2 spam";
            yield "g2 more spam";
            trace.note("Finishing g2");
        })
    };
    let g1 = generator!({
        trace.note("Starting g1");
        yield "g1 ham";
        yield_from!(g2());
        yield "g1 eggs";
        trace.note("Finishing g1");
    });
    for x in g1 {
        trace.note(format!("Yielded {x}"));
    }
}

/// G33.
pub(crate) fn test_delegation_of_send(trace: &Trace) {
    let g2 = || {
        coroutine!({
            trace.note("Starting g2");
            let x: i32 = yield "g2 spam";
            trace.note(format!("g2 received {x}"));
            let x = yield "g2 more spam";
            trace.note(format!("g2 received {x}"));
            trace.note("Finishing g2");
        })
    };
    let mut g = coroutine!({
        trace.note("Starting g1");
        let x: i32 = yield "g1 ham";
        trace.note(format!("g1 received {x}"));
        yield_from!(g2());
        let x = yield "g1 eggs";
        trace.note(format!("g1 received {x}"));
        trace.note("Finishing g1");
    });
    let _ = g.start();
    let mut x = 1;
    while let Step::Yield(y) = g.send(x) {
        trace.note(format!("Yielded {y}"));
        x += 1;
    }
}

/// G40.
pub(crate) fn test_delegation_of_next_to_non_generator(trace: &Trace) {
    let g = generator!({
        yield_from!(0..3);
    });
    for x in g {
        trace.note(format!("Yielded {x}"));
    }
}

/// G42. DIFFERENCE: the first `send(None)` is `start`, also by its name.
pub(crate) fn test_conversion_of_sendNone_to_next(trace: &Trace) {
    let mut gi = generator!({
        yield_from!(0..3);
    });
    for n in 0..3 {
        let y = if n == 0 { gi.start() } else { gi.send(()) };
        trace.note(format!("Yielded: {}", y.yielded().expect("an item")));
    }
}
