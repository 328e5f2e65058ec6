//! The way of an item from a body to its driver: see `README.md` beside this file.

use core::future::Future;
use core::marker::PhantomPinned;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// Awaited by a body at a yield.
///
/// | `handed` | `item` | left by |
/// |---|---|---|
/// | false | there | the first poll, right after it is made |
/// | true | there until the driver takes it, before its own poll ends | the second poll: ready |
///
/// So between two polls of the stream there is no item here.
#[repr(C)] // so that where the signal is, the rest is, too
pub struct Put<Y> {
    /// What the driver finds in its context. Its table is `MARK`.
    signal: ManuallyDrop<Waker>,
    item: MaybeUninit<Y>,
    handed: bool,
    /// The driver follows a pointer to here.
    _pinned: PhantomPinned,
}

// SAFETY: what may go to another thread is a body between two polls, and then there is no item here.
unsafe impl<Y> Send for Put<Y> {}
// SAFETY: there is nothing to be done with it through a shared borrow.
unsafe impl<Y> Sync for Put<Y> {}

impl<Y> Put<Y> {
    #[inline(always)]
    pub(super) fn new(item: Y) -> Self {
        // SAFETY: the functions of MARK ignore the data pointer, which makes every call of them sound from any thread.
        let signal = ManuallyDrop::new(unsafe { Waker::new(core::ptr::null(), &MARK) });
        Put { signal, item: MaybeUninit::new(item), handed: false, _pinned: PhantomPinned }
    }
}

impl<Y> Future for Put<Y> {
    type Output = ();

    #[inline(always)]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        if core::mem::replace(&mut this.handed, true) {
            return Poll::Ready(());
        }
        let this = &raw mut *this;
        // A reference to the signal is good for the signal alone. So the driver takes this pointer up by its address.
        // (A pointer to the item in the signal would be one from the body into itself, and cost 15 instructions an
        // item: the optimiser could no longer take the body apart.)
        this.expose_provenance();
        // SAFETY: this is pinned, and the driver, whose context it is, has done with it before it polls or drops the
        // body again: the promise of `StreamExpansion::put`.
        *context = Context::from_waker(unsafe { &*this.cast::<Waker>() });
        Poll::Pending
    }
}

/// Its address says that a waker is the signal of a [`Put`]. No other is made with it, and no table has what it has, so
/// that no linker can take another for it.
static MARK: RawWakerVTable = RawWakerVTable::new(never_cloned, nothing, nothing, nothing);

#[cold]
fn never_cloned(_: *const ()) -> RawWaker {
    unreachable!("the signal of a yield goes to nobody but the driver of its stream")
}

fn nothing(_: *const ()) {}

/// The item that a body has put, if it is pending because of that.
///
/// # Safety
/// A body whose yields put items of type `Y` has just been polled with this very context, which was made for that poll,
/// and is pending. This is asked once.
#[inline(always)]
pub(super) unsafe fn take<Y>(context: &Context<'_>) -> Option<Y> {
    let waker: *const Waker = context.waker();
    // SAFETY: a reference is live.
    if !core::ptr::eq(unsafe { (*waker).vtable() }, &MARK) {
        return None;
    }
    let put = core::ptr::with_exposed_provenance::<Put<Y>>(waker.addr());
    // SAFETY: a `Put` has just replaced the context: one that the body itself awaits, hence of its type. The body is
    // where it was, with the `Put` in it, which has exposed its pointer and holds the item. It is taken once.
    Some(unsafe { (*put).item.assume_init_read() })
}
