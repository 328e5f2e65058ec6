//! A generator that stays where it is: no allocation, and nothing between it and the optimiser.

use super::body::Body;
use super::drive::resume;
use super::frame::Sent;
use crate::generator::{State, Step};
use core::cell::UnsafeCell;
use core::marker::PhantomPinned;
use core::mem::ManuallyDrop;
use core::pin::Pin;

/// A generator to be pinned; see [`Generator::pinned`](crate::generator::Generator::pinned). `Pin<&mut Pinned<_>>` is
/// the iterator and the [`Coroutine`](crate::generator::Coroutine).
///
/// ```
/// use std::pin::pin;
/// use tarae::prelude::*;
///
/// let echo = coroutine!(|| {
///     let mut last: i32 = yield 0;
///     loop {
///         last = yield last;
///     }
/// });
/// let mut echo = pin!(echo().pinned());
/// assert_eq!(echo.start(), Step::<i32, ()>::Yield(0));
/// assert_eq!(echo.send(7), Step::Yield(7));
/// ```
// | state | body | left by |
// |---|---|---|
// | Created | live | `resume_first`, `resume_next`, `finish` |
// | Suspended | live, at a yield | `resume_with`, `resume_next`: Suspended or Closed, which a panic makes too; `finish` |
// | Closed | dropped | nothing |
//
// Running is a state that nobody can see: whoever resumes holds `&mut`.
#[must_use = "generators are lazy: pin it with `pin!` and ask for the first item"]
pub struct Pinned<B: Body> {
    /// Before the body: see `Movable`.
    extra: B::Extra,
    state: State,
    /// The body may refer into itself, mutably too. A shared borrow of this struct must claim nothing of that: hence the
    /// cell.
    body: UnsafeCell<ManuallyDrop<B>>,
    _pinned: PhantomPinned,
}

// SAFETY: nothing is read of the body through a shared borrow: the cell is there for what such a borrow claims.
unsafe impl<B: Body + Sync> Sync for Pinned<B> where B::Extra: Sync {}

/// Closes a generator whose body has returned or panicked.
struct Close<'a, B: Body>(&'a mut Pinned<B>);

impl<B: Body> Drop for Close<'_, B> {
    #[inline(always)]
    fn drop(&mut self) {
        self.0.drop_body();
    }
}

impl<B: Body> Pinned<B> {
    #[inline(always)]
    pub(crate) fn new(extra: B::Extra, body: B) -> Self {
        Pinned {
            extra,
            state: State::Created,
            body: UnsafeCell::new(ManuallyDrop::new(body)),
            _pinned: PhantomPinned,
        }
    }

    /// Where its body is.
    #[inline]
    pub fn state(&self) -> State {
        self.state
    }

    /// Runs the body to its first yield; `None` if it was not Created.
    #[inline(always)]
    pub(crate) fn resume_first(self: Pin<&mut Self>) -> Option<Step<B::Yield, B::Output>> {
        if self.state != State::Created {
            return None;
        }
        // SAFETY: the body is not suspended at a yield.
        Some(unsafe { self.go(Sent::Nothing) })
    }

    /// Goes on with a value, or gives it back if the body is not suspended.
    #[inline(always)]
    pub(crate) fn resume_with(
        self: Pin<&mut Self>,
        sent: B::Sent,
    ) -> Result<Step<B::Yield, B::Output>, B::Sent> {
        if self.state != State::Suspended {
            return Err(sent);
        }
        // SAFETY: the value is there.
        Ok(unsafe { self.go(Sent::Value(sent)) })
    }

    /// # Safety
    /// The state is Created or Suspended; `sent` is as [`resume`] wants it.
    #[inline(always)]
    unsafe fn go(self: Pin<&mut Self>, sent: Sent<B::Sent>) -> Step<B::Yield, B::Output> {
        // SAFETY: the body is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        let close = Close(this);
        let Pinned { extra, body, .. } = &mut *close.0;
        // SAFETY: `body` is pinned with `self`, and `extra` was made for it. The caller's promise. `close` takes away a
        // body that has returned or panicked.
        let step = unsafe { resume(Pin::new_unchecked(&mut **body.get_mut()), extra, sent) };
        if let Step::Yield(_) = step {
            close.0.state = State::Suspended;
            core::mem::forget(close);
        }
        step
    }

    /// The body.
    ///
    /// # Safety
    /// It is not polled by two drivers.
    pub(super) unsafe fn body(self: Pin<&mut Self>) -> Pin<&mut B> {
        // SAFETY: the body is pinned with `self`.
        unsafe { Pin::new_unchecked(&mut **self.get_unchecked_mut().body.get_mut()) }
    }

    /// Drops the body where it is: delegations first, inner to outer.
    pub(crate) fn finish(self: Pin<&mut Self>) {
        // SAFETY: the body is dropped where it is, not moved.
        unsafe { self.get_unchecked_mut() }.drop_body();
    }

    #[inline(always)]
    fn drop_body(&mut self) {
        if core::mem::replace(&mut self.state, State::Closed) == State::Closed {
            return;
        }
        /// Drops the body even if a delegation's destructor panics.
        struct DropBody<'a, B>(&'a mut ManuallyDrop<B>);
        impl<B> Drop for DropBody<'_, B> {
            #[inline(always)]
            fn drop(&mut self) {
                // SAFETY: the state was not Closed, and is now: this happens once.
                unsafe { ManuallyDrop::drop(self.0) }
            }
        }
        let _then = DropBody(self.body.get_mut());
        B::clear(&mut self.extra);
    }
}

impl<B: Body<Sent = ()>> Pinned<B> {
    /// Starts it, or goes on; `None` after its end.
    #[inline(always)]
    pub(crate) fn resume_next(self: Pin<&mut Self>) -> Option<Step<B::Yield, B::Output>> {
        if self.state == State::Closed {
            return None;
        }
        // A handle looks whether something has been sent; to other bodies it is the same, and here one test less.
        let starts = B::HANDLE && self.state == State::Created;
        let sent = if starts { Sent::Nothing } else { Sent::Value(()) };
        // SAFETY: the state; `()` may be there though nobody reads it.
        Some(unsafe { self.go(sent) })
    }
}

impl<B: Body> Drop for Pinned<B> {
    #[inline(always)]
    fn drop(&mut self) {
        self.drop_body();
    }
}
