//! The exchange: where a body leaves an item for its driver and finds what it was sent.
//!
//! A frame lives on the stack of one resume. The body reaches it through the data pointer of the `Waker` it is polled
//! with, so no generator stores its own address and the compiler can take the state machine apart.

use super::chain::Chain;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::task::{Context, RawWaker, RawWakerVTable, Waker};

/// The exchange of one resume. `repr(C)`: `id`, `full` and `chain` lie at the same offsets whatever `Y` and `S` are.
#[repr(C)]
pub(crate) struct Frame<Y, S> {
    /// 0 for the body of a macro, else the id of the one `Yielder` that may write here. Constant while a body runs.
    pub(crate) id: u64,
    /// Whether `item` holds one. Set by the body, cleared by the driver.
    pub(crate) full: bool,
    /// Whether `sent` is written and a handle has yet to read it. A macro's body knows without looking.
    pub(crate) unread: bool,
    /// The delegations of this generator; null if its body has none.
    pub(crate) chain: *mut Chain,
    pub(crate) item: MaybeUninit<Y>,
    /// Written by the driver exactly when the body is suspended at a yield.
    pub(crate) sent: MaybeUninit<S>,
}

/// What a resume brings.
pub(crate) enum Sent<S> {
    /// The body has not started.
    Nothing,
    /// The body is suspended at a yield.
    Value(S),
}

impl<Y, S> Frame<Y, S> {
    #[inline(always)]
    pub(crate) fn new(id: u64, chain: *mut Chain, sent: Sent<S>) -> Self {
        let (unread, sent) = match sent {
            Sent::Nothing => (false, MaybeUninit::uninit()),
            Sent::Value(value) => (true, MaybeUninit::new(value)),
        };
        Frame { id, full: false, unread, chain, item: MaybeUninit::uninit(), sent }
    }
}

/// The frame of the resume that is running.
pub struct FrameRef<Y, S>(pub(super) *mut Frame<Y, S>);

impl<Y, S> Clone for FrameRef<Y, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S> Copy for FrameRef<Y, S> {}

impl<Y, S> FrameRef<Y, S> {
    /// Leaves an item for the driver.
    ///
    /// # Safety
    /// The frame is that of this resume of this body, and the body suspends at once.
    #[inline(always)]
    pub unsafe fn put(self, item: Y) {
        // SAFETY: the frame is live during the resume, and neither the driver nor a child touches it meanwhile.
        unsafe {
            (*self.0).item.write(item);
            (*self.0).full = true;
        }
    }

    /// What was sent.
    ///
    /// # Safety
    /// The frame is that of the resume which ended the suspension just before this, and it is read once.
    #[inline(always)]
    pub unsafe fn sent(self) -> S {
        // SAFETY: the driver writes `sent` for each resume of a body that is suspended at a yield.
        unsafe { (*self.0).sent.assume_init_read() }
    }
}

/// What a cloned waker points to: a frame's first fields, with an id that no handle has, and full.
///
/// So even if a linker took `MARK` and `INERT` for one, a handle that is polled under a clone reads an id and refuses, and a
/// yield reads that it is not its turn.
#[repr(C)]
struct NoFrame {
    id: u64,
    full: bool,
}

static NO_FRAME: NoFrame = NoFrame { id: 0, full: true };

/// Its address says that a waker's data pointer is a live [`Frame`]. Only [`with_waker`] makes such a waker.
static MARK: RawWakerVTable = RawWakerVTable::new(inert, nothing, nothing, nothing);
/// The table of a clone: it leads nowhere, so a waker that a program keeps is harmless.
static INERT: RawWakerVTable = RawWakerVTable::new(inert, nothing, nothing, nothing);

fn inert(_: *const ()) -> RawWaker {
    RawWaker::new((&raw const NO_FRAME).cast(), &INERT)
}

fn nothing(_: *const ()) {}

/// Runs `f` with a waker that leads to `frame`.
///
/// A waker and not a context, which a body could replace: each poll is given a context of its own.
#[inline(always)]
pub(crate) fn with_waker<Y, S, X>(frame: *mut Frame<Y, S>, f: impl FnOnce(&Waker) -> X) -> X {
    // SAFETY: the functions of MARK ignore the data pointer, which makes every call of them sound from any thread.
    let waker =
        ManuallyDrop::new(unsafe { Waker::from_raw(RawWaker::new(frame.cast_const().cast(), &MARK)) });
    f(&waker)
}

/// The frame that `waker` leads to.
///
/// # Safety
/// `waker` was made by [`with_waker`] for a frame of these types. That of the context that a macro's body is polled with
/// is, until the body awaits somebody else's future, which may replace the context: see [`kept_frame_of`].
#[inline(always)]
pub(crate) unsafe fn frame_of<Y, S>(waker: &Waker) -> *mut Frame<Y, S> {
    waker.data().cast::<Frame<Y, S>>().cast_mut()
}

/// The frame that the context of a body's poll leads to, at any point of that poll, or `None` if it has been replaced.
///
/// What a body awaits is lent the context by `&mut`, and safe code can write to it:
///
/// ```text
/// generator!({
///     poll_fn(|context| { *context = Context::from_waker(Waker::noop()); Poll::Ready(()) }).await;
///     yield_from!(child()); // under a waker that leads nowhere
/// })
/// ```
///
/// It cannot write a context that leads to another frame. It would have to be a `Context<'c>` for whatever `'c` the poll
/// has, hence of a waker that lives for ever, and a waker that leads to a frame does not outlive its resume.
///
/// # Safety
/// `context` was made for this poll, from a waker made by [`with_waker`] for a frame of these types.
#[inline(always)]
pub(crate) unsafe fn kept_frame_of<Y, S>(context: &Context<'_>) -> Option<*mut Frame<Y, S>> {
    any_frame_of(context).map(<*mut u64>::cast)
}

/// The first field of the frame that `context` leads to, if it leads to one, whatever its types.
#[inline(always)]
pub(crate) fn any_frame_of(context: &Context<'_>) -> Option<*mut u64> {
    let waker = context.waker();
    core::ptr::eq(waker.vtable(), &MARK).then(|| waker.data().cast::<u64>().cast_mut())
}
