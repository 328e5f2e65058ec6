//! What ends a task from outside, without a handle of it: its time-out, and the token it was submitted with.
//!
//! ```text
//! token it was given ──▶ [child token, with the deadline] ──tells──▶ Stopper ──▶ header, as long as the block is there
//!                                  ▲                                               │
//!                                  └────────────── Extras, in the block ◀──────────┘
//! ```
//!
//! Whoever frees the block takes the pointer out of the stopper first, under the stopper's lock; and the stopper uses it
//! under that lock alone, for transitions of the state, which run no code of the user's. So the block is there as long as
//! it is used.

use super::header::{CANCELLED, Header, PENDING, TIMED_OUT};
use super::waiter::Waiters;
use crate::cancel::{CancelToken, Listen, Reason};
use crate::options::Options;
use crate::sync::{Mutex, lock};
use std::ptr::NonNull;
use std::sync::{Arc, Weak};

/// Of one task: `None` before there is a task, and when its block is about to go.
struct Stopper(Mutex<Option<Task>>);

struct Task(NonNull<Header>);

// SAFETY: a header is made to be shared.
unsafe impl Send for Task {}

/// The stopper of a task, and the token that it listens to: part of the task's block.
pub(super) struct Stopping {
    stopper: Arc<Stopper>,
    /// Cancelled by the timer, or by the token above it.
    token: CancelToken,
}

impl Stopping {
    /// What will end a task when the options say so, before there is one: this may panic.
    pub(super) fn new(options: &Options) -> Self {
        let stopper = Arc::new(Stopper(Mutex::new(None)));
        let listener: Weak<Stopper> = Arc::downgrade(&stopper);
        let above = options.token.clone().unwrap_or_default();
        let token = above.listened_to(options.timeout, listener);
        Stopping { stopper, token }
    }

    /// This is the task.
    ///
    /// # Safety
    /// `self` is dropped before the block of `task` is freed.
    pub(super) unsafe fn aim_at(&self, task: NonNull<Header>) {
        *lock(&self.stopper.0) = Some(Task(task));
        // Born cancelled, or cancelled just now: nobody told the stopper, or it had no task yet. Twice does no harm.
        if let Some(reason) = self.token.reason() {
            self.stopper.cancelled(reason);
        }
    }
}

impl Drop for Stopping {
    fn drop(&mut self) {
        *lock(&self.stopper.0) = None;
    }
}

impl Listen for Stopper {
    /// Cancels the task, or asks it to stop. Its job stays its runner's, who drops it when the queue gets there.
    fn cancelled(&self, reason: Reason) {
        let told = {
            let task = lock(&self.0);
            let Some(Task(task)) = &*task else { return };
            // SAFETY: the pointer is still here, so the block is; it stays as long as we have the lock.
            unsafe { task.as_ref() }.stop(reason)
        };
        told.tell();
    }
}

/// Who is to be told that a task is to stop, when nothing is locked.
pub(super) struct Told {
    waiters: Waiters,
    token: Option<CancelToken>,
}

impl Told {
    pub(super) fn tell(self) {
        // SAFETY: taken off the task when it was settled; each waiter stays until it is told.
        unsafe { self.waiters.tell_all() };
        if let Some(token) = self.token {
            token.cancel();
        }
    }
}

impl Header {
    /// Cancels the task, or asks its job to stop. The job of a cancelled one stays its runner's. Runs no code of the user's.
    pub(super) fn stop(&self, reason: Reason) -> Told {
        let flags = match reason {
            Reason::TimedOut => TIMED_OUT,
            Reason::Cancelled => 0,
        };
        match self.settle(PENDING, CANCELLED, flags) {
            Some(settled) => Told { waiters: settled.waiters, token: None },
            None => Told { waiters: Waiters::new(), token: self.request_stop(flags) },
        }
    }
}
