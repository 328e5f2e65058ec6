//! A program may lend its own crate the name `core`, and so answer every path of an expansion that begins with it: a
//! constant may stand where a delegation is given nothing, and have a destructor that panics.
#![forbid(unsafe_code)]

extern crate self as core;

use std::cell::RefCell;
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

#[allow(dead_code, reason = "an expansion must not find it")]
mod option {
    #[expect(non_snake_case, non_upper_case_globals, reason = "named like the standard one")]
    pub(crate) mod Option {
        pub(crate) const None: ::std::option::Option<crate::Sent> =
            ::std::option::Option::Some(crate::Sent(true));
    }
}

#[allow(unused_macros, reason = "an expansion must not find it")]
macro_rules! unreachable {
    () => {
        ::std::unreachable!()
    };
}
#[allow(unused_imports, reason = "an expansion must not find it")]
pub(crate) use unreachable;

/// Reads what it borrows as it is dropped.
struct Reads<'a>(&'a String, &'a RefCell<Vec<String>>);

impl Drop for Reads<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0.clone());
    }
}

/// The constant was dropped in the poll of the parent after its child had been linked: the parent unwound, and the child
/// read its locals after they were gone. Now an expansion has a `core` of its own, and what is given is dropped first.
#[test]
fn a_delegation_does_not_ask_the_programs_core() {
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
        assert!(matches!(outer.start(), Step::Yield(1)));
        assert!(seen.take().is_empty());
        outer.close();
        assert_eq!(seen.take(), ["a local of the parent"]);
    }
}

/// A child that keeps its own driver is not asked for what it does not take.
#[test]
fn nor_does_one_to_a_child_with_a_handle() {
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
    assert!(matches!(outer.start(), Step::Yield(1)));
    outer.close();
    assert_eq!(seen.take(), ["a local of the parent"]);
}
