//! The handle's half of a task: what a `Task` holds.

use super::block::{Payload, drop_quietly};
use super::header::{CANCELLED, Header, JOB_GONE, PENDING};
use super::park;
use super::runner::execute;
use super::waiter::Kind;
use super::wake::Waking;
use super::{context, header::Word};
use crate::cancel::Deadline;
use crate::task::TaskState;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::task::Waker;

/// The handle's half of a task with a result of type `T`. The block is there as long as this is.
pub(crate) struct Handle<T> {
    header: NonNull<Header>,
    result: PhantomData<T>,
}

// SAFETY: with the handle goes the right to take the result.
unsafe impl<T: Send> Send for Handle<T> {}
// SAFETY: what can be done by `&Handle` goes through the header, and touches no result. (`T: Sync` is asked for so that
// a look at the result by reference can be added.)
unsafe impl<T: Send + Sync> Sync for Handle<T> {}

impl<T> Handle<T> {
    /// # Safety
    /// The one handle of a block with this type of result.
    #[inline(always)]
    pub(super) unsafe fn new(header: NonNull<Header>) -> Self {
        Handle { header, result: PhantomData }
    }

    /// What stays the same.
    pub(crate) fn header(&self) -> &Header {
        // SAFETY: the block is there as long as its handle is.
        unsafe { self.header.as_ref() }
    }

    /// What all tasks have.
    #[inline(always)]
    pub(crate) fn task(&self) -> TaskRef<'_> {
        TaskRef { header: self.header, handle: PhantomData }
    }

    /// Waits until the task is settled, or the deadline; whether it is settled.
    #[inline]
    pub(crate) fn wait(&self, deadline: Deadline) -> bool {
        self.task().wait(deadline)
    }

    /// Takes the result of a settled task.
    ///
    /// # Panics
    /// If it is not settled.
    #[inline]
    pub(crate) fn take(self) -> Outcome<T> {
        let header = self.header.as_ptr().cast_const();
        let outcome = match self.task().word().state() {
            // SAFETY: finished, with a result of this type, which nobody has taken: `self` is used up here.
            TaskState::Finished => match unsafe { Header::take_result::<T>(header) } {
                Ok(value) => Outcome::Returned(value),
                Err(payload) => Outcome::Panicked(payload),
            },
            TaskState::Cancelled => Outcome::Cancelled,
            TaskState::Pending | TaskState::Running => unreachable!("the caller has waited"),
        };
        std::mem::forget(self);
        // SAFETY: we are the handle, the task is settled and its result is taken.
        unsafe { release_settled(header) };
        outcome
    }

    /// Has `waker` woken when the task is settled; true, and nothing done, if it is.
    pub(crate) fn wake_when_settled(&self, waker: &Waker) -> bool {
        Waking::register(&self.task(), waker)
    }
}

/// How a task ended.
pub(crate) enum Outcome<T> {
    /// With a value.
    Returned(T),
    /// By a panic.
    Panicked(Payload),
    /// Without having run to its end.
    Cancelled,
}

/// A task whose handle is borrowed. Unlike a `&Header` it may be used for the whole block.
#[derive(Clone, Copy)]
pub(crate) struct TaskRef<'a> {
    header: NonNull<Header>,
    handle: PhantomData<&'a Header>,
}

impl std::ops::Deref for TaskRef<'_> {
    type Target = Header;

    #[inline(always)]
    fn deref(&self) -> &Header {
        // SAFETY: the block is there as long as its handle is, which is borrowed.
        unsafe { self.header.as_ref() }
    }
}

impl TaskRef<'_> {
    /// The whole block.
    pub(super) fn as_ptr(&self) -> NonNull<Header> {
        self.header
    }

    /// Waits until the task is settled, or the deadline; whether it is settled. A worker that may wait for ever runs
    /// the task itself if nobody else has begun to.
    #[inline]
    pub(crate) fn wait(self, deadline: Deadline) -> bool {
        self.word().is_settled()
            || (deadline == Deadline::NEVER && context::is_worker() && self.help())
            || park::until_settled(&self, deadline)
    }

    /// Runs the task here if nobody else has begun to, and it may be. Whether it did.
    pub(crate) fn help(self) -> bool {
        if !self.is_claimable() || !self.claim() {
            return false;
        }
        // SAFETY: claimed; claimable says that the job may run here. The borrow keeps the handle, and so the block.
        unsafe { execute(self.header.as_ptr(), 0) };
        true
    }

    /// Python's cancel: true if the task will not run, or was cancelled before.
    pub(crate) fn cancel(self) -> bool {
        // A job that its handle may not touch is dropped by its runner.
        let drops = self.is_claimable();
        match self.settle(PENDING, CANCELLED, if drops { JOB_GONE } else { 0 }) {
            Some(settled) => {
                // Told first: a set that is being dropped waits for that, and must not wait for a destructor.
                // SAFETY: JOB_GONE makes the job ours; claimable says that it may be dropped here.
                unsafe {
                    settled.waiters.tell_all();
                    if drops {
                        Header::drop_job(self.header.as_ptr());
                    }
                }
                true
            }
            None => self.word().state() == TaskState::Cancelled,
        }
    }

    /// Cancels the task, or asks its job to stop.
    pub(crate) fn abort(self) {
        if !self.cancel() {
            self.request_stop();
        }
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        let header = self.header.as_ptr().cast_const();
        loop {
            let word: Word = self.task().word();
            if word.is_settled() {
                // SAFETY: we are the handle, and the result has not been taken.
                unsafe {
                    if word.state() == TaskState::Finished {
                        Header::drop_result(header);
                    }
                    return release_settled(header);
                }
            }
            // Nobody will poll any more.
            // SAFETY: taking a waiter off leaves the rest as it was.
            let waking = unsafe { self.task().with_waiters(|list| list.remove_kind(Kind::Waker)) };
            if let Some(Some(waiter)) = waking {
                // SAFETY: it was registered by `Waking::register`, and is off the list.
                let waking = unsafe { Waking::from_waiter(waiter) };
                drop_quietly(|| drop(waking)); // a panic here would leak the block
            }
            if let Some(both_gone) = self.task().release_handle(false) {
                debug_assert!(!both_gone, "the runner leaves only a task that is claimed or settled");
                return;
            }
        }
    }
}

/// The handle leaves a settled task whose result is gone.
///
/// # Safety
/// The caller is the handle, and does not use the block after this.
#[inline(always)]
unsafe fn release_settled(header: *const Header) {
    // SAFETY: the caller's promise.
    unsafe {
        if (*header).release_handle(true) == Some(true) {
            Header::free(header);
        }
    }
}
