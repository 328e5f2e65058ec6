//! `yield_from!`: what a body awaits while another runs in its place.

use super::body::{Body, Tied};
use super::chain::Chain;
use super::frame::{FrameRef, frame_of};
use super::movable::Movable;
use super::node::Ended;
use crate::generator::{BoxCoroutine, Coroutine, Generator, LocalBoxCoroutine, State, Step};
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

/// The operand of a `yield_from!`; there until a method takes it.
///
/// An inherent method for generators, a trait for what can be iterated over, and a trait for the `&mut` of this, for any
/// other coroutine: method resolution prefers them in that order.
///
/// A method is looked up in the program's traits too. One of that name (hence the odd name) could answer where the
/// operand is none of these, be given the frame, and hand back another one later. So what a method returns is awaited
/// only if it is a `Delegation`.
pub struct Source<T>(Option<T>);

impl<T> Source<T> {
    /// An operand.
    #[inline(always)]
    pub fn new(operand: T) -> Self {
        Source(Some(operand))
    }

    /// By value, so that the optimiser sees the operand itself.
    #[inline(always)]
    pub(super) fn into_operand(self) -> T {
        self.0.expect("an operand is taken once")
    }
}

/// What a body may await in a `yield_from!`: only what is made here, and by `unsafe` methods.
#[diagnostic::on_unimplemented(message = "`yield_from!` hands on generators, coroutines and iterators only")]
pub trait Delegation: Future + sealed::Sealed {}

pub(super) mod sealed {
    pub trait Sealed {}
}

impl<C, Y, S, R> Delegation for Delegate<C, Y, S, R> {}
impl<C, Y, S, R> sealed::Sealed for Delegate<C, Y, S, R> {}

impl<B: Body> Source<Generator<B>> {
    /// Delegates to a generator or coroutine: one that was made by a macro and has not started runs in place of its
    /// parent; any other is stepped by its own driver.
    ///
    /// `nothing` is what resumes a child that is suspended at a yield; there is such a value only for a generator.
    ///
    /// # Safety
    /// `frame` is that of this resume of a body whose generator has a chain; the future is awaited at once, and
    /// directly by that body.
    #[inline(always)]
    pub unsafe fn tarae_delegate(
        self,
        frame: FrameRef<B::Yield, B::Sent>,
        nothing: Option<B::Sent>,
    ) -> Delegate<B, B::Yield, B::Sent, B::Output> {
        // SAFETY: the caller's promise: the frame is live, has a chain, and nobody else is at them while the body runs.
        let chain = unsafe { &mut *(*frame.0).chain };
        // In parts, so that what is not needed of them need not exist: the optimiser builds the body in its node.
        let node = match self.into_operand().into_movable().into_parts() {
            (extra, _, Some(body)) if B::LINKABLE => {
                drop(nothing); // now, while a destructor that panics finds no child linked
                core::mem::forget(extra); // an empty chain
                chain.hold(body)
            }
            (extra, live, fresh) => {
                let child = Generator::from_movable(Movable::from_parts(extra, live, fresh));
                hold_stepped(chain, child, nothing)
            }
        };
        // SAFETY: the caller's promise; the node has just been made by this chain. LINKABLE: a macro's body may be polled
        // by any driver of these types; it has not started, so it has no chain of its own yet and will use this one. A
        // stepped child may be polled by any.
        unsafe { Delegate::link(chain, node) }
    }
}

/// The same for generators whose type has been erased.
macro_rules! delegate_erased {
    ($($boxed:ident),+) => {$(
        impl<'a, S, Y, R> Source<$boxed<'a, S, Y, R>> {
            /// As for a [`Generator`].
            ///
            /// # Safety
            /// As for a [`Generator`].
            #[inline(always)]
            pub unsafe fn tarae_delegate(
                self,
                frame: FrameRef<Y, S>,
                nothing: Option<S>,
            ) -> Delegate<$boxed<'a, S, Y, R>, Y, S, R> {
                // SAFETY: the caller's promise, as above.
                let chain = unsafe { &mut *(*frame.0).chain };
                let node = match self.into_operand().into_unstarted_body() {
                    Ok(body) => {
                        drop(nothing); // as above
                        chain.hold(body)
                    }
                    Err(child) => hold_stepped(chain, child, nothing),
                };
                // SAFETY: the caller's promise; the node has just been made by this chain. It holds a macro's body that has
                // not started, or a stepped child.
                unsafe { Delegate::link(chain, node) }
            }
        }
    )+};
}
delegate_erased!(BoxCoroutine, LocalBoxCoroutine);

/// Delegation to whatever else is a coroutine: a `&mut`, a boxed one, one written by hand.
pub trait DelegateCoroutine {
    /// What it is.
    type Coroutine: Coroutine;

    /// Delegates to it; it keeps its own driver.
    ///
    /// # Safety
    /// As for the inherent method of the same name.
    #[expect(clippy::type_complexity, reason = "said once, and never by a program")]
    unsafe fn tarae_delegate(
        self,
        frame: FrameRef<<Self::Coroutine as Coroutine>::Yield, <Self::Coroutine as Coroutine>::Sent>,
        nothing: Option<<Self::Coroutine as Coroutine>::Sent>,
    ) -> Delegate<
        Self::Coroutine,
        <Self::Coroutine as Coroutine>::Yield,
        <Self::Coroutine as Coroutine>::Sent,
        <Self::Coroutine as Coroutine>::Return,
    >;
}

impl<C: Coroutine> DelegateCoroutine for &mut Source<C> {
    type Coroutine = C;

    unsafe fn tarae_delegate(
        self,
        frame: FrameRef<C::Yield, C::Sent>,
        nothing: Option<C::Sent>,
    ) -> Delegate<C, C::Yield, C::Sent, C::Return> {
        // SAFETY: the caller's promise, as above. A stepped child may be polled by any driver of its types.
        unsafe {
            let chain = &mut *(*frame.0).chain;
            let child = self.0.take().expect("an operand is taken once");
            let node = hold_stepped(chain, child, nothing);
            Delegate::link(chain, node)
        }
    }
}

/// Awaited by the parent while a child generator runs: pending once, then the child's result.
///
/// It has no destructor: the node is the chain's until the child has returned.
pub struct Delegate<C, Y, S, R> {
    node: *mut Ended<R>,
    suspended: bool,
    types: PhantomData<Tied<Y, S>>,
    child: PhantomData<C>,
}

impl<C, Y, S, R> Unpin for Delegate<C, Y, S, R> {}

// SAFETY: between two resumes a node holds a child and nothing else (a result is taken in the resume that made it), and
// the parent's delegation is the one place that names it.
unsafe impl<C: Send, Y, S, R> Send for Delegate<C, Y, S, R> {}

impl<C, Y, S, R> Delegate<C, Y, S, R> {
    /// # Safety
    /// `node` was made by `chain`, which is that of the running generator; nothing but the await of this is left to do
    /// before its body suspends, until the child has returned. Any driver of a generator of these types may poll the
    /// child.
    #[inline(always)]
    unsafe fn link(chain: &mut Chain, node: *mut Ended<R>) -> Self {
        // SAFETY: the caller's promise.
        unsafe { chain.link(node.cast()) };
        Delegate { node, suspended: false, types: PhantomData, child: PhantomData }
    }
}

impl<C, Y, S, R> Future for Delegate<C, Y, S, R> {
    type Output = (FrameRef<Y, S>, R);

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.suspended {
            self.suspended = true;
            return Poll::Pending;
        }
        // SAFETY: the promise of `tarae_delegate`: the body block awaits this directly. The context is as the driver made
        // it: the body has suspended here, so nothing has been polled with it before. The driver resumes a parent only
        // when its child has returned and is unlinked, so the node is ours.
        unsafe {
            let frame = frame_of::<Y, S>(context.waker());
            let value = (*(*frame).chain).take_result(self.node);
            Poll::Ready((FrameRef(frame), value))
        }
    }
}

/// A child that keeps its own driver: one with a handle, one that has started, or any other coroutine.
struct Stepped<C: Coroutine> {
    /// Dropped at its end: nobody drops a child that has returned.
    child: Option<C>,
    /// Whether this delegation has resumed it.
    entered: bool,
    /// What resumes it first if it has started before.
    nothing: Option<C::Sent>,
}

impl<C: Coroutine> Unpin for Stepped<C> {}

/// Puts a child that keeps its own driver into a node.
///
/// # Panics
/// If the child cannot be resumed, or has nothing to return.
#[cold]
#[inline(never)]
fn hold_stepped<C: Coroutine>(
    chain: &mut Chain,
    child: C,
    nothing: Option<C::Sent>,
) -> *mut Ended<C::Return> {
    match child.state() {
        State::Suspended if nothing.is_none() => {
            panic!("`yield_from!` of a coroutine that has started: it waits for a value")
        }
        State::Closed => panic!("`yield_from!` of a generator that has ended: it has no value to return"),
        State::Created => {
            drop(nothing);
            chain.hold(Stepped { child: Some(child), entered: false, nothing: None })
        }
        _ => chain.hold(Stepped { child: Some(child), entered: false, nothing }),
    }
}

impl<C: Coroutine> Future for Stepped<C> {
    type Output = C::Return;

    /// Resumes the child with what was sent, and passes its item on.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<C::Return> {
        // SAFETY: it lies in a node, which only a driver of these types polls, with a context just made.
        let frame = FrameRef::<C::Yield, C::Sent>(unsafe { frame_of(context.waker()) });
        let Stepped { child: stage, entered, nothing } = &mut *self;
        let child = stage.as_mut().expect("it is not polled again after its end");
        let step = if core::mem::replace(entered, true) {
            // SAFETY: not the first resume of this delegation, so the generator was suspended at the child's yield.
            child.send(unsafe { frame.sent() })
        } else {
            match nothing.take() {
                Some(nothing) => child.send(nothing),
                None => child.start(),
            }
        };
        match step {
            Step::Yield(item) => {
                // SAFETY: the frame is that of this resume; the generator suspends by what is returned here.
                unsafe { frame.put(item) };
                Poll::Pending
            }
            Step::Return(value) => {
                *stage = None;
                Poll::Ready(value)
            }
        }
    }
}
