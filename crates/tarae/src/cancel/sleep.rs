//! A sleep that a token ends.

use super::{CancelToken, Cancelled, Deadline, Listen, Reason};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak}; // as in `timer`: loom has no clock

impl CancelToken {
    /// Sleeps so long, or until the token is cancelled: what work does instead of [`std::thread::sleep`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let patient = pool.submit(with_token(|cx| cx.sleep(Duration::from_secs(3_600))));
    /// patient.abort();
    /// assert!(patient.result().unwrap_err().is_cancelled()); // at once
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// [`Deadline::NEVER`] or `None` sleeps until the token is cancelled.
    ///
    /// # Errors
    /// [`Cancelled`], as by [`checkpoint`](Self::checkpoint), also if it was cancelled before.
    ///
    /// # Cost
    /// That of a [`child`](Self::child), and of a wait with a limit.
    #[doc(alias = "wait")]
    pub fn sleep(&self, limit: impl Into<Deadline>) -> Result<(), Cancelled> {
        let deadline = limit.into();
        self.checkpoint()?;
        if deadline.has_passed() {
            return Ok(());
        }
        let bell = Arc::new(Bell::default());
        let listener: Weak<dyn Listen> = Arc::<Bell>::downgrade(&bell);
        // If it is cancelled before it listens, it is born so.
        let child = self.listened_to(Deadline::NEVER, listener);
        if !child.is_cancelled() {
            bell.wait(deadline);
        }
        child.checkpoint()
    }
}

/// Rung when the token is cancelled.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    changed: Condvar,
}

impl Bell {
    fn wait(&self, deadline: Deadline) {
        let mut rung = self.lock();
        while !*rung {
            rung = match deadline.remaining() {
                Some(left) if left.is_zero() => return,
                Some(left) => self.changed.wait_timeout(rung, left).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(rung).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listen for Bell {
    fn cancelled(&self, _: Reason) {
        *self.lock() = true;
        self.changed.notify_one();
    }
}
