//! A task that is run when another is settled.

use super::handle::Handle;
use super::header::Header;
use super::runner::Erased;
use super::waiter::{Kind, Waiter};
use std::ptr::NonNull;

/// On the heap, owned by the list it is in, then by whoever tells it.
#[repr(C)]
struct Callback {
    waiter: Waiter,
    task: Erased,
}

/// Where a task will be followed by another: found before the first one's handle is given away.
pub(crate) struct After(NonNull<Header>);

impl After {
    /// After the task of `handle`.
    pub(crate) fn new<T>(handle: &Handle<T>) -> Self {
        After(handle.task().as_ptr())
    }

    /// Runs `task` when this one is settled, on the thread that settles it; at once if it is.
    ///
    /// # Safety
    /// The handle that this was made from is owned by `task`'s job.
    pub(crate) unsafe fn run(self, task: Erased) {
        let callback = Box::into_raw(Box::new(Callback { waiter: Waiter::new(Kind::Callback, tell), task }))
            .cast_const();
        // SAFETY: the handle is there as long as the job is, which nobody but us has begun to run, so the block is.
        // The callback stays until it is told; a task whose handle has left keeps its waiters.
        unsafe {
            if !self.0.as_ref().register(callback.cast()) {
                tell(callback.cast());
            }
        }
    }
}

unsafe fn tell(waiter: *const Waiter) {
    // SAFETY: waiters with this function are the first field of a `Callback` from a box.
    let callback = unsafe { Box::from_raw(waiter.cast::<Callback>().cast_mut()) };
    callback.task.run();
}
