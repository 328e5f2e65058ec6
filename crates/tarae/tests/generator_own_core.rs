//! A program may lend its own crate the name `core`, and so answer every path of an expansion that begins with it: a
//! constant may stand where a delegation is given nothing, and have a destructor that panics.
#![forbid(unsafe_code)]

extern crate self as core;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tarae::prelude::*;

/// What is sent: none but the constant below explodes.
pub(crate) struct Sent(bool);

impl Drop for Sent {
    fn drop(&mut self) {
        if self.0 {
            panic!("the nothing exploded");
        }
    }
}

mod option {
    #[expect(non_snake_case, non_upper_case_globals, reason = "named like the standard one")]
    pub(crate) mod Option {
        pub(crate) const None: ::std::option::Option<crate::Sent> =
            ::std::option::Option::Some(crate::Sent(true));
    }
}

macro_rules! unreachable {
    () => {
        ::std::unreachable!()
    };
}
pub(crate) use unreachable;

/// Reads what it borrows as it is dropped.
struct Reads<'a>(&'a String, &'a RefCell<Vec<String>>);

impl Drop for Reads<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0.clone());
    }
}

/// The constant is dropped in the poll of the parent, which unwinds: its child must not be there any more, or not yet.
/// Once it was linked, and read the parent's locals after they were gone.
#[test]
fn what_a_delegation_is_given_may_explode() {
    let seen = &RefCell::new(Vec::new());
    for boxed in [false, true] {
        let mut outer = coroutine!({
            let text = String::from("a local of the parent");
            let reads = Reads(&text, seen);
            let child = coroutine!({
                let _reads = reads;
                let _: Sent = yield 1;
            });
            if boxed {
                yield_from!(child.boxed_local());
            } else {
                yield_from!(child);
            }
            let _: Sent = yield 2;
        });
        assert!(catch_unwind(AssertUnwindSafe(|| outer.start())).is_err());
        assert_eq!(outer.state(), State::Closed);
        assert_eq!(seen.take(), ["a local of the parent"]);
    }
}

/// A child that keeps its own driver is not asked for what it does not take.
#[test]
fn nor_does_a_child_with_a_handle_mind() {
    let seen = &RefCell::new(Vec::new());
    let mut outer = coroutine!({
        let text = String::from("a local of the parent");
        let reads = Reads(&text, seen);
        yield_from!(tarae::coroutine::from_fn(async |mut y| {
            let _reads = reads;
            let _: Sent = y.yield_(1).await;
        }));
        let _: Sent = yield 2;
    });
    assert!(catch_unwind(AssertUnwindSafe(|| outer.start())).is_err());
    assert_eq!(outer.state(), State::Closed);
    assert_eq!(seen.take().len(), 1);
}
