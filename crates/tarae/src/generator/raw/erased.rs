//! What is left of a generator whose type has been erased.

use super::body::{Body, Tied};
use super::pinned::Pinned;
use crate::generator::{Coroutine, Generator, State, Step};
use alloc::boxed::Box;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A generator behind a pointer: its methods, and its body for a delegation.
pub(crate) trait Erased<S, Y, R> {
    /// Runs the body to its first yield; `None` if it was not Created.
    fn first(self: Pin<&mut Self>) -> Option<Step<Y, R>>;
    /// Goes on with a value, or gives it back if the body is not suspended.
    fn with(self: Pin<&mut Self>, sent: S) -> Result<Step<Y, R>, S>;
    /// Starts it, or goes on with `nothing`; `None` after its end.
    fn next(self: Pin<&mut Self>, nothing: S) -> Option<Step<Y, R>> {
        match self.state() {
            State::Created => self.first(),
            _ => self.with(nothing).ok(),
        }
    }
    fn state(&self) -> State;
    fn finish(self: Pin<&mut Self>);
    /// Whether this is a body that may be put into a node of another's chain, and has not started.
    fn is_linkable(&self) -> bool;
    /// Polls the body alone.
    ///
    /// # Safety
    /// It is linkable, nothing else has been called, and the caller is the driver of a generator with these types.
    unsafe fn poll_body(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<R>;
}

impl<B: Body> Erased<B::Sent, B::Yield, B::Output> for Pinned<B> {
    fn first(self: Pin<&mut Self>) -> Option<Step<B::Yield, B::Output>> {
        self.resume_first()
    }

    fn with(self: Pin<&mut Self>, sent: B::Sent) -> Result<Step<B::Yield, B::Output>, B::Sent> {
        self.resume_with(sent)
    }

    fn state(&self) -> State {
        Pinned::state(self)
    }

    fn finish(self: Pin<&mut Self>) {
        Pinned::finish(self);
    }

    fn is_linkable(&self) -> bool {
        B::LINKABLE && Pinned::state(self) == State::Created
    }

    unsafe fn poll_body(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<B::Output> {
        // SAFETY: the caller's promise: this generator's own driver has not been used, and will not be.
        unsafe { self.body() }.poll(context)
    }
}

/// For a generator that had started when its type was erased: it stays in its own box.
impl<B: Body> Erased<B::Sent, B::Yield, B::Output> for Generator<B> {
    fn first(self: Pin<&mut Self>) -> Option<Step<B::Yield, B::Output>> {
        self.get_mut().try_start().ok()
    }

    fn with(self: Pin<&mut Self>, sent: B::Sent) -> Result<Step<B::Yield, B::Output>, B::Sent> {
        self.get_mut().try_send(sent).map_err(|error| error.value)
    }

    fn state(&self) -> State {
        Generator::state(self)
    }

    fn finish(self: Pin<&mut Self>) {
        self.get_mut().close();
    }

    fn is_linkable(&self) -> bool {
        false
    }

    unsafe fn poll_body(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<B::Output> {
        unreachable!("it is not linkable")
    }
}

/// A body behind a pointer, in a node of another generator's chain.
pub(crate) struct ErasedBody<E: ?Sized, S, Y, R> {
    /// Dropped at its end: nobody drops a child that has returned.
    body: Option<Pin<Box<E>>>,
    types: PhantomData<(Tied<Y, S>, fn() -> R)>,
}

impl<E: Erased<S, Y, R> + ?Sized, S, Y, R> ErasedBody<E, S, Y, R> {
    /// # Errors
    /// If the body is not linkable, the generator as it was.
    pub(crate) fn new(erased: Pin<Box<E>>) -> Result<Self, Pin<Box<E>>> {
        if !erased.is_linkable() {
            return Err(erased);
        }
        Ok(ErasedBody { body: Some(erased), types: PhantomData })
    }
}

impl<E: Erased<S, Y, R> + ?Sized, S, Y, R> Future for ErasedBody<E, S, Y, R> {
    type Output = R;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<R> {
        let body = self.body.as_mut().expect("it is not polled again after its end");
        // SAFETY: `new` has seen that it is linkable, and nothing but this has it since. It lies in a node, which only a
        // driver of these types polls.
        let poll = unsafe { body.as_mut().poll_body(context) };
        if poll.is_ready() {
            self.body = None;
        }
        poll
    }
}
