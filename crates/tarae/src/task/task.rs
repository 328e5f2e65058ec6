//! The handle of an answer that will come.

use super::debug::show;
use super::raw::handle::{Handle, TaskRef};
use super::raw::shared::SharedHandle;
use super::{Shared, TaskError, TaskState};
use crate::cancel::Deadline;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The handle of an answer that will come: one owner, one pointer, also a [`Future`].
///
/// Dropping it detaches the task: the job runs all the same.
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let task = pool.submit(|| 6 * 7);
/// assert_eq!(task.result()?, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "Future")]
pub struct Task<T> {
    /// Taken by `poll` when it is ready.
    handle: Option<Handle<T>>,
}

const GIVEN_AWAY: &str = "a task that has been awaited to its end has given its answer away";

impl<T> Task<T> {
    pub(crate) fn new(handle: Handle<T>) -> Self {
        Task { handle: Some(handle) }
    }

    /// # Panics
    /// If it has been awaited to its end.
    pub(crate) fn handle(&self) -> &Handle<T> {
        self.handle.as_ref().expect(GIVEN_AWAY)
    }

    /// # Panics
    /// If it has been awaited to its end.
    #[inline]
    fn into_handle(self) -> Handle<T> {
        self.handle.expect(GIVEN_AWAY)
    }

    /// The task, if it has not been awaited to its end.
    fn task(&self) -> Option<TaskRef<'_>> {
        self.handle.as_ref().map(Handle::task)
    }

    /// Waits for the answer and takes it.
    ///
    /// Inside a job it runs the task itself if nobody else has begun to, and nothing else meanwhile.
    ///
    /// # Errors
    /// If the job panicked, or the task was cancelled.
    #[inline]
    pub fn result(self) -> Result<T, TaskError> {
        match self.into_handle().take_value() {
            Ok(value) => Ok(value),
            Err(handle) => Self::result_of(handle),
        }
    }

    /// The rest of `result`, if the answer was not there, or no value.
    #[cold]
    #[inline(never)]
    fn result_of(handle: Handle<T>) -> Result<T, TaskError> {
        handle.wait(Deadline::NEVER);
        handle.take_value().map_err(Self::failure)
    }

    /// Waits at most so long; gives the task back if there is no answer by then.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let (open, gate) = std::sync::mpsc::channel::<()>();
    /// let task = pool.submit(move || gate.recv().is_ok());
    ///
    /// let task = task.result_within(Duration::ZERO).unwrap_err(); // not yet: here it is again
    /// open.send(())?;
    /// assert!(task.result()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The task itself. The inner result is that of [`result`](Self::result).
    pub fn result_within(self, limit: impl Into<Deadline>) -> Result<Result<T, TaskError>, Task<T>> {
        if self.wait_within(limit) { Ok(self.take()) } else { Err(self) }
    }

    /// Waits at most so long; whether the task is over.
    ///
    /// With a limit, a job runs nothing while it waits: another job could not be left at the limit. If all workers of a
    /// pool wait so for tasks of that pool, the limits pass.
    pub fn wait_within(&self, limit: impl Into<Deadline>) -> bool {
        self.task().is_none_or(|task| task.wait(limit.into()))
    }

    /// Takes the answer of a task that is over.
    #[inline]
    fn take(self) -> Result<T, TaskError> {
        self.into_handle().take_value().map_err(Self::failure)
    }

    /// The error of a task that is over without a value.
    #[cold]
    #[inline(never)]
    fn failure(handle: Handle<T>) -> TaskError {
        let header = handle.task();
        // What an error needs is read while the block is there.
        let (location, name) = (header.location(), header.name().map(str::to_owned));
        let cancelled = TaskError::cancelled(&header);
        match handle.take_failure() {
            Some(payload) => TaskError::failed(name, location, payload),
            None => cancelled,
        }
    }

    /// Where it is in its life; Finished once it has been awaited to its end.
    pub fn state(&self) -> TaskState {
        self.task().map_or(TaskState::Finished, |task| task.word().state())
    }

    /// Whether it is over, in whatever way.
    #[doc(alias = "done")]
    pub fn is_finished(&self) -> bool {
        self.task().is_none_or(|task| task.word().is_settled())
    }

    /// Whether somebody has begun to run it, and it is not over.
    #[doc(alias = "running")]
    pub fn is_running(&self) -> bool {
        self.state() == TaskState::Running
    }

    /// Whether it was cancelled.
    #[doc(alias = "cancelled")]
    pub fn is_cancelled(&self) -> bool {
        self.state() == TaskState::Cancelled
    }

    /// Python's cancel: true if the task will not run, or was cancelled before; false if it runs or is over.
    ///
    /// The job is dropped, and who waits is told, before this returns. (Of a task that its time-out or a token had ended
    /// before, and of one of a [scope](crate::executor::ThreadPool::scope), the job is dropped when its executor gets there.)
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let (open, gate) = std::sync::mpsc::channel::<()>();
    /// let first = pool.submit(move || gate.recv().is_ok());
    /// let second = pool.submit(|| unreachable!("behind the first"));
    ///
    /// assert!(second.cancel());
    /// assert!(second.result().unwrap_err().is_cancelled());
    /// open.send(())?;
    /// assert!(first.result()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cancel(&self) -> bool {
        self.task().is_some_and(TaskRef::cancel)
    }

    /// Cancels it; if it runs, asks it to stop.
    ///
    /// A job stops where it looks at its token: [`CancelToken::current`](crate::cancel::CancelToken::current). If it
    /// does, the task ends as Cancelled; if it goes on to its end all the same, it ends with its value.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let endless = pool.submit(|| (0u64..).cancellable(&CancelToken::current()).count());
    /// endless.abort();
    /// assert!(endless.result().unwrap_err().is_cancelled());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn abort(&self) {
        if let Some(task) = self.task() {
            task.abort();
        }
    }

    /// Its name, if it was given one; see [`Options::name`](crate::executor::Options::name).
    pub fn name(&self) -> Option<&str> {
        self.handle.as_ref().and_then(|handle| handle.header().name())
    }

    /// Makes it one with many owners, who look at the answer by reference.
    ///
    /// # Panics
    /// If it has been awaited to its end.
    pub fn shared(self) -> Shared<T> {
        Shared::new(SharedHandle::new(self.into_handle()))
    }

    /// Lets it run with nobody waiting. The same as dropping it, for those who want to say so.
    pub fn detach(self) {}
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    /// Works under any runtime: the task wakes whoever polled it last. Who polls runs nothing itself.
    ///
    /// # Panics
    /// If it is polled after it was ready, as futures do.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.handle().task().word().is_settled() || self.handle().wake_when_settled(context.waker()) {
            let task = Task { handle: self.handle.take() };
            return Poll::Ready(task.take());
        }
        Poll::Pending
    }
}

impl<T> Unpin for Task<T> {}

/// As Python shows a future: `<Task "sum" at 0x55d0c8a0 state=finished returned u64>`.
impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.task() {
            Some(task) => show(task, f),
            None => f.write_str("<Task state=taken>"),
        }
    }
}
