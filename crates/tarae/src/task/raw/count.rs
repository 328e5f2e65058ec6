//! Who counts what becomes of a pool's tasks.
//!
//! A task does not know its pool: the pool counts each as the runner's half leaves it. What runs there is counted before
//! anybody can see the result, so that who has a result finds it counted. What somebody else has run or cancelled is
//! counted when the pool comes across its tombstone.

use super::runner::{Erased, leave};
use crate::task::TaskState;

/// Counts the tasks of a pool.
pub(crate) trait Count {
    /// A job has been run, and its result is about to become visible.
    fn ran(&self, panicked: bool);

    /// A task has ended without an answer: before its job began, or because that stopped as it was asked to.
    fn cancelled(&self);

    /// Somebody else runs a task, and it is not known yet how that ends: keeps it to ask again, or gives it back.
    fn lent(&self, task: Erased) -> Option<Erased>;
}

impl Count for &dyn Count {
    fn ran(&self, panicked: bool) {
        (**self).ran(panicked);
    }

    fn cancelled(&self) {
        (**self).cancelled();
    }

    fn lent(&self, task: Erased) -> Option<Erased> {
        (**self).lent(task)
    }
}

/// For tasks that are no pool's.
pub(crate) struct Uncounted;

impl Count for Uncounted {
    #[inline(always)]
    fn ran(&self, _: bool) {}

    fn cancelled(&self) {}

    fn lent(&self, task: Erased) -> Option<Erased> {
        Some(task)
    }
}

impl Erased {
    /// Counts a task that somebody else has claimed or settled, and leaves it.
    #[cold]
    #[inline(never)]
    pub(super) fn count_and_leave(self, count: &dyn Count) {
        let word = self.word();
        let task = match word.state() {
            TaskState::Running => count.lent(self),
            TaskState::Finished => {
                count.ran(word.has_failed());
                Some(self)
            }
            TaskState::Cancelled => {
                count.cancelled();
                Some(self)
            }
            TaskState::Pending => unreachable!("what is pending is claimed, or ended, by its runner"),
        };
        if let Some(task) = task {
            // SAFETY: we are the runner, and have not left.
            unsafe { leave(task.into_raw().as_ptr()) };
        }
    }
}
