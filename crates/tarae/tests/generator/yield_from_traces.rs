//! CPython's tests of `yield from` that compare a trace of what runs when, in Rust, with the traces that CPython records.
//!
//! In Rust an exception is an `Err`, raised by `?` and caught by `match`; `throw(e)` makes the yield an `Err`; `finally` is
//! a destructor; what a `finally` raises is a panic; `close` and a thrown `GeneratorExit` are [`Coroutine::close`]. Where a
//! line of the trace reads otherwise in Rust, the test says so by [`Trace::difference`]; what else Python's test asserts and
//! Rust has not is marked DIFFERENCE.
//!
//! Each test has the shape of Python's, and repeats what that repeats, so that the two can be laid side by side.
//!
//! The traces are in `data/yield_from/`, with their licence. `data/yield_from/record.py` records them anew.
//!
//! [`Coroutine::close`]: tarae::generator::Coroutine::close

mod errors;
mod exits;
mod items;
mod trace;
mod values;

use trace::{RECORDED, Trace};

/// Makes a test of each function, which compares its trace with the one recorded under its name, and `PORTED`, their
/// names.
macro_rules! ported {
    ($($module:ident { $($name:ident,)+ })+) => {
        $($(
            #[test]
            #[allow(non_snake_case, reason = "Python's names")]
            fn $name() {
                let trace = Trace::default();
                $module::$name(&trace);
                trace.compare(stringify!($name));
            }
        )+)+

        const PORTED: &[&str] = &[$($(stringify!($name),)+)+];
    };
}

ported! {
    items {
        test_delegation_of_initial_next_to_subgenerator,
        test_delegation_of_next_call_to_subgenerator,
        test_delegation_of_send,
        test_delegation_of_next_to_non_generator,
        test_conversion_of_sendNone_to_next,
    }
    values {
        test_value_attribute_of_StopIteration_exception,
        test_generator_return_value,
        test_next_and_return_with_value,
        test_send_and_return_with_value,
        test_catching_exception_from_subgen_and_returning,
    }
    errors {
        test_raising_exception_in_initial_next_call,
        test_raising_exception_in_delegated_next_call,
        test_handling_exception_while_delegating_send,
        test_exception_in_initial_next_call,
        test_delegating_throw,
        test_delegating_throw_to_non_generator,
        test_returning_value_from_delegated_throw,
        test_attempting_to_send_to_non_generator,
        test_attempted_yield_from_loop,
    }
    exits {
        test_delegating_close,
        test_handing_exception_while_delegating_close,
        test_delegation_of_close_to_non_generator,
        test_throwing_GeneratorExit_into_subgen_that_returns,
        test_throwing_GeneratorExit_into_subgenerator_that_yields,
        test_throwing_GeneratorExit_into_subgen_that_raises,
    }
}

#[test]
fn every_recorded_trace_has_a_test_of_its_name() {
    let mut ported = PORTED.to_vec();
    ported.sort_unstable();
    assert_eq!(RECORDED.keys().collect::<Vec<_>>(), ported);
    assert_eq!(ported.len(), 25);
}
