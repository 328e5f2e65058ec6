//! The macro-free form: a handle that yields.
//!
//! No pointer outlives one `poll`. A yield finds its frame through the context it is polled with, and compares the id in
//! the frame's header with its own.

use super::body::{HandleBody, Tied};
use super::frame::{Frame, any_frame_of};
use crate::generator::Generator;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::sync::atomic::{AtomicU64, Ordering};
use core::task::{Context, Poll};

/// The body's end of a generator made by `from_fn`.
///
/// It cannot be cloned, and a yield borrows it mutably, so one yield happens at a time. Carried out of its body, or used
/// inside another generator's, it panics: "outside the generator it belongs to".
pub struct Yielder<Y, S = ()> {
    id: u64,
    types: PhantomData<Tied<Y, S>>,
    _not_auto: PhantomData<*mut ()>,
}

// SAFETY: a handle on another thread can write a `Y` to the frame of a running resume and read an `S` from it (through
// a `&Waker` that was lent to it), and nothing else.
unsafe impl<Y: Send, S: Send> Send for Yielder<Y, S> {}
// SAFETY: there is nothing to do with a `&Yielder`.
unsafe impl<Y, S> Sync for Yielder<Y, S> {}

impl<Y, S> core::fmt::Debug for Yielder<Y, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Yielder").finish_non_exhaustive()
    }
}

impl<Y, S> Yielder<Y, S> {
    /// Hands out `item` and suspends the body; evaluates to what is sent.
    ///
    /// # Panics
    /// When polled anywhere but in the body this handle was given to, and when polled twice in one resume. The
    /// generator is closed then.
    #[inline(always)]
    pub fn yield_(&mut self, item: Y) -> Yield<'_, Y, S> {
        Yield { item: Some(item), id: self.id, handle: PhantomData }
    }
}

/// What [`Yielder::yield_`] returns: await it at once.
///
/// It copies the handle's id. A pointer to the handle would be one into the body's own state, and would keep the
/// compiler from taking that apart (28 instructions an item instead of 7).
#[must_use = "a yield does nothing until it is awaited"]
pub struct Yield<'a, Y, S> {
    /// Taken by the first poll.
    item: Option<Y>,
    id: u64,
    handle: PhantomData<&'a mut Yielder<Y, S>>,
}

impl<Y, S> Unpin for Yield<'_, Y, S> {}

impl<Y, S> core::fmt::Debug for Yield<'_, Y, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Yield").finish_non_exhaustive()
    }
}

#[cold]
#[inline(never)]
fn outside() -> ! {
    panic!(
        "a yield was polled outside the generator it belongs to: await it directly in the body that was given its handle"
    )
}

#[cold]
#[inline(never)]
fn twice() -> ! {
    panic!("a second yield was polled before the generator was resumed: await each yield before the next")
}

impl<Y, S> Future for Yield<'_, Y, S> {
    type Output = S;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<S> {
        let Some(header) = any_frame_of(context) else { outside() };
        // SAFETY: a live frame begins with its id, which nobody writes while a body runs.
        if unsafe { *header } != self.id {
            outside();
        }
        let frame = header.cast::<Frame<Y, S>>();
        // SAFETY: ids are never given twice, so this is a frame of the generator that this handle was made for, with
        // its types. There is one handle for an id, and `self` borrows it mutably, so nobody else is at the frame: its
        // driver waits for the poll that this one is part of.
        unsafe {
            match self.item.take() {
                Some(item) => {
                    if (*frame).full {
                        twice();
                    }
                    if core::mem::replace(&mut (*frame).unread, false) {
                        (*frame).sent.assume_init_drop(); // to a yield that was dropped before it could read it
                    }
                    (*frame).item.write(item);
                    (*frame).full = true;
                    Poll::Pending
                }
                None if core::mem::replace(&mut (*frame).unread, false) => {
                    Poll::Ready((*frame).sent.assume_init_read())
                }
                None => twice(),
            }
        }
    }
}

/// An id that no other handle has, and that is not 0.
#[inline(always)]
fn fresh_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed) // 2^64 generators are out of reach
}

/// A generator or coroutine from a function that is given a handle.
#[inline(always)]
pub(crate) fn with_handle<Y, S, F: Future>(
    body: impl FnOnce(Yielder<Y, S>) -> F,
) -> Generator<HandleBody<F, Y, S>> {
    let id = fresh_id();
    let body = body(Yielder { id, types: PhantomData, _not_auto: PhantomData });
    Generator::new(id, HandleBody::new(body))
}
