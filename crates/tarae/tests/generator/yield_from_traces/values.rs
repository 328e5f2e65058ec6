//! What is returned. The end of a coroutine is a value, `Step::Return`, where Python has an object, `StopIteration`.
#![allow(non_snake_case, reason = "Python's names")]

use super::trace::Trace;
use std::fmt::Debug;
use tarae::prelude::*;

const END: &str = "the end of a coroutine is a `Step::Return`, and no object that is raised";
const NOTHING: &str = "nothing is `()`";

/// What stands for the object `StopIteration(3)`: a value that looks like an end must be handed on as any other.
fn an_end() -> Step<(), i32> {
    Step::Return(3)
}

pub(crate) fn test_value_attribute_of_StopIteration_exception(trace: &Trace) {
    const TEXT: &str = "an end has a value, which `Debug` shows, and no text besides";
    trace.difference(0, "StopIteration: ", "Return: Return(None)", TEXT);
    trace.difference(2, "StopIteration: spam", "Return: Return(Some(\"spam\"))", TEXT);
    trace.difference(3, "value = spam", "value = Some(\"spam\")", TEXT);
    trace.difference(4, "StopIteration: spam", "Return: Return(Some(\"eggs\"))", TEXT);
    trace.difference(5, "value = eggs", "value = Some(\"eggs\")", TEXT);

    let pex = |e: &Step<(), Option<&str>>| {
        trace.note(format!("Return: {e:?}"));
        trace.note(format!("value = {:?}", e.returned().expect("an end")));
    };
    let mut e = Step::Return(None);
    pex(&e);
    e = Step::Return(Some("spam"));
    pex(&e);
    if let Step::Return(value) = &mut e {
        *value = Some("eggs");
    }
    pex(&e);
}

/// G35.
pub(crate) fn test_generator_return_value(trace: &Trace) {
    trace.difference(6, "g2 returned None", "g2 returned ()", NOTHING);
    trace.difference(21, "g2 returned StopIteration(3)", "g2 returned Return(3)", END);

    fn g2<R>(trace: &Trace, v: R) -> Generator<impl Body<Yield = &'static str, Sent = (), Output = R>> {
        generator!({
            trace.note("Starting g2");
            yield "g2 spam";
            yield "g2 more spam";
            trace.note("Finishing g2");
            v
        })
    }
    let g1 = generator!({
        trace.note("Starting g1");
        yield "g1 ham";
        let ret: () = yield_from!(g2(trace, ()));
        trace.note(format!("g2 returned {ret:?}"));
        let ret = yield_from!(g2(trace, 1));
        trace.note(format!("g2 returned {ret:?}"));
        let ret = yield_from!(g2(trace, (2,)));
        trace.note(format!("g2 returned {ret:?}"));
        let ret = yield_from!(g2(trace, an_end()));
        trace.note(format!("g2 returned {ret:?}"));
        yield "g1 eggs";
        trace.note("Finishing g1");
    });
    for x in g1 {
        trace.note(format!("Yielded {x}"));
    }
}

/// G3.
pub(crate) fn test_next_and_return_with_value(trace: &Trace) {
    trace.difference(2, "g returning None", "g returning ()", NOTHING);
    trace.difference(3, "f caught StopIteration()", "f caught Return(())", END);
    trace.difference(7, "f caught StopIteration(1)", "f caught Return(1)", END);
    trace.difference(11, "f caught StopIteration((2,))", "f caught Return((2,))", END);
    trace.difference(14, "g returning StopIteration(3)", "g returning Return(3)", END);
    trace.difference(15, "f caught StopIteration(StopIteration(3))", "f caught Return(Return(3))", END);

    fn f<R: Debug>(trace: &Trace, r: R) {
        let mut gi = generator!({
            trace.note("g starting");
            yield;
            trace.note(format!("g returning {r:?}"));
            r
        });
        let _ = gi.start();
        trace.note("f resuming g");
        match gi.send(()) {
            Step::Yield(()) => trace.note("f SHOULD NOT BE HERE"),
            e => trace.note(format!("f caught {e:?}")),
        }
    }
    f(trace, ());
    f(trace, 1);
    f(trace, (2,));
    f(trace, an_end());
}

/// G4.
pub(crate) fn test_send_and_return_with_value(trace: &Trace) {
    trace.difference(3, "g returning None", "g returning ()", NOTHING);
    trace.difference(4, "f caught StopIteration()", "f caught Return(())", END);
    trace.difference(9, "f caught StopIteration(1)", "f caught Return(1)", END);
    trace.difference(14, "f caught StopIteration((2,))", "f caught Return((2,))", END);
    trace.difference(18, "g returning StopIteration(3)", "g returning Return(3)", END);
    trace.difference(19, "f caught StopIteration(StopIteration(3))", "f caught Return(Return(3))", END);

    fn f<R: Debug>(trace: &Trace, r: R) {
        let mut gi = coroutine!({
            trace.note("g starting");
            let x: &str = yield;
            trace.note(format!("g received '{x}'"));
            trace.note(format!("g returning {r:?}"));
            r
        });
        let _ = gi.start();
        trace.note("f sending spam to g");
        match gi.send("spam") {
            Step::Yield(()) => trace.note("f SHOULD NOT BE HERE"),
            e => trace.note(format!("f caught {e:?}")),
        }
    }
    f(trace, ());
    f(trace, 1);
    f(trace, (2,));
    f(trace, an_end());
}

/// G39.
pub(crate) fn test_catching_exception_from_subgen_and_returning(trace: &Trace) {
    trace.difference(
        10,
        "inner returned StopIteration(2) to outer",
        "inner returned Return(2) to outer",
        END,
    );
    trace.difference(11, "StopIteration(2)", "Return(2)", END);

    #[derive(Debug, PartialEq)]
    struct ValueError;

    /// What is yielded: the number 1, or the value.
    #[derive(Debug, PartialEq)]
    enum Item<V> {
        One,
        Value(V),
    }

    fn check<V: Debug + PartialEq + 'static>(trace: &Trace, value: V) {
        let inner = coroutine!({
            if let Err(ValueError) = yield Item::One {
                trace.note("inner caught ValueError");
            }
            value
        });
        let mut g = coroutine!({
            let v = yield_from!(inner);
            trace.note(format!("inner returned {v:?} to outer"));
            let _: Result<(), ValueError> = yield Item::Value(v);
        });
        assert_eq!(g.start(), Step::Yield(Item::One));
        trace.note(1);
        match g.throw(ValueError) {
            Ok(Step::Yield(Item::Value(v))) => trace.note(format!("{v:?}")),
            other => panic!("{other:?}"),
        }
    }
    check(trace, 2);
    check(trace, (2,));
    check(trace, Step::<(), i32>::Return(2));
}
