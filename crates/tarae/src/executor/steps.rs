//! A coroutine that takes its turns among futures.

use crate::generator::{Coroutine, State, Step};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that runs a generator, or a coroutine that is sent nothing, one step a turn: from one `yield` to the next. So
/// each `yield` says "now the others". What is yielded is dropped; what the body returns is the answer.
///
/// ```
/// use std::cell::RefCell;
/// use tarae::executor::{Local, steps};
/// use tarae::prelude::*;
///
/// let said = RefCell::new(Vec::new());
/// let local = Local::new();
/// for name in ["first", "second"] {
///     let said = &said;
///     local.spawn(steps(generator!({
///         said.borrow_mut().push(format!("{name}: start"));
///         yield;
///         said.borrow_mut().push(format!("{name}: end"));
///     })));
/// }
/// local.run();
/// assert_eq!(said.take(), ["first: start", "second: start", "first: end", "second: end"]);
/// ```
///
/// # Panics
/// In its first turn, if the coroutine is over already. One that has started goes on where it is.
pub fn steps<C: Coroutine<Sent = ()>>(coroutine: C) -> Steps<C> {
    Steps(coroutine)
}

/// A coroutine as a future; see [`steps`].
#[derive(Debug)]
#[must_use = "it does nothing before it is spawned or awaited"]
pub struct Steps<C>(C);

/// The coroutine is never pinned here.
impl<C> Unpin for Steps<C> {}

impl<C: Coroutine<Sent = ()>> Future for Steps<C> {
    type Output = C::Return;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<C::Return> {
        let coroutine = &mut self.0;
        let step = match coroutine.state() {
            State::Created => coroutine.start(),
            _ => coroutine.send(()),
        };
        match step {
            Step::Yield(_) => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Step::Return(value) => Poll::Ready(value),
        }
    }
}
