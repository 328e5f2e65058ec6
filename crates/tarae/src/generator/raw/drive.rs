//! One resume: from a yield, or from the beginning, to the next yield or to the end.

use super::body::Body;
use super::chain::{Chain, Sink};
use super::frame::{Frame, Sent, with_waker};
use crate::generator::Step;
use core::mem::{MaybeUninit, needs_drop};
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
/// - `sent` is a value if the body is suspended at a yield. Elsewhere it is none, or `()` for a macro's body, which does not
///   look for it.
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
        if B::DELEGATES {
            let mut result = MaybeUninit::<B::Output>::uninit();
            // SAFETY: `chain` is not null if the body may delegate (`B::chain`). The rest is the caller's promise.
            unsafe {
                let root: *mut B = body.as_mut().get_unchecked_mut();
                if Chain::run(chain, root.cast(), result.as_mut_ptr().cast(), None, waker) {
                    break Step::Return(result.assume_init());
                }
            }
        } else if let Poll::Ready(value) = body.as_mut().poll(&mut Context::from_waker(waker)) {
            drop(orphans);
            break Step::Return(value);
        }
        // SAFETY: the frame is live, and nobody is at it now. `full` says that the item is written.
        unsafe {
            if (*frame).full {
                (*frame).full = false;
                core::mem::forget(orphans); // a yield that leaves an item has read, or dropped, what was sent
                break Step::Yield((*frame).item.assume_init_read());
            }
        }
        // The condition always holds, so this is no loop. That the optimiser learns it only after inlining saves a fold over a
        // body with a handle 10 instructions an item.
        if B::DELEGATES || chain.is_null() {
            awaited_a_foreign_future();
        }
    }
}

/// Resumes a body that delegates until it ends, and hands its items to `f`.
///
/// # Safety
/// As for [`resume_in`], with a body that has not started.
pub(crate) unsafe fn run_to_end<B: Body<Sent = ()>, A>(
    body: Pin<&mut B>,
    frame: *mut Frame<B::Yield, ()>,
    chain: *mut Chain,
    waker: &Waker,
    init: A,
    f: impl FnMut(A, B::Yield) -> A,
) -> A {
    /// The accumulator is there (`held`) but while `f` has it. Where it needs no destructor nobody asks.
    struct Fold<Y, A, F> {
        frame: *mut Frame<Y, ()>,
        accumulator: MaybeUninit<A>,
        held: bool,
        f: F,
    }
    impl<Y, A, F> Drop for Fold<Y, A, F> {
        fn drop(&mut self) {
            if needs_drop::<A>() && self.held {
                // SAFETY: `held`; it is not used again.
                unsafe { self.accumulator.assume_init_drop() }
            }
        }
    }
    /// # Safety
    /// `fold` is the one below; its frame is full, and nobody else is at either.
    unsafe fn take<Y, A, F: FnMut(A, Y) -> A>(fold: *mut ()) {
        // SAFETY: the caller's promise. The accumulator is there: `f` has given it back, or this is not called again.
        unsafe {
            let fold = &mut *fold.cast::<Fold<Y, A, F>>();
            (*fold.frame).full = false;
            let item = (*fold.frame).item.assume_init_read();
            let accumulator = fold.accumulator.assume_init_read();
            if needs_drop::<A>() {
                fold.held = false;
            }
            fold.accumulator.write((fold.f)(accumulator, item));
            if needs_drop::<A>() {
                fold.held = true;
            }
        }
    }
    fn take_of<Y, A, F: FnMut(A, Y) -> A>(_: &Fold<Y, A, F>) -> unsafe fn(*mut ()) {
        take::<Y, A, F>
    }
    let mut fold = Fold { frame, accumulator: MaybeUninit::new(init), held: true, f };
    let take = take_of(&fold);
    let mut result = MaybeUninit::<B::Output>::uninit();
    // SAFETY: the caller's promise. The sink uses what is here and in the frame alone. What is sent is `()`, which is
    // written by being there.
    unsafe {
        let sink = Sink { take, data: (&raw mut fold).cast() };
        let root: *mut B = body.get_unchecked_mut();
        if !Chain::run(chain, root.cast(), result.as_mut_ptr().cast(), Some(sink), waker) {
            awaited_a_foreign_future();
        }
        drop(result.assume_init());
        fold.held = false;
        fold.accumulator.assume_init_read()
    }
}
