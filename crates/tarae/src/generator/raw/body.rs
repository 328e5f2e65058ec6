//! What a generator runs: the body of a macro or of a closure with a handle, and what its driver must know of it.

use super::chain::{Chain, ChainOf};
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

/// Ties item and sent types invariantly: a body and its driver must mean the very same ones, lifetimes included, or a
/// body could leave a short-lived borrow where a longer one is read.
pub(crate) type Tied<Y, S> = fn(Y, S) -> (Y, S);

mod sealed {
    use super::Chain;

    /// What only the engine may see or implement.
    pub trait Driven {
        /// What a generator keeps beside its body. `Send` here, so that it holds where the body's type is hidden.
        type Extra: Send;

        /// Whether it may delegate, and so has a chain.
        const DELEGATES: bool;

        /// Whether the body may be put into a node of another body's chain: it must be polled by that chain's driver
        /// just as by its own.
        const LINKABLE: bool;

        /// Whether items may be left in a frame by someone other than the body block itself.
        const HANDLE: bool;

        /// The id for the header of this body's frames; 0 for a macro's body.
        fn id(extra: &Self::Extra) -> u64;

        /// The delegations of this generator; null if there can be none (`DELEGATES`).
        fn chain(extra: &mut Self::Extra) -> *mut Chain;

        /// Drops the delegations, inner to outer.
        fn clear(extra: &mut Self::Extra);
    }
}
pub(crate) use sealed::Driven;

/// What a [`Generator`](crate::generator::Generator) runs. Made by [`generator!`](crate::generator!),
/// [`coroutine!`](crate::coroutine!) and the `from_fn` functions, and by nothing else.
///
/// Its [`Output`](Future::Output) is what the generator returns. Name it where a generator is a return type:
/// `Generator<impl Body<Yield = f64, Sent = f64, Output = ()>>`, or [`Yields`](crate::generator::Yields) for one that is only
/// iterated over.
pub trait Body: Future + Driven {
    /// What a `yield` hands out.
    type Yield;
    /// What a `yield` evaluates to.
    type Sent;
}

/// The body of `generator!` or `coroutine!`. `DELEGATES` says whether a `yield_from!` stands in it.
pub struct MacroBody<F, Y, S, const DELEGATES: bool> {
    future: F,
    types: PhantomData<Tied<Y, S>>,
}

impl<F, Y, S, const DELEGATES: bool> MacroBody<F, Y, S, DELEGATES> {
    #[inline(always)]
    pub(super) fn new(future: F) -> Self {
        MacroBody { future, types: PhantomData }
    }
}

impl<F: Future, Y, S, const DELEGATES: bool> Future for MacroBody<F, Y, S, DELEGATES> {
    type Output = F::Output;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: `future` is pinned with `self`: it is never moved out of a body that has been pinned.
        unsafe { self.map_unchecked_mut(|body| &mut body.future) }.poll(context)
    }
}

impl<F: Future, Y, S> Driven for MacroBody<F, Y, S, false> {
    type Extra = ();
    const DELEGATES: bool = false;
    const LINKABLE: bool = true;
    const HANDLE: bool = false;

    #[inline(always)]
    fn id((): &()) -> u64 {
        0
    }

    #[inline(always)]
    fn chain((): &mut ()) -> *mut Chain {
        core::ptr::null_mut()
    }

    #[inline(always)]
    fn clear((): &mut ()) {}
}

impl<F: Future, Y, S> Body for MacroBody<F, Y, S, false> {
    type Yield = Y;
    type Sent = S;
}

impl<F: Future, Y, S> Driven for MacroBody<F, Y, S, true> {
    type Extra = ChainOf<Self>;
    const DELEGATES: bool = true;
    const LINKABLE: bool = true;
    const HANDLE: bool = false;

    #[inline(always)]
    fn id(_: &ChainOf<Self>) -> u64 {
        0
    }

    #[inline(always)]
    fn chain(extra: &mut ChainOf<Self>) -> *mut Chain {
        &mut extra.chain
    }

    #[inline(always)]
    fn clear(extra: &mut ChainOf<Self>) {
        extra.chain.clear();
    }
}

impl<F: Future, Y, S> Body for MacroBody<F, Y, S, true> {
    type Yield = Y;
    type Sent = S;
}

/// The body of a closure that was given a [`Yielder`](super::handle::Yielder).
pub struct HandleBody<F, Y, S> {
    future: F,
    types: PhantomData<Tied<Y, S>>,
}

impl<F, Y, S> HandleBody<F, Y, S> {
    #[inline(always)]
    pub(super) fn new(future: F) -> Self {
        HandleBody { future, types: PhantomData }
    }
}

impl<F: Future, Y, S> Future for HandleBody<F, Y, S> {
    type Output = F::Output;

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: as for `MacroBody`.
        unsafe { self.map_unchecked_mut(|body| &mut body.future) }.poll(context)
    }
}

impl<F: Future, Y, S> Driven for HandleBody<F, Y, S> {
    type Extra = u64;
    const DELEGATES: bool = false;
    const LINKABLE: bool = false;
    const HANDLE: bool = true;

    #[inline(always)]
    fn id(extra: &u64) -> u64 {
        *extra
    }

    #[inline(always)]
    fn chain(_: &mut u64) -> *mut Chain {
        core::ptr::null_mut()
    }

    #[inline(always)]
    fn clear(_: &mut u64) {}
}

impl<F: Future, Y, S> Body for HandleBody<F, Y, S> {
    type Yield = Y;
    type Sent = S;
}
