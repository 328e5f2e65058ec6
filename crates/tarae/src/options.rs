//! How one job is to be run. Below tasks and executors, which both need it.

use crate::cancel::{CancelToken, Deadline};
use std::borrow::Cow;

/// How one job is to be run: what [`submit_with`](crate::executor::Executor::submit_with) takes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) timeout: Deadline,
    pub(crate) token: Option<CancelToken>,
    /// How often the job may be begun again when its worker dies.
    #[cfg(feature = "process")]
    pub(crate) retries: u32,
}

impl Options {
    /// Nothing special.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the task: `Debug` and errors show it.
    #[must_use]
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Ends the task when its time is over: one that nobody has begun never runs; one that runs is asked to stop, and ends
    /// when it does. Its error says that it [timed out](crate::task::TaskError::is_timed_out). A duration is counted from
    /// this call: who submits with the same options later leaves the task less time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let options = Options::new().name("count").timeout(Duration::from_millis(5));
    /// let task = pool.submit_with(options, || (0u64..).cancellable(&CancelToken::current()).count());
    /// let error = task.result().unwrap_err();
    /// assert!(error.is_timed_out());
    /// assert!(error.to_string().starts_with("task \"count\" did not end in its time"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A job that does not look at its token is not stopped: it ends with its value, as late as that may be. To stop waiting
    /// and let the work go on, use a limit of the waiting instead:
    /// [`result_within`](crate::task::Task::result_within).
    ///
    /// # Cost
    /// Three allocations, and an entry among n deadlines, O(log n). Callbacks of tasks that time out before they have begun run
    /// on a thread for them, one after the other; it is started for the first and ends with the last.
    ///
    /// # Panics
    /// `submit_with`, if the thread that waits for deadlines must be started, and the system does not start one; see
    /// [`CancelToken::until`].
    #[must_use]
    pub fn timeout(mut self, limit: impl Into<Deadline>) -> Self {
        self.timeout = limit.into();
        self
    }

    /// Ends the task when the token is cancelled: one that nobody has begun never runs; one that runs is asked to stop, by
    /// [its own token](CancelToken::current). So one token ends a group of tasks, on whatever executors.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let search = CancelToken::new();
    /// let tasks = [1u64, 2, 3].map(|n| {
    ///     let options = Options::new().token(&search);
    ///     pool.submit_with(options, move || (n..).cancellable(&CancelToken::current()).count())
    /// });
    /// search.cancel();
    /// assert!(tasks.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// If the token has a [deadline](CancelToken::until), and it is that which has passed, the task timed out.
    #[must_use]
    pub fn token(mut self, token: &CancelToken) -> Self {
        self.token = Some(token.clone());
        self
    }

    /// On a pool of processes: how often the job may be begun again when the worker that does it dies. Without this it is
    /// never run twice, since nobody can say what it had done. It has no meaning for other executors, and none for a worker
    /// that was killed since the task was to end.
    #[cfg(feature = "process")]
    #[must_use]
    pub fn retries(mut self, times: u32) -> Self {
        self.retries = times;
        self
    }

    /// Whether something besides its handle can end the task.
    #[inline(always)]
    pub(crate) fn can_end_it(&self) -> bool {
        self.token.is_some() || self.timeout != Deadline::NEVER
    }

    /// Whether it says nothing: so it is with most.
    #[inline(always)]
    pub(crate) fn is_plain(&self) -> bool {
        #[cfg(feature = "process")]
        if self.retries > 0 {
            return false;
        }
        self.name.is_none() && !self.can_end_it()
    }
}
