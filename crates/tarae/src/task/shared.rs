//! A task with many owners.

use super::debug::show;
use super::on_done::follow;
use super::raw::shared::SharedHandle;
use super::{Task, TaskError, TaskState};
use crate::cancel::Deadline;
use crate::sync::Arc;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

/// A task with many owners: everybody looks at the answer where it lies. Made by [`Task::shared`].
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let text = pool.submit(|| "a long text".to_owned()).shared();
/// let lengths = [1, 2].map(|n| {
///     let text = text.clone();
///     pool.submit(move || text.get().map_or(0, |text| text.len() * n))
/// });
/// assert_eq!(text.get().unwrap(), "a long text");
/// assert_eq!(lengths.map(|task| task.result().unwrap()), [11, 22]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Dropping the last one detaches the task. Cloning counts one reference; looking at an answer that is there takes one load.
pub struct Shared<T> {
    handle: Arc<SharedHandle<T>>,
    /// Zero until it is polled and has to wait: then a number that no other has.
    poller: usize,
}

impl<T> Shared<T> {
    pub(super) fn new(handle: SharedHandle<T>) -> Self {
        Shared { handle: Arc::new(handle), poller: 0 }
    }

    pub(super) fn handle(&self) -> &SharedHandle<T> {
        &self.handle
    }

    /// Waits for the answer and looks at it. Again and again, if you like.
    ///
    /// On a worker it runs the task itself if nobody else has begun to, and nothing else meanwhile.
    ///
    /// # Errors
    /// If the job panicked, or the task was cancelled.
    #[doc(alias = "exception")]
    pub fn get(&self) -> Result<&T, &TaskError> {
        self.handle.task().wait(Deadline::NEVER);
        self.handle.answer()
    }

    /// Waits at most so long for the answer; `None` if there is none by then.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let (answer, task) = tarae::task::promise();
    /// let task = task.shared();
    /// assert!(task.get_within(Duration::ZERO).is_none());
    /// answer.complete(42)?;
    /// assert_eq!(task.get_within(Duration::ZERO).unwrap().unwrap(), &42);
    /// # Ok::<(), i32>(())
    /// ```
    pub fn get_within(&self, limit: impl Into<Deadline>) -> Option<Result<&T, &TaskError>> {
        self.handle.answer_by(limit.into())
    }

    /// Waits for the answer and clones it.
    ///
    /// # Errors
    /// As for [`get`](Self::get).
    pub fn result(&self) -> Result<T, TaskError>
    where
        T: Clone,
    {
        self.get().cloned().map_err(Clone::clone)
    }

    /// Waits at most so long; whether the task is over.
    pub fn wait_within(&self, limit: impl Into<Deadline>) -> bool {
        self.handle.task().wait(limit.into())
    }

    /// Where it is in its life.
    pub fn state(&self) -> TaskState {
        self.handle.task().word().state()
    }

    /// Whether it is over, in whatever way.
    #[doc(alias = "done")]
    pub fn is_finished(&self) -> bool {
        self.handle.task().word().is_settled()
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

    /// Python's cancel, for all owners; see [`Task::cancel`].
    pub fn cancel(&self) -> bool {
        self.handle.task().cancel()
    }

    /// Cancels it, or asks it to stop, for all owners; see [`Task::abort`].
    pub fn abort(&self) {
        self.handle.task().abort();
    }

    /// Its name, if it was given one.
    pub fn name(&self) -> Option<&str> {
        self.handle.name()
    }
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// Runs `f` with the task when it is over, on the thread that ends it; at once, and here, if it is. As many as you
    /// like: they run in the order they were added, each after all who wait have been told.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use tarae::task::promise;
    ///
    /// let (answer, task) = promise::<u32>();
    /// let task = task.shared();
    /// let (say, heard) = mpsc::channel();
    /// for n in 1..=3 {
    ///     let say = say.clone();
    ///     task.on_done(move |task| say.send(n * task.get().unwrap()).unwrap());
    /// }
    /// answer.complete(7)?;
    /// assert_eq!(heard.try_iter().collect::<Vec<_>>(), [7, 14, 21]);
    /// # Ok::<(), u32>(())
    /// ```
    ///
    /// What it gives is the task of what `f` returns; what holds for callbacks is said at [`Task::on_done`].
    #[doc(alias = "add_done_callback")]
    #[track_caller]
    pub fn on_done<U, F>(&self, f: F) -> Task<U>
    where
        U: Send + 'static,
        F: FnOnce(&Shared<T>) -> U + Send + 'static,
    {
        let (after, shared) = (self.handle.after(), self.clone());
        // SAFETY: the job owns `shared`, and with it the handle that `after` is of.
        unsafe { follow(after, self.name(), move || f(&shared)) }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared { handle: self.handle.clone(), poller: 0 }
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        if self.poller != 0 {
            self.handle.forget_waker(self.poller);
        }
    }
}

/// Numbers for those who poll.
static POLLERS: AtomicUsize = AtomicUsize::new(1);

/// Gives a clone of the answer, to each owner that awaits it.
impl<T: Clone> Future for Shared<T> {
    type Output = Result<T, TaskError>;

    /// Works under any runtime, and can be polled again after it was ready. A worker that polls runs nothing itself.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.is_finished() {
            if self.poller == 0 {
                self.poller = POLLERS.fetch_add(1, Ordering::Relaxed);
            }
            if !self.handle.wake_when_settled(self.poller, context.waker()) {
                return Poll::Pending;
            }
        }
        Poll::Ready(self.result())
    }
}

impl<T> Unpin for Shared<T> {}

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.handle.task(), f)
    }
}
