//! A request to stop that can be handed around.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A request to stop that can be handed around: work asks it whether to go on.
///
/// Nothing is interrupted: a loop stops where it looks, by [`checkpoint`](Self::checkpoint),
/// [`is_cancelled`](Self::is_cancelled) or [`cancellable`](crate::iter::IterExt::cancellable). Clones are the same
/// token. Every running task has a token of its own, [`current`](Self::current), which
/// [`Task::abort`](crate::task::Task::abort) cancels.
///
/// ```
/// use tarae::prelude::*;
///
/// let token = CancelToken::new();
/// let mut numbers = (0..).cancellable(&token);
/// assert_eq!(numbers.next(), Some(0));
/// token.cancel();
/// assert_eq!(numbers.next(), None);
/// ```
///
/// # Cost
/// Asking is one relaxed load.
#[derive(Clone)]
pub struct CancelToken(Arc<Inner>);

struct Inner {
    /// Set once, by `cancel`; never cleared.
    cancelled: AtomicBool,
    /// Whether work has stopped because of it. Set by `obey`; with it, a task ends as Cancelled.
    obeyed: AtomicBool,
}

impl CancelToken {
    /// A token of its own.
    pub fn new() -> Self {
        CancelToken(Arc::new(Inner { cancelled: AtomicBool::new(false), obeyed: AtomicBool::new(false) }))
    }

    /// Asks everything that looks at this token to stop. Once is enough; it cannot be taken back. It carries nothing
    /// else from thread to thread: what was written before it is not thereby seen by who looks.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop. What is returned then counts as an answer: see [`checkpoint`](Self::checkpoint).
    #[inline]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// For `?` in a loop: an error once it was asked to stop.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// fn search(token: &CancelToken) -> Result<u64, Cancelled> {
    ///     for n in 0.. {
    ///         token.checkpoint()?;
    ///         if n == 1_000 {
    ///             return Ok(n);
    ///         }
    ///     }
    ///     unreachable!()
    /// }
    /// let token = CancelToken::new();
    /// assert_eq!(search(&token), Ok(1_000));
    /// token.cancel();
    /// assert_eq!(search(&token), Err(Cancelled));
    /// ```
    ///
    /// # Errors
    /// [`Cancelled`], and if this is the running task's own token, the task ends so, too.
    #[inline]
    pub fn checkpoint(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            self.obey();
            return Err(Cancelled);
        }
        Ok(())
    }

    /// Remembers that work has stopped because of it.
    #[cold]
    pub(crate) fn obey(&self) {
        self.0.obeyed.store(true, Ordering::Relaxed);
    }

    /// Whether work has stopped because of it.
    pub(crate) fn was_obeyed(&self) -> bool {
        self.0.obeyed.load(Ordering::Relaxed)
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelToken").field("cancelled", &self.is_cancelled()).finish()
    }
}

/// The work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the work was asked to stop")
    }
}

impl std::error::Error for Cancelled {}
