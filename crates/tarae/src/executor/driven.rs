//! A future on its way to its answer: what one turn of it does. Who may take the turn, and when, is its executor's.

use crate::cancel::{CancelToken, Deadline, Listen};
use crate::executor::Options;
use crate::panics::{Payload, drop_quietly};
use crate::task::{self, Broken, Cause, Promised, Spawned, Task};
use std::fmt;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

/// A future, and the promise of its answer. Whoever has this is the only one who touches the future.
///
/// | what ends it | the task |
/// |---|---|
/// | it is ready | Finished; Cancelled if it stopped because its token said so |
/// | it panics | Finished, with an error |
/// | `stop`: its token was cancelled while it was pending | Cancelled |
/// | `refuse`: its executor does not take it | Cancelled, with an error that says so |
/// | `give_up`: its executor ends, or broke | Cancelled; Finished, with an error |
/// | `leave_unwoken`: it is pending, and nothing is left that could wake it | Finished, with an error |
pub(super) struct Driven<F: Future, H = ()>
where
    F::Output: Send,
{
    /// What keeps the executor from ending. Dropped first: the future may own the executor, and then dropping it waits for the
    /// end.
    hold: H,
    future: Pin<Box<F>>,
    promise: Promised<F::Output>,
    token: CancelToken,
}

impl<F: Future, H> Driven<F, H>
where
    F::Output: Send,
{
    /// A future, not begun, and its task. `token` is its own: cancelled, it wakes the future.
    pub(super) fn new(
        hold: H,
        future: F,
        options: Options,
        location: &'static Location<'static>,
        token: CancelToken,
    ) -> (Self, Task<F::Output>) {
        let (promise, handle) = Promised::new(options, location);
        (Driven { hold, future: Box::pin(future), promise, token }, Task::new(handle))
    }

    /// Lets the task find who drives the future.
    pub(super) fn hang<S: Spawned + 'static>(&self, spawned: &Arc<S>) {
        let weak: Weak<S> = Arc::downgrade(spawned);
        // A task that was born cancelled is found so by the first turn.
        self.promise.hang(weak, self.token.clone());
    }

    /// Polls it, unless it is to end; gives it back if it is pending.
    pub(super) fn poll(mut self, waker: &Waker) -> Option<Self> {
        // Asked to stop where it waits, or cancelled before it began.
        if self.token.is_cancelled() || !(self.promise.is_started() || self.promise.start()) {
            self.stop();
            return None;
        }
        let mut context = Context::from_waker(waker);
        let future = self.future.as_mut();
        // What the future has left half-done goes with it.
        let (polled, token) =
            task::with_token(self.token, || catch_unwind(AssertUnwindSafe(|| future.poll(&mut context))));
        self.token = token;
        match polled {
            Ok(Poll::Pending) if !self.token.is_cancelled() => return Some(self),
            Ok(Poll::Pending) => self.stop(),
            Ok(Poll::Ready(value)) if self.token.was_obeyed() => {
                // Half a sum is no answer.
                drop_quietly(|| drop(value));
                self.stop();
            }
            Ok(Poll::Ready(value)) => self.settle(Ok(value)),
            Err(panic) => self.settle(Err(panic)),
        }
        None
    }

    fn settle(self, answer: Result<F::Output, Payload>) {
        drop(self.hold);
        // Who is told that the task is over finds the future gone.
        drop_quietly(|| drop(self.future));
        if let Err(unwanted) = self.promise.settle(answer) {
            drop_quietly(|| drop(unwanted));
        }
    }

    /// Drops the future where it waits.
    pub(super) fn stop(self) {
        drop(self.hold);
        drop_quietly(|| drop(self.future));
        self.promise.cancel();
    }

    /// Drops the future, which has not begun: its executor takes no more, perhaps since it broke.
    pub(super) fn refuse(self, broken: Option<Cause>) {
        if broken.is_some() {
            return self.give_up(broken);
        }
        drop(self.hold);
        drop_quietly(|| drop(self.future));
        self.promise.reject();
    }

    /// Drops the future, since its executor drops what is queued, perhaps since it broke.
    pub(super) fn give_up(self, broken: Option<Cause>) {
        match broken {
            Some(cause) => self.settle(Err(Box::new(Broken { cause: Some(cause) }))),
            None => self.stop(),
        }
    }

    /// Drops the future, which would be pending for ever.
    pub(super) fn leave_unwoken(self) {
        if self.promise.is_abandoned() {
            return self.stop();
        }
        self.give_up(Some(Arc::new(Unwoken)));
    }
}

/// A token of a future's own, below one of its executor's, that tells `listener`. Whoever has hung the future on its task
/// asks it once: one that is born cancelled tells nobody.
pub(super) fn token_below<L: Listen + 'static>(executor: &CancelToken, listener: &Arc<L>) -> CancelToken {
    let weak: Weak<L> = Arc::downgrade(listener);
    executor.listened_to(Deadline::NEVER, weak)
}

/// Why a future that is pending has no answer.
#[derive(Debug)]
struct Unwoken;

impl fmt::Display for Unwoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its future was pending, and nothing was left that could wake it: the last of its wakers was dropped")
    }
}

impl std::error::Error for Unwoken {}
