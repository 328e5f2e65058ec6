//! What the macros expand to: `enter`, `put`, `suspend`, `sent`.
//!
//! Each is `unsafe` with the same promise, kept by the macro's expansion alone: it stands directly in the body block of
//! a generator (the label guard sees to that), so whoever polls it is that generator's driver, and a frame reference is
//! used only between two suspensions.

use super::body::{MacroBody, Tied};
use super::delegate::Delegation;
use super::frame::{Frame, frame_of};
use crate::generator::Generator;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

/// All that an expansion calls by a path.
///
/// One type, so that a path resolves to all of it or to none: the macros are given their crate by name, and one that
/// lends some of these functions and replaces others could take a body and poll it by hand.
pub struct Expansion;

impl Expansion {
    /// Two types to be inferred.
    #[inline(always)]
    pub fn types<Y, S>() -> Types<Y, S> {
        Types(PhantomData)
    }

    /// Stands for a value of the type that a body says it returns; never called.
    #[cold]
    pub fn typed<R>() -> R {
        unreachable!("stands behind `if false`")
    }

    /// The first await of a body: finds the frame of the first resume.
    ///
    /// # Safety
    /// Awaited directly by a body that only its driver polls, with the body's types.
    #[inline(always)]
    pub unsafe fn enter<Y, S>(_: Types<Y, S>) -> Suspend<Y, S> {
        Suspend { suspended: true, types: PhantomData }
    }

    /// The suspension of a yield: pending once, then the frame of the resume that follows.
    ///
    /// # Safety
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn suspend<Y, S>(_: Types<Y, S>) -> Suspend<Y, S> {
        Suspend { suspended: false, types: PhantomData }
    }

    /// A generator whose body has no `yield_from!`.
    ///
    /// # Safety
    /// `body` is a macro's expansion.
    #[inline(always)]
    pub unsafe fn leaf<Y, S, F: Future>(_: Types<Y, S>, body: F) -> Generator<MacroBody<F, Y, S, false>> {
        Generator::new((), MacroBody::new(body))
    }

    /// A generator whose body has one.
    ///
    /// # Safety
    /// `body` is a macro's expansion.
    #[inline(always)]
    pub unsafe fn delegating<Y, S, F: Future>(
        _: Types<Y, S>,
        body: F,
    ) -> Generator<MacroBody<F, Y, S, true>> {
        Generator::new(super::chain::Chain::new(), MacroBody::new(body))
    }

    /// Nothing but a check of the type: what a `yield_from!` may await.
    #[inline(always)]
    pub fn delegation<D: Delegation>(delegation: D) -> D {
        delegation
    }
}

/// Ties the item and sent types of a body's yields to those of its generator.
pub struct Types<Y, S>(PhantomData<Tied<Y, S>>);

impl<Y, S> Clone for Types<Y, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S> Copy for Types<Y, S> {}

/// The frame of the resume that is running.
pub struct FrameRef<Y, S>(pub(super) *mut Frame<Y, S>);

impl<Y, S> Clone for FrameRef<Y, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S> Copy for FrameRef<Y, S> {}

impl<Y, S> FrameRef<Y, S> {
    /// Leaves an item for the driver.
    ///
    /// # Safety
    /// The frame is that of this resume of this body, and the body suspends at once.
    #[inline(always)]
    pub unsafe fn put(self, item: Y) {
        // SAFETY: the frame is live during the resume, and neither the driver nor a child touches it meanwhile.
        unsafe {
            (*self.0).item.write(item);
            (*self.0).full = true;
        }
    }

    /// What was sent.
    ///
    /// # Safety
    /// The frame is that of the resume which ended the suspension just before this, and it is read once.
    #[inline(always)]
    pub unsafe fn sent(self) -> S {
        // SAFETY: the driver writes `sent` for each resume of a body that is suspended at a yield.
        unsafe { (*self.0).sent.assume_init_read() }
    }
}

/// See [`Expansion::suspend`].
pub struct Suspend<Y, S> {
    suspended: bool,
    types: PhantomData<Tied<Y, S>>,
}

impl<Y, S> Future for Suspend<Y, S> {
    type Output = FrameRef<Y, S>;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.suspended {
            self.suspended = true;
            return Poll::Pending;
        }
        // SAFETY: the promise of `enter` and `suspend`. The context is as the driver made it: the body has just started,
        // or has suspended here, so nothing has been polled with it before.
        Poll::Ready(FrameRef(unsafe { frame_of(context.waker()) }))
    }
}
