//! A request to stop that can be handed around.

use super::node::{Listen, Node};
use super::{Deadline, DropGuard, Reason};
use std::fmt;
use std::sync::{Arc, Weak};

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
/// Tokens form a tree, by [`child`](Self::child) and [`until`](Self::until). A request goes down it, never up.
///
/// # Cost
/// Asking is one relaxed load, however deep in the tree: who cancels tells all below. A token is one allocation, and so is
/// a child, which takes two uncontended locks of its parent in its life, and two words in it while it lives.
#[derive(Clone)]
pub struct CancelToken(Arc<Node>);

impl CancelToken {
    /// A token of its own.
    pub fn new() -> Self {
        CancelToken(Node::root())
    }

    /// A token that is cancelled with this one, and on its own without this one noticing.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let program = CancelToken::new();
    /// let (download, search) = (program.child(), program.child());
    /// download.cancel();
    /// assert!(download.is_cancelled() && !search.is_cancelled() && !program.is_cancelled());
    /// program.cancel();
    /// assert!(search.is_cancelled());
    /// assert!(program.child().is_cancelled()); // born so
    /// ```
    ///
    /// Its parent forgets it when its last clone is dropped; the parent stays as long as it has children, even if it is
    /// dropped meanwhile.
    ///
    /// A task that stops because a child of its own token said so ends as Cancelled if it was the task that was asked to
    /// stop. A child that was cancelled by itself stops the work, and leaves the task its value. The first request counts.
    #[must_use = "without the child there is nothing to cancel"]
    pub fn child(&self) -> Self {
        CancelToken(self.0.child(None))
    }

    /// A [`child`](Self::child) that is cancelled at the deadline, too: the work's own time limit.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let limit = CancelToken::current().until(Duration::from_millis(5));
    /// let tries = (0u64..).cancellable(&limit).count(); // as many as there is time for
    /// assert!(limit.is_cancelled());
    /// # let _ = tries;
    /// ```
    ///
    /// [`Deadline::NEVER`] or `None` gives a plain child. If the deadline has passed, it is born cancelled.
    ///
    /// # Cost
    /// Asking is one load here as well: no clock is read. One thread of the process, `tarae-timer`, sleeps until the next
    /// deadline and cancels. It is started for the first one, and ends soon after the last has passed, or has been taken
    /// off since its token was cancelled or dropped. To add or take off one among n is O(log n).
    ///
    /// # Panics
    /// If that thread must be started, and the system does not start one: a limit that nobody keeps must not look like
    /// one.
    #[must_use = "without the child there is nothing that ends"]
    pub fn until(&self, limit: impl Into<Deadline>) -> Self {
        match limit.into().instant() {
            Some(at) => CancelToken(self.0.child_until(at, None)),
            None => self.child(),
        }
    }

    /// Asks everything that looks at this token, or at one below it, to stop. Once is enough; it cannot be taken back.
    /// When it returns, all have been told, unless another thread is just doing that.
    ///
    /// It carries nothing else from thread to thread: what was written before it is not thereby seen by who looks, and
    /// another thread may see it at a child a moment before it sees it at the parent.
    ///
    /// # Cost
    /// O(n) with n tokens below it, and some memory for the way through them. Not to be called in the handler of a
    /// signal itself.
    pub fn cancel(&self) {
        self.0.cancel(Reason::Cancelled);
    }

    /// Cancels the token when the guard is dropped; see [`DropGuard`].
    pub fn drop_guard(&self) -> DropGuard {
        DropGuard::new(self.clone())
    }

    /// Whether it was asked to stop. To ask is not to obey: what a task returns then counts as its answer; see
    /// [`checkpoint`](Self::checkpoint).
    #[inline]
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
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
    /// [`Cancelled`], and if this is the running task's own token, or one that was cancelled with it, the task ends so,
    /// too.
    #[inline]
    pub fn checkpoint(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            self.obey();
            return Err(Cancelled);
        }
        Ok(())
    }

    /// A child, with a deadline or none, that tells `listener` when it is cancelled; one that is born so tells nobody.
    pub(crate) fn listened_to(&self, limit: Deadline, listener: Weak<dyn Listen>) -> Self {
        CancelToken(match limit.instant() {
            Some(at) => self.0.child_until(at, Some(listener)),
            None => self.0.child(Some(listener)),
        })
    }

    /// A token below no other that tells `listener` when it is cancelled.
    #[cfg(feature = "process")]
    pub(crate) fn telling(listener: Weak<dyn Listen>) -> Self {
        CancelToken(Node::root_listened_to(listener))
    }

    /// Remembers that work has stopped because of it.
    #[cold]
    pub(crate) fn obey(&self) {
        self.0.obey();
    }

    /// Whether work has stopped because of it.
    pub(crate) fn was_obeyed(&self) -> bool {
        self.0.was_obeyed()
    }

    /// How many children it would tell.
    pub(super) fn children(&self) -> usize {
        self.0.children()
    }

    /// Why it is cancelled, if it is: its own deadline counts, and those above it.
    pub(crate) fn reason(&self) -> Option<Reason> {
        self.0.reason()
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelToken")
            .field("cancelled", &self.reason())
            .field("children", &self.children())
            .finish()
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
