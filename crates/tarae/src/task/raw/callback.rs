//! A task that is run when another is settled.

use super::handle::Handle;
use super::header::Header;
use super::off_timer;
use super::runner::Erased;
use super::waiter::{Kind, Waiter};
use crate::sync::thread_local;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
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
    let task = callback.task;
    let here = if off_timer::is_needed() { off_timer::hand_over(task) } else { Err(task) };
    if let Err(task) = here {
        run_in_turn(task);
    }
}

/// How many callbacks may run inside each other: each may end a task that is followed by the next.
const NESTED: usize = 64;

thread_local! {
    /// How many callbacks run inside each other on this thread, and those that wait until the outermost is over.
    static TURNS: (Cell<usize>, RefCell<VecDeque<Erased>>) = const { (Cell::new(0), RefCell::new(VecDeque::new())) };
}

/// Runs what the user wrote in a callback: what it ends itself is followed before it goes on, however deep the chain is
/// that the callback stands in. Without that it could wait for a callback that waits for it to be over.
pub(crate) fn afresh<R>(f: impl FnOnce() -> R) -> R {
    struct Restore(usize);
    impl Drop for Restore {
        fn drop(&mut self) {
            let _ = TURNS.try_with(|(depth, _)| depth.set(self.0));
        }
    }
    let _restore = Restore(TURNS.try_with(|(depth, _)| depth.replace(0)).unwrap_or(0));
    f()
}

/// Runs a callback here and now, unless it is nested so deep that a longer chain might overflow the stack: then the
/// outermost one runs it when it is over.
fn run_in_turn(task: Erased) {
    let mut task = Some(task);
    let nested = TURNS.try_with(|(depth, waiting)| {
        if depth.get() >= NESTED {
            waiting.borrow_mut().extend(task.take());
            return;
        }
        depth.set(depth.get() + 1);
        task.take().into_iter().for_each(Erased::run); // panics are caught in there
        depth.set(depth.get() - 1);
        while depth.get() == 0 {
            let Some(next) = waiting.borrow_mut().pop_front() else { break };
            depth.set(1);
            next.run();
            depth.set(0);
        }
    });
    if nested.is_err() {
        task.into_iter().for_each(Erased::run); // the thread is ending
    }
}
