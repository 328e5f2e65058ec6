//! The runner's half of a task whose job may borrow: what a scope holds.
//!
//! A handle on whatever thread may run the job, which is why a job that waits for another needs no thread for it; it never
//! drops it. So when the runner leaves, after the task was settled, the job is gone, run or dropped, and what it had captured
//! with it.

use super::count::Uncounted;
use super::header::{CANCELLED, FAILED, Header, JOB_GONE, PENDING, REJECTED};
use super::runner::{Runner, conclude, execute};
use super::stopper::Told;
use super::wake::Waking;
use crate::cancel::Reason;
use crate::job::Job;
use crate::panics::Payload;
use crate::task::{TaskError, TaskState};
use std::ptr::NonNull;
use std::task::Waker;

/// The runner's half of a task of a scope. It has no destructor: it leaves by [`leave`](Self::leave) or
/// [`let_go`](Self::let_go).
#[must_use]
pub(super) struct Scoped(NonNull<Header>);

/// A task that a thread of the scope is at: a copy of the pointer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Begun(NonNull<Header>);

// SAFETY: a job is `Send`, and so is its output; the header is made to be shared.
unsafe impl Send for Scoped {}

/// How a task ends that is not run.
pub(crate) enum End {
    Cancel,
    Reject,
    Fail(Payload),
}

impl<J: Job> Runner<J> {
    /// # Safety
    /// What the job borrows outlives what is returned.
    #[inline]
    pub(super) unsafe fn into_scoped(self) -> Scoped {
        // SAFETY: the caller's promise. What is returned does not leave before the job is over, whoever runs it.
        unsafe { self.header().set_lent() };
        Scoped(self.into_raw())
    }
}

impl Scoped {
    fn header(&self) -> &Header {
        // SAFETY: the block is there as long as its runner's half is.
        unsafe { self.0.as_ref() }
    }

    /// Whether nobody has begun to run it or cancelled it.
    #[inline]
    pub(super) fn is_pending(&self) -> bool {
        self.header().word().state() == TaskState::Pending
    }

    /// Whether it has finished with a value: then nothing of the job is left.
    #[inline]
    pub(super) fn has_value(&self) -> bool {
        self.header().word().has_value()
    }

    /// Cancels it, or asks it to stop.
    pub(super) fn stop(&self, reason: Reason) -> Told {
        self.header().stop(reason)
    }

    /// Has the scope woken when it is settled, which is true already if this is.
    pub(super) fn wake_when_settled(&self, waker: &Waker) -> bool {
        Waking::register(self.header(), Waking::SCOPE, waker)
    }

    pub(super) fn begun(&self) -> Begun {
        Begun(self.0)
    }

    pub(super) fn is(&self, begun: Begun) -> bool {
        self.0 == begun.0
    }

    /// Leaves a task that is settled, and gives the failure that its handle has left; gives it back if it is not settled,
    /// or if it has failed and its handle may still look at that.
    pub(super) fn leave(self) -> Result<Option<TaskError>, Self> {
        let word = self.header().word();
        let stays = word.has_failed() && !word.is_failure_left() && !word.is_handle_gone();
        if !word.is_settled() || stays { Err(self) } else { Ok(self.let_go()) }
    }

    /// Leaves a task that is settled. Gives the failure that its handle has left; one that is left later the handle reports.
    pub(super) fn let_go(self) -> Option<TaskError> {
        let header = self.0.as_ptr().cast_const();
        // SAFETY: we are the runner. A cancelled job that nobody has dropped is ours; what a handle has left, too.
        unsafe {
            let word = (*header).word();
            debug_assert!(word.is_settled());
            if word.state() == TaskState::Cancelled && !word.has(JOB_GONE) {
                Header::drop_job(header);
            }
            if !(*header).release_runner() {
                return None;
            }
            let failure =
                if (*header).word().is_failure_left() { Header::take_failure(header) } else { None };
            let (name, place) = ((*header).name().map(str::to_owned), (*header).location());
            Header::free(header);
            failure.map(|payload| TaskError::failed(name, place, payload))
        }
    }
}

impl Begun {
    /// Runs the job here, if nobody else has and it has not been cancelled; whether it has.
    ///
    /// # Safety
    /// The scope keeps the [`Scoped`] meanwhile, as for [`end`](Self::end).
    #[inline]
    pub(super) unsafe fn run(self) -> bool {
        let header = self.0.as_ptr().cast_const();
        // SAFETY: the caller's promise. The runner stays.
        unsafe {
            let claimed = (*header).claim();
            if claimed {
                execute(header, 0, &Uncounted); // the pool counts the thread it was asked for
            }
            claimed
        }
    }

    /// Ends the task, if it is pending, without running the job; whether it was.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    pub(super) unsafe fn end(self, end: End) -> bool {
        let header = self.0.as_ptr().cast_const();
        let reason = match end {
            End::Cancel => 0,
            End::Reject => REJECTED,
            // SAFETY: the caller's promise. The runner stays. Who claims a task owns its job.
            End::Fail(failure) => unsafe {
                let claimed = (*header).claim();
                if claimed {
                    Header::drop_job(header);
                    Header::write_failure(header, failure);
                    if !(*header).finish(FAILED) {
                        conclude(header, FAILED, false, 0);
                    }
                }
                return claimed;
            },
        };
        // SAFETY: the caller's promise. The job is the runner's, which drops it when it leaves.
        match unsafe { (*header).settle(PENDING, CANCELLED, reason) } {
            Some(settled) => {
                // SAFETY: taken off the task when it was settled; each waiter stays until it is told.
                unsafe { settled.waiters.tell_all() };
                true
            }
            None => false,
        }
    }
}
