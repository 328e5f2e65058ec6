//! `yield_from!`: what a body awaits while another runs in its place.

use super::body::Body;
use super::chain::{Chain, NodeOf, is_deep};
use super::expansion::FrameRef;
use super::frame::{frame_of, kept_frame_of, replaced};
use super::items::{Items, Nothing};
use super::movable::Movable;
use crate::generator::{Generator, State, Step};
use alloc::boxed::Box;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

/// The operand of a `yield_from!`. An inherent method for generators and a trait for everything else that can be
/// iterated over: method resolution prefers the former.
///
/// A method is looked up in the program's traits too. One of that name (hence the odd name) could answer where the
/// operand is nothing to iterate over, be given the frame, and hand back another one later. So what a method returns is
/// awaited only if it is a `Delegation`.
pub struct Source<T>(pub T);

/// What a body may await in a `yield_from!`: only what is made here, and by `unsafe` methods.
#[diagnostic::on_unimplemented(message = "`yield_from!` hands on generators, coroutines and iterators only")]
pub trait Delegation: Future + sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

impl<B: Body> Delegation for Delegate<B> {}
impl<B: Body> sealed::Sealed for Delegate<B> {}
impl<I: Iterator, S: Nothing> Delegation for Items<I, S> {}
impl<I: Iterator, S: Nothing> sealed::Sealed for Items<I, S> {}

impl<B: Body> Source<Generator<B>> {
    /// Delegates to a generator or coroutine: in O(1) if it was made by a macro and has not started.
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
    ) -> Delegate<B> {
        let mut child = self.0.into_movable();
        let fresh = if B::LINKABLE { child.take_fresh() } else { None };
        match fresh {
            Some(body) => {
                // SAFETY: the caller's promise: the frame is live, and has a chain.
                let node = unsafe { (*(*frame.0).chain).hold(body) };
                Delegate(Stage::Fresh(node))
            }
            None => Delegate(Stage::Stepped(Box::new(Stepped { child, entered: false, nothing }))),
        }
    }
}

/// Awaited by the parent while a child generator runs.
pub struct Delegate<B: Body>(Stage<B>);

enum Stage<B: Body> {
    /// Not linked yet. Polled at once: there is no destructor that would free it.
    Fresh(*mut NodeOf<B>),
    /// Linked: the driver polls it, and this future only after it has returned.
    Linked(*mut NodeOf<B>),
    /// A child that keeps its own driver: one with a handle, or one that has started.
    Stepped(Box<Stepped<B>>),
}

struct Stepped<B: Body> {
    child: Movable<B>,
    /// Whether this delegation has resumed it.
    entered: bool,
    /// What resumes it first if it has started before.
    nothing: Option<B::Sent>,
}

impl<B: Body> Unpin for Delegate<B> {}

// SAFETY: between two resumes a node holds a child and nothing else (a result is taken in the resume that made it), and
// the parent's delegation is the one place that names it. A stepped child is one, too.
unsafe impl<B: Body + Send> Send for Delegate<B> {}

impl<B: Body> Future for Delegate<B> {
    type Output = (FrameRef<B::Yield, B::Sent>, B::Output);

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (frame, node) = match &mut self.0 {
            // SAFETY: the promise of `Source::tarae_delegate`: the body block awaits this directly, so the context is that of
            // the body's poll. It is as the driver made it: the body has suspended here, so nothing has been polled
            // with it before.
            Stage::Linked(node) => (unsafe { frame_of::<B::Yield, B::Sent>(context.waker()) }, *node),
            Stage::Fresh(node) => {
                let node = *node;
                self.0 = Stage::Linked(node);
                // SAFETY: as above, but the body may have awaited something in this poll.
                let Some(frame) = (unsafe { kept_frame_of::<B::Yield, B::Sent>(context) }) else {
                    // Before the panic unwinds the parent, from which the child may borrow.
                    // SAFETY: the node is not linked.
                    unsafe { Chain::discard(node.cast()) };
                    replaced();
                };
                // SAFETY: the frame and its chain are live, and nobody else is at them while the body runs. The chain is
                // that of the running generator, whose body suspends here until the child has returned. LINKABLE: a
                // macro's body may be polled by any driver of these types. It has not started, so it has no chain of its
                // own yet and will use this one.
                unsafe {
                    (*(*frame).chain).link(node.cast());
                    if is_deep(frame, node.cast()) {
                        (*(*frame).chain).leave_unstarted();
                        return Poll::Pending;
                    }
                    if !NodeOf::<B>::poll(node.cast(), context.waker()) {
                        return Poll::Pending;
                    }
                }
                (frame, node)
            }
            Stage::Stepped(child) => {
                // SAFETY: as above.
                let Some(frame) = (unsafe { kept_frame_of(context) }) else { replaced() };
                let frame = FrameRef(frame);
                // SAFETY: the frame is that of this resume, and live during this poll.
                return unsafe { child.step(frame) }.map(|value| (frame, value));
            }
        };
        // SAFETY: the node's child has returned: it did so just now, or the driver, which polls a parent only then, saw
        // it. A node without a linked child is ours.
        unsafe {
            let value = NodeOf::take_result(node);
            (*(*frame).chain).recycle(node);
            Poll::Ready((FrameRef(frame), value))
        }
    }
}

impl<B: Body> Stepped<B> {
    /// Resumes the child with what was sent, and passes its item on.
    ///
    /// # Safety
    /// `frame` is that of the running resume; if it is not the first of this delegation, its sent value is unread.
    #[cold]
    #[inline(never)]
    unsafe fn step(&mut self, frame: FrameRef<B::Yield, B::Sent>) -> Poll<B::Output> {
        let step = if core::mem::replace(&mut self.entered, true) {
            // SAFETY: not the first resume of this delegation, so the parent was suspended at the child's yield.
            self.child.send(unsafe { frame.sent() }).ok()
        } else {
            match (self.child.state(), self.nothing.take()) {
                (State::Created, _) => self.child.start(),
                (State::Suspended, Some(nothing)) => self.child.send(nothing).ok(),
                (State::Suspended, None) => {
                    panic!("`yield_from!` of a coroutine that has started: it waits for a value")
                }
                (State::Closed | State::Running, _) => {
                    panic!("`yield_from!` of a generator that has ended: it has no value to return")
                }
            }
        };
        match step.expect("a child in this state can be resumed so") {
            Step::Yield(item) => {
                // SAFETY: the caller's promise; the delegation suspends right after this.
                unsafe { frame.put(item) };
                Poll::Pending
            }
            Step::Return(value) => Poll::Ready(value),
        }
    }
}
