//! A generator that can be moved: its body goes into a box at the first resume, and not before.

use super::body::Body;
use super::drive::{resume, resume_in, run_to_end};
use super::frame::{Frame, Sent, with_waker};
use crate::generator::{State, Step};
use alloc::boxed::Box;
use core::pin::{Pin, pin};

/// | `fresh` | `live` | state | left by |
/// |---|---|---|---|
/// | body | - | Created | `start`, `fold`, `into_parts`, `close` |
/// | - | body | Suspended at a yield | `send`, `close`; Closed at the body's end or panic |
/// | - | - | Closed | nothing |
///
/// Running is a state that nobody can see: whoever resumes holds `&mut`.
///
/// Fields are dropped in this order: delegations, which may borrow from the body, go before it.
pub(crate) struct Movable<B: Body> {
    extra: B::Extra,
    live: Option<Pin<Box<B>>>,
    fresh: Option<B>,
}

// The body that is not boxed yet is never polled where it is, so it need not stay there.
impl<B: Body> Unpin for Movable<B> {}

/// Closes a generator whose body has returned or panicked.
struct Close<'a, B: Body>(&'a mut Movable<B>);

impl<B: Body> Drop for Close<'_, B> {
    #[inline(always)]
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<B: Body> Movable<B> {
    #[inline(always)]
    pub(crate) fn new(extra: B::Extra, body: B) -> Self {
        Movable { extra, live: None, fresh: Some(body) }
    }

    #[inline]
    pub(crate) fn state(&self) -> State {
        match (&self.fresh, &self.live) {
            (Some(_), _) => State::Created,
            (None, Some(_)) => State::Suspended,
            (None, None) => State::Closed,
        }
    }

    /// All of it.
    #[inline(always)]
    pub(crate) fn into_parts(self) -> (B::Extra, Option<Pin<Box<B>>>, Option<B>) {
        (self.extra, self.live, self.fresh)
    }

    /// What [`into_parts`](Self::into_parts) took apart.
    #[inline(always)]
    pub(crate) fn from_parts(extra: B::Extra, live: Option<Pin<Box<B>>>, fresh: Option<B>) -> Self {
        Movable { extra, live, fresh }
    }

    /// Puts the body into a box; false if it was not Created.
    #[inline(always)]
    fn move_to_heap(&mut self) -> bool {
        /// By value, out of line: so what resumes many times stays small, and a generator that does not leave its function
        /// need not exist in memory.
        #[cold]
        #[inline(never)]
        fn boxed<B>(body: B) -> Pin<Box<B>> {
            Box::pin(body)
        }
        let Some(body) = self.fresh.take() else { return false };
        // There was none, so there is nothing to drop.
        core::mem::forget(self.live.replace(boxed(body)));
        true
    }

    /// Runs the body to its first yield; `None` if it was not Created.
    #[inline]
    pub(crate) fn start(&mut self) -> Option<Step<B::Yield, B::Output>> {
        if !self.move_to_heap() {
            return None;
        }
        // SAFETY: the body has just been created.
        unsafe { self.resume_live(Sent::Nothing) }
    }

    /// Goes on with a value, or gives it back if the body is not suspended.
    #[inline]
    pub(crate) fn send(&mut self, sent: B::Sent) -> Result<Step<B::Yield, B::Output>, B::Sent> {
        if self.live.is_none() {
            return Err(sent);
        }
        // SAFETY: the value is there.
        let step = unsafe { self.resume_live(Sent::Value(sent)) };
        Ok(step.expect("checked above"))
    }

    /// # Safety
    /// `sent` is as [`resume`] wants it.
    #[inline(always)]
    unsafe fn resume_live(&mut self, sent: Sent<B::Sent>) -> Option<Step<B::Yield, B::Output>> {
        let close = Close(self);
        let Movable { extra, live, .. } = &mut *close.0;
        let body = live.as_mut()?;
        // SAFETY: `extra` was made for this body. The caller's promise. `close` takes away a body that has returned or
        // panicked.
        let step = unsafe { resume(body.as_mut(), extra, sent) };
        if let Step::Yield(_) = step {
            core::mem::forget(close);
        }
        Some(step)
    }

    /// Drops the body where it is: delegations first, inner to outer.
    #[inline(always)]
    pub(crate) fn close(&mut self) {
        // Taken out first: after a destructor's panic nothing may be here that could be resumed, since its delegations
        // are gone. Dropped last, also by that panic.
        let live = self.live.take();
        if B::DELEGATES {
            B::clear(&mut self.extra);
        }
        drop(live);
        self.fresh = None;
    }
}

impl<B: Body<Sent = ()>> Movable<B> {
    /// The next item: starts the body, or goes on.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<B::Yield> {
        let starts = self.live.is_none();
        if starts && !self.move_to_heap() {
            return None;
        }
        // A handle looks whether something has been sent. To other bodies it is the same: one path for both.
        let sent = if B::HANDLE && starts { Sent::Nothing } else { Sent::Value(()) };
        // SAFETY: the body has just been created, or is suspended; `()` may be there though nobody reads it.
        unsafe { self.resume_live(sent) }?.yielded()
    }

    /// Hands all items to `f`. A body that has not started runs on this call's stack: nothing is allocated.
    #[inline(always)]
    pub(crate) fn fold<A>(self, init: A, mut f: impl FnMut(A, B::Yield) -> A) -> A {
        let (extra, live, fresh) = self.into_parts();
        let Some(body) = fresh else { return Self::from_parts(extra, live, None).fold_rest(init, f) };
        let mut accumulator = init;
        let mut body = pin!(body);
        // Dropped before the body, since it was made after it: delegations may borrow from the body.
        let mut extra = extra;
        let chain = B::chain(&mut extra);
        let mut frame = Frame::<B::Yield, ()>::new(B::id(&extra), chain, Sent::Nothing);
        let frame = &raw mut frame;
        with_waker(frame, |waker| {
            if B::DELEGATES {
                // SAFETY: `extra` was made for this body, which has not started.
                return unsafe { run_to_end(body.as_mut(), frame, chain, waker, accumulator, f) };
            }
            // SAFETY: `extra` was made for this body. `resume_in` leaves the frame empty, so it serves all items, and
            // the sent value is `()`. A body that has returned or panicked ends this call.
            while let Step::Yield(item) = unsafe { resume_in(body.as_mut(), frame, chain, waker) } {
                accumulator = f(accumulator, item);
                // SAFETY: nobody else is at the frame between two resumes; `()` is written by being there.
                unsafe { (*frame).unread = true };
            }
            accumulator
        })
    }

    /// The items of one that has started. Elsewhere, since the optimiser does better with a fold that is one loop.
    #[cold]
    #[inline(never)]
    fn fold_rest<A>(mut self, mut accumulator: A, mut f: impl FnMut(A, B::Yield) -> A) -> A {
        while let Some(item) = self.next() {
            accumulator = f(accumulator, item);
        }
        accumulator
    }
}
