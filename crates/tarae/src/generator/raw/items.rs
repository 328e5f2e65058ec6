//! `yield_from!` of what is no generator: any iterator.

use super::delegate::{Delegation, Source, sealed};
use super::frame::{FrameRef, frame_of};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

/// What a body may be sent while an iterator's items are handed on: an iterator can be told nothing, so nothing it is,
/// or an error in its place, which ends the delegation.
#[diagnostic::on_unimplemented(
    message = "`yield_from!` cannot send a value of type `{Self}` on to an iterator, which takes none",
    label = "the coroutine is sent `{Self}` here",
    note = "loop over the iterator instead: `for item in iterator {{ let sent = yield item; }}`"
)]
pub trait Nothing: Sized {
    /// What the delegation evaluates to.
    type Answer;
    /// That of an iterator that has ended.
    fn ended() -> Self::Answer;
    /// What ends the delegation early, if this is it.
    fn refusal(self) -> Option<Self::Answer>;
}

impl Nothing for () {
    type Answer = ();
    #[inline(always)]
    fn ended() {}

    #[inline(always)]
    fn refusal(self) -> Option<()> {
        None
    }
}

impl<E> Nothing for Result<(), E> {
    type Answer = Result<(), E>;
    #[inline(always)]
    fn ended() -> Self {
        Ok(())
    }

    #[inline(always)]
    fn refusal(self) -> Option<Self> {
        self.is_err().then_some(self)
    }
}

/// Delegation to whatever can be iterated over and is not a [`Generator`](crate::generator::Generator) by its type.
pub trait DelegateItems {
    /// What is handed on.
    type Item;
    /// The iterator.
    type Iter: Iterator<Item = Self::Item>;

    /// Delegates to an iterator.
    ///
    /// # Safety
    /// As for the inherent method of the same name.
    unsafe fn tarae_delegate<S: Nothing>(
        self,
        frame: FrameRef<Self::Item, S>,
        nothing: Option<S>,
    ) -> Items<Self::Iter, S>;
}

impl<I: IntoIterator> DelegateItems for Source<I> {
    type Item = I::Item;
    type Iter = I::IntoIter;

    #[inline(always)]
    unsafe fn tarae_delegate<S: Nothing>(
        self,
        frame: FrameRef<I::Item, S>,
        _: Option<S>,
    ) -> Items<I::IntoIter, S> {
        Items { iterator: self.into_operand().into_iter(), first: Some(frame) }
    }
}

/// Awaited by the parent while an iterator's items are handed on. It lies in the parent: no node, nothing allocated.
pub struct Items<I: Iterator, S> {
    iterator: I,
    /// The frame of the resume in which the delegation begins; taken by the first poll, which belongs to that resume.
    first: Option<FrameRef<I::Item, S>>,
}

impl<I: Iterator, S> Unpin for Items<I, S> {}
impl<I: Iterator, S: Nothing> Delegation for Items<I, S> {}
impl<I: Iterator, S: Nothing> sealed::Sealed for Items<I, S> {}

// SAFETY: the frame is taken by the first poll, before the body suspends: between two resumes there is an iterator and
// nothing else.
unsafe impl<I: Iterator + Send, S> Send for Items<I, S> {}
// SAFETY: as for `Send`.
unsafe impl<I: Iterator + Sync, S> Sync for Items<I, S> {}

impl<I: Iterator, S: Nothing> Future for Items<I, S> {
    type Output = (FrameRef<I::Item, S>, S::Answer);

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let frame = match self.first.take() {
            Some(frame) => frame,
            None => {
                // SAFETY: the promise of `tarae_delegate`. The context is as the driver made it: the body has suspended
                // here, so nothing has been polled with it before; and at a yield, so that something has been sent,
                // which is read once.
                let (frame, sent) = unsafe {
                    let frame = FrameRef(frame_of::<I::Item, S>(context.waker()));
                    (frame, frame.sent())
                };
                if let Some(answer) = sent.refusal() {
                    return Poll::Ready((frame, answer));
                }
                frame
            }
        };
        match self.iterator.next() {
            Some(item) => {
                // SAFETY: the frame is that of this resume, and the body suspends by what is returned here.
                unsafe { frame.put(item) };
                Poll::Pending
            }
            None => Poll::Ready((frame, S::ended())),
        }
    }
}
