//! One resume: from a yield, or from the beginning, to the next yield or to the end.

use super::body::Body;
use super::chain::Chain;
use super::frame::{Frame, Sent, with_waker};
use crate::generator::Step;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

#[cold]
#[inline(never)]
fn awaited_a_foreign_future() -> ! {
    panic!(
        "a generator awaited a future that is not ready and is not a yield: only `yield` can suspend it, so drive \
         other futures outside"
    )
}

/// Resumes `body` with a frame of its own.
///
/// # Safety
/// - `extra` belongs to `body`, and both stay where they are during the call.
/// - `sent` is a value exactly if the body is suspended at a yield.
/// - A body that has returned or panicked is never resumed.
#[inline(always)]
pub(crate) unsafe fn resume<B: Body>(
    body: Pin<&mut B>,
    extra: &mut B::Extra,
    sent: Sent<B::Sent>,
) -> Step<B::Yield, B::Output> {
    let id = B::id(extra);
    let chain = B::chain(extra);
    let mut frame = Frame::<B::Yield, B::Sent>::new(id, chain, sent);
    let frame = &raw mut frame;
    // SAFETY: the caller's promises; frame and chain are live for the whole call.
    with_waker(frame, |waker| unsafe { resume_in(body, frame, chain, waker) })
}

/// Resumes `body` with a frame that serves several resumes.
///
/// # Safety
/// As for [`resume`]; `frame` is not full, holds the sent value and `chain`, and `waker` leads to it.
#[inline(always)]
pub(crate) unsafe fn resume_in<B: Body>(
    mut body: Pin<&mut B>,
    frame: *mut Frame<B::Yield, B::Sent>,
    chain: *mut Chain,
    waker: &Waker,
) -> Step<B::Yield, B::Output> {
    /// Drops what a handle has left and not reached the driver, and what was sent and no handle has read.
    struct Orphans<Y, S>(*mut Frame<Y, S>);
    impl<Y, S> Drop for Orphans<Y, S> {
        #[inline(always)]
        fn drop(&mut self) {
            // SAFETY: the frame outlives the call that made this guard; the flags say what is written.
            unsafe {
                if core::mem::replace(&mut (*self.0).full, false) {
                    (*self.0).item.assume_init_drop();
                }
                if core::mem::replace(&mut (*self.0).unread, false) {
                    (*self.0).sent.assume_init_drop();
                }
            }
        }
    }
    // A macro's body suspends right after it has put an item, and reads what was sent at once.
    let orphans = B::HANDLE.then(|| Orphans(frame));
    loop {
        // SAFETY: nothing refers into the frame or the chain between two polls. `chain` is not null if the body may
        // delegate (`B::chain`), and then its nodes are live until they are unlinked.
        unsafe {
            let innermost = if chain.is_null() { core::ptr::null_mut() } else { (*chain).innermost() };
            if innermost.is_null() {
                // A context for each poll: what a body awaits may have put another in the place of its own.
                if let Poll::Ready(value) = body.as_mut().poll(&mut Context::from_waker(waker)) {
                    drop(orphans);
                    break Step::Return(value);
                }
            } else if Chain::poll(innermost, waker) {
                continue; // It has unlinked itself; its parent goes on with its result.
            }
            if (*frame).full {
                (*frame).full = false;
                core::mem::forget(orphans); // a yield that leaves an item has read, or dropped, what was sent
                break Step::Yield((*frame).item.assume_init_read());
            }
            // Pending without an item: right only if a child was linked and left for this loop to start.
            if chain.is_null() || !(*chain).take_unstarted() {
                awaited_a_foreign_future();
            }
        }
    }
}
