//! The handle's half of a task: what a `Task` holds.

use super::context::Helped;
use super::header::{CANCELLED, Header, JOB_GONE, PENDING, RUNNER_GONE, SEEN};
use super::park;
use super::runner::execute;
use super::spawned;
use super::wake::Waking;
use super::{context, header::Word};
use crate::cancel::Deadline;
use crate::panics::Payload;
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

    /// Takes the value of a task that has finished with one; gives the handle back otherwise.
    #[inline(always)]
    pub(crate) fn take_value(self) -> Result<T, Self> {
        let word = self.task().word();
        if !word.has_value() {
            return Err(self);
        }
        let header = self.header.as_ptr().cast_const();
        std::mem::forget(self);
        // SAFETY: finished, with a result of this type, which nobody has taken: `self` is used up here. We are the
        // handle.
        unsafe {
            let result = Header::take_result::<T>(header);
            release_settled(header, word, 0);
            match result {
                Ok(value) => Ok(value),
                Err(_) => std::hint::unreachable_unchecked(), // `has_value` says that the job did not fail
            }
        }
    }

    /// What the panic carried, of a task that has failed; `None` if it was cancelled.
    ///
    /// # Panics
    /// If it has neither failed nor been cancelled.
    pub(crate) fn take_failure(self) -> Option<Payload> {
        // SAFETY: once, and we leave right after.
        let payload = unsafe { self.copy_failure() };
        self.leave_without_result();
        payload
    }

    /// Looks at the value of a task that has finished with one.
    pub(super) fn look_at_value(&self) -> Option<&T> {
        if !self.task().word().has_value() {
            return None;
        }
        // SAFETY: finished, with a result of this type, which is taken by who uses the handle up: not while it is
        // borrowed.
        unsafe { Header::look_at_result::<T>(self.header.as_ptr()) }.as_ref().ok()
    }

    /// Copies what the panic carried, of a task that has failed; `None` if it was cancelled.
    ///
    /// # Safety
    /// It is done once, and the handle leaves by [`leave_without_result`](Self::leave_without_result).
    ///
    /// # Panics
    /// If the task has neither failed nor been cancelled.
    pub(super) unsafe fn copy_failure(&self) -> Option<Payload> {
        let word = self.task().word();
        match word.state() {
            TaskState::Cancelled => None,
            // SAFETY: finished, with a result of this type, which nobody takes besides: the caller's promise.
            TaskState::Finished if word.has_failed() => unsafe {
                Header::take_result::<T>(self.header.as_ptr()).err()
            },
            _ => unreachable!("the caller has waited, and found no value"),
        }
    }

    /// Leaves a settled task whose result has been taken, or which has none.
    pub(super) fn leave_without_result(self) {
        let (header, word) = (self.header.as_ptr().cast_const(), self.task().word());
        debug_assert!(word.is_settled() && !word.has_value());
        std::mem::forget(self);
        // SAFETY: we are the handle; settled, and without a result.
        unsafe { release_settled(header, word, SEEN) };
    }

    /// Has `waker` woken when the task is settled; true, and nothing done, if it is.
    pub(crate) fn wake_when_settled(&self, waker: &Waker) -> bool {
        Waking::register(&self.task(), Waking::ONLY, waker)
    }
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
    /// the task itself if nobody else has begun to, or polls its future.
    #[inline]
    pub(crate) fn wait(self, deadline: Deadline) -> bool {
        self.word().is_settled()
            || (deadline == Deadline::NEVER && context::is_worker() && self.help())
            || (deadline == Deadline::NEVER && spawned::help_to_the_end(&self))
            || park::until_settled(&self, deadline)
    }

    /// Runs the task here if nobody else has begun to, and it may be. Whether it did.
    pub(crate) fn help(self) -> bool {
        if !self.is_claimable() || !self.claim() {
            return false;
        }
        let task = self.header.as_ptr().cast_const();
        // SAFETY: claimed; claimable says that the job may run here. The borrow keeps the handle, and so the block.
        unsafe {
            // What is in another queue is counted by its pool, when it comes across it.
            let own = context::take_back(task);
            execute(task, if own { RUNNER_GONE } else { 0 }, &Helped { own });
        }
        true
    }

    /// Python's cancel: true if the task will not run, or was cancelled before.
    pub(crate) fn cancel(self) -> bool {
        // A job that its handle may not touch is dropped by its runner.
        let drops = self.is_droppable();
        match self.settle(PENDING, CANCELLED, if drops { JOB_GONE } else { 0 }) {
            Some(settled) => {
                // Told first: a set that is being dropped waits for that, and must not wait for a destructor.
                // SAFETY: JOB_GONE makes the job ours; droppable says that it may be dropped here.
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
        if !self.cancel()
            && let Some(token) = self.request_stop(0)
        {
            token.cancel();
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
                        if word.has_failed() && (*header).is_lent() {
                            return leave_failure(header);
                        }
                        Header::drop_answer(header, word.has_failed());
                    }
                    return release_settled(header, word, 0);
                }
            }
            Waking::forget(&self.task(), Waking::ONLY);
            if let Some(both_gone) = self.task().release_handle(false, 0) {
                debug_assert!(!both_gone, "the runner leaves only a task that is claimed or settled");
                return;
            }
        }
    }
}

/// The handle leaves a task of a scope that has failed, and nobody has looked at that: if the scope is there, it is told.
///
/// # Safety
/// As for [`release_settled`]; the result has not been taken.
#[cold]
unsafe fn leave_failure(header: *const Header) {
    // SAFETY: the caller's promise. Without a runner, all of the block is ours.
    unsafe {
        if (*header).release_handle(true, 0) == Some(true) {
            Header::drop_answer(header, true);
            Header::free(header);
        }
    }
}

/// The handle leaves a settled task whose result is gone; `word` is from when it was settled.
///
/// # Safety
/// The caller is the handle, and does not use the block after this.
#[inline(always)]
unsafe fn release_settled(header: *const Header, word: Word, flags: u32) {
    // SAFETY: the caller's promise.
    unsafe {
        if word.has(RUNNER_GONE) || (*header).release_handle(true, flags) == Some(true) {
            Header::free(header);
        }
    }
}
