//! A handle that many share: they look at the answer where it lies, in the block.

use super::callback::After;
use super::handle::{Handle, TaskRef};
use super::wake::Waking;
use crate::cancel::Deadline;
use crate::panics::drop_quietly;
use crate::task::TaskError;
use std::mem::ManuallyDrop;
use std::sync::OnceLock;
use std::task::Waker;

/// The handle's half of a task, to be shared.
pub(crate) struct SharedHandle<T> {
    /// Taken when we are dropped.
    handle: ManuallyDrop<Handle<T>>,
    /// Made by the first who looks at a failure, from what lies in the block.
    error: OnceLock<TaskError>,
}

impl<T> SharedHandle<T> {
    pub(crate) fn new(handle: Handle<T>) -> Self {
        SharedHandle { handle: ManuallyDrop::new(handle), error: OnceLock::new() }
    }

    #[inline]
    pub(crate) fn task(&self) -> TaskRef<'_> {
        self.handle.task()
    }

    pub(crate) fn after(&self) -> After {
        After::new(&self.handle)
    }

    /// The answer of a task that is settled.
    ///
    /// # Panics
    /// If it is not.
    pub(crate) fn answer(&self) -> Result<&T, &TaskError> {
        match self.handle.look_at_value() {
            Some(value) => Ok(value),
            None => Err(self.error.get_or_init(|| self.failure())),
        }
    }

    /// Waits until the task is settled, or the deadline; the answer, if it is.
    pub(crate) fn answer_by(&self, deadline: Deadline) -> Option<Result<&T, &TaskError>> {
        self.task().wait(deadline).then(|| self.answer())
    }

    /// Has `waker` woken when the task is settled; true, and nothing done, if it is.
    pub(crate) fn wake_when_settled(&self, poller: usize, waker: &Waker) -> bool {
        Waking::register(&self.task(), poller, waker)
    }

    /// The task's name.
    pub(crate) fn name(&self) -> Option<&str> {
        self.handle.header().name()
    }

    /// `poller` will not poll any more.
    pub(crate) fn forget_waker(&self, poller: usize) {
        Waking::forget(&self.task(), poller);
    }

    #[cold]
    fn failure(&self) -> TaskError {
        // SAFETY: called once, by the one who fills `error`; what is left in the block is not looked at again, since the
        // value is looked at only of tasks that have not failed, and our destructor asks `error` first.
        match unsafe { self.handle.copy_failure() } {
            Some(payload) => {
                let task = self.task();
                TaskError::failed(task.name().map(str::to_owned), task.location(), payload)
            }
            None => TaskError::cancelled(&self.task()),
        }
    }
}

impl<T> Drop for SharedHandle<T> {
    fn drop(&mut self) {
        // SAFETY: taken here and nowhere else.
        let handle = unsafe { ManuallyDrop::take(&mut self.handle) };
        if self.error.get().is_some() {
            // Somebody has looked at the failure, and has what was in the block.
            handle.leave_without_result();
        } else {
            drop_quietly(|| drop(handle));
        }
    }
}
