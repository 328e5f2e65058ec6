//! The token of the task that runs on this thread.

use super::raw::running;
use crate::cancel::CancelToken;

impl CancelToken {
    /// The token of the task that runs on this thread; outside a task, one that nobody will cancel.
    ///
    /// A task that stops because its own token says so, at a [`checkpoint`](Self::checkpoint) or at the end of a
    /// [`cancellable`](crate::iter::IterExt::cancellable) iterator, ends as Cancelled, whatever it returns.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let task = pool.submit(|| -> Result<(), Cancelled> {
    ///     let token = CancelToken::current();
    ///     loop {
    ///         token.checkpoint()?;
    ///     }
    /// });
    /// task.abort();
    /// assert!(task.result().unwrap_err().is_cancelled());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn current() -> Self {
        running::current_token().unwrap_or_default()
    }
}
