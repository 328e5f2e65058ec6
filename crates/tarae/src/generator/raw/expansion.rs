//! What the macros expand to: `enter`, `put`, `suspend`, `sent`.
//!
//! Each is `unsafe` with the same promise, kept by the macro's expansion alone: it stands directly in the body block of
//! a generator (the label guard sees to that), so whoever polls it is that generator's driver, and a frame reference is
//! used only between two suspensions.

use super::body::{MacroBody, Tied};
use super::chain::ChainOf;
use super::delegate::Delegation;
use super::frame::{FrameRef, frame_of, kept_frame_of};
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
    /// Two types to be inferred, and whether a `yield_from!` stands in the body.
    #[inline(always)]
    pub fn types<Y, S, const DELEGATES: bool>() -> Types<Y, S, DELEGATES> {
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
    pub unsafe fn enter<Y, S, const D: bool>(_: Types<Y, S, D>) -> Enter<Y, S> {
        Enter(PhantomData)
    }

    /// The suspension of a yield: pending once, then the frame of the resume that follows.
    ///
    /// # Safety
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn suspend<T: Suspends>(types: T) -> T::Suspend {
        // SAFETY: the caller's promise.
        unsafe { types.suspend() }
    }

    /// A generator whose body has no `yield_from!`.
    ///
    /// # Safety
    /// `body` is a macro's expansion.
    #[inline(always)]
    pub unsafe fn leaf<Y, S, F: Future>(
        _: Types<Y, S, false>,
        body: F,
    ) -> Generator<MacroBody<F, Y, S, false>> {
        Generator::new((), MacroBody::new(body))
    }

    /// A generator whose body has one.
    ///
    /// # Safety
    /// `body` is a macro's expansion.
    #[inline(always)]
    pub unsafe fn delegating<Y, S, F: Future>(
        _: Types<Y, S, true>,
        body: F,
    ) -> Generator<MacroBody<F, Y, S, true>> {
        Generator::new(ChainOf::new(), MacroBody::new(body))
    }

    /// Nothing but a check of the type: what a `yield_from!` may await.
    #[inline(always)]
    pub fn delegation<D: Delegation>(delegation: D) -> D {
        delegation
    }
}

/// Ties the item and sent types of a body's yields to those of its generator.
pub struct Types<Y, S, const DELEGATES: bool>(PhantomData<Tied<Y, S>>);

impl<Y, S, const D: bool> Clone for Types<Y, S, D> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, const D: bool> Copy for Types<Y, S, D> {}

/// See [`Expansion::enter`].
pub struct Enter<Y, S>(PhantomData<Tied<Y, S>>);

impl<Y, S> Future for Enter<Y, S> {
    type Output = FrameRef<Y, S>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the promise of `enter`. The context is as the driver made it: the body has just started.
        Poll::Ready(FrameRef(unsafe { frame_of(context.waker()) }))
    }
}

/// How a body is suspended: how the suspension knows that it has been polled before is a matter of speed.
pub trait Suspends {
    /// What a yield awaits.
    type Suspend: Future;
    /// See [`Expansion::suspend`].
    ///
    /// # Safety
    /// As there.
    unsafe fn suspend(self) -> Self::Suspend;
}

impl<Y, S> Suspends for Types<Y, S, false> {
    type Suspend = Suspend<Y, S>;

    #[inline(always)]
    unsafe fn suspend(self) -> Suspend<Y, S> {
        Suspend(PhantomData)
    }
}

impl<Y, S> Suspends for Types<Y, S, true> {
    type Suspend = FlaggedSuspend<Y, S>;

    #[inline(always)]
    unsafe fn suspend(self) -> FlaggedSuspend<Y, S> {
        FlaggedSuspend { suspended: false, types: PhantomData }
    }
}

/// See [`Expansion::suspend`]. It has no state: the frame is full at its first poll, and empty at the next.
///
/// A body that does not delegate and its driver become one function, where that is nothing but a constant.
pub struct Suspend<Y, S>(PhantomData<Tied<Y, S>>);

impl<Y, S> Future for Suspend<Y, S> {
    type Output = FrameRef<Y, S>;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the promise of `suspend`; a live frame may be read while its driver waits for this poll.
        unsafe {
            match kept_frame_of::<Y, S>(context) {
                Some(frame) if !(*frame).full => Poll::Ready(FrameRef(frame)),
                // It is the first poll: there is an item in the frame; or the context has been replaced, by something
                // that was polled before in this resume.
                _ => Poll::Pending,
            }
        }
    }
}

/// See [`Expansion::suspend`]. For a body that delegates, which its driver calls, a flag is cheaper.
pub struct FlaggedSuspend<Y, S> {
    suspended: bool,
    types: PhantomData<Tied<Y, S>>,
}

impl<Y, S> Future for FlaggedSuspend<Y, S> {
    type Output = FrameRef<Y, S>;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.suspended {
            self.suspended = true;
            return Poll::Pending;
        }
        // SAFETY: the promise of `suspend`. The context is as the driver made it: the body has suspended here, so nothing
        // has been polled with it before.
        Poll::Ready(FrameRef(unsafe { frame_of(context.waker()) }))
    }
}
