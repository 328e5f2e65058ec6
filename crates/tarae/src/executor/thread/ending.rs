//! How a pool ends: what it still takes, and what becomes of a task that it does not run.
//!
//! No task is left pending. Whoever submits looks at the state, pushes, and looks whether the pool ends, in a word it looks
//! at anyway (`Sleep::tell`); whoever ends the pool sets the state and then that word, and looks at the queues after that. A
//! full fence stands between the two steps of each, so at least one sees the other, and sweeps the queues: takes out what
//! is there, and ends it.
//!
//! - *Cancelling.* Who begins it sweeps. A worker that has taken a task looks at the state before it runs it. What it has
//!   brought in with that one the sweep may have missed, but then the worker sees the state: it tells the others of what it
//!   brought in, by `notify`, before it looks.
//! - *Over* (see `Sleep`). Each worker sweeps before it leaves. What it finds was submitted while the pool ended.
//!
//! *Futures* (`spawn.rs`) hold the pool: it is over only when the last has ended. So a turn that is pushed, by whatever
//! thread, finds a worker; when the pool cancels, each future is dropped where it waits.
//!
//! Sweeping drops jobs and calls back whoever waits, so no lock is held and nothing is borrowed meanwhile.

use super::initializer::{break_task, broken};
use super::shared::Shared;
use super::sleep::Sleep;
use crate::cancel::Deadline;
use crate::executor::shutdown::{Shutdown, StillRunning, StuckTask};
use crate::sync::{AtomicU32, Condvar, Mutex, Ordering, lock, wait_for};
use crate::task::{Cause, Count, End, Erased, Uncounted};
use std::time::Duration;

// The state of a pool. It only grows.
//
// | from | to | by | what then is refused |
// |---|---|---|---|
// | OPEN | FINISHING | `begin`: shutdown, drop | submits from outside |
// | OPEN, FINISHING | CANCELLING | `begin`: shutdown | all submits; what the queues give is cancelled |
// | OPEN, FINISHING | CANCELLING | `break_off`: a failed initializer | the same, with an error that says so |
const OPEN: u32 = 0;
const FINISHING: u32 = 1;
const CANCELLING: u32 = 2;

/// Whether and how a pool ends.
pub(super) struct Ending {
    state: AtomicU32,
    /// Why the pool is broken, if it is. Set before the state.
    broken: Mutex<Option<Cause>>,
    /// How many workers have left.
    left: Mutex<usize>,
    /// One more has.
    leaves: Condvar,
}

impl Ending {
    pub(super) fn new() -> Self {
        Ending {
            state: AtomicU32::new(OPEN),
            broken: Mutex::new(None),
            left: Mutex::new(0),
            leaves: Condvar::new(),
        }
    }

    pub(super) fn begin(&self, how: Shutdown) {
        let state = match how {
            Shutdown::Finish => FINISHING,
            Shutdown::CancelPending | Shutdown::Abort => CANCELLING,
        };
        self.state.fetch_max(state, Ordering::SeqCst);
    }

    /// The first cause counts.
    fn break_off(&self, cause: Cause) {
        lock(&self.broken).get_or_insert(cause);
        self.state.fetch_max(CANCELLING, Ordering::SeqCst);
    }

    /// Whether the pool has begun to end: if not, the rest need not be asked.
    #[inline(always)]
    pub(super) fn has_begun(&self) -> bool {
        self.state.load(Ordering::Relaxed) != OPEN
    }

    /// Whether a submit is refused, before its push.
    #[cold]
    #[inline(never)]
    pub(super) fn refuses(&self, from_outside: bool) -> bool {
        match self.state.load(Ordering::Acquire) {
            OPEN => false,
            FINISHING => from_outside,
            _ => true,
        }
    }

    /// Whether nobody runs what is in the queues: asked after a push, and by a worker that has taken a task.
    #[cold]
    #[inline(never)]
    pub(super) fn gives_up(&self, sleep: &Sleep) -> bool {
        self.cancels() || sleep.is_over()
    }

    fn cancels(&self) -> bool {
        self.state.load(Ordering::Acquire) == CANCELLING
    }

    /// Ends a task that was queued.
    #[cold]
    #[inline(never)]
    pub(super) fn give_up(&self, task: Erased, count: &dyn Count) {
        match self.cause() {
            Some(cause) => break_task(task, &cause, count),
            None if self.cancels() => task.cancel(count),
            None => task.reject(count), // it came too late for the last worker
        }
    }

    /// Ends a task that is not taken.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&self, task: Erased) {
        match self.cause() {
            Some(cause) => break_task(task, &cause, &Uncounted),
            None => task.reject(&Uncounted),
        }
    }

    /// The same as `give_up` does, for one that a scope has.
    pub(super) fn giving_up(&self) -> End {
        match self.cause() {
            Some(cause) => End::Fail(broken(&cause)),
            None if self.cancels() => End::Cancel,
            None => End::Reject,
        }
    }

    /// The same as `refuse` does, for one that a scope has.
    pub(super) fn refusal(&self) -> End {
        self.cause().map_or(End::Reject, |cause| End::Fail(broken(&cause)))
    }

    /// Why the pool is broken, if it is.
    pub(super) fn cause(&self) -> Option<Cause> {
        lock(&self.broken).clone()
    }

    /// A worker has left.
    pub(super) fn leave(&self) {
        *lock(&self.left) += 1;
        self.leaves.notify_all();
    }

    /// Waits until so many workers have left, or the deadline; whether they have.
    fn have_left(&self, workers: usize, deadline: Deadline) -> bool {
        let mut left = lock(&self.left);
        while *left < workers {
            let rest = deadline.remaining();
            if rest == Some(Duration::ZERO) {
                return false;
            }
            left = wait_for(&self.leaves, left, rest);
        }
        true
    }
}

impl Shared {
    /// Ends the pool, of so many workers.
    pub(super) fn end(&self, how: Shutdown, workers: usize) {
        self.ending.begin(how);
        if how == Shutdown::Abort {
            self.shown.iter().for_each(|worker| worker.request_stop());
        }
        // Before the sweep, which may call something that takes its time.
        self.sleep.end(workers, || !self.queues.is_empty());
        if self.ending.cancels() {
            self.sweep();
            self.futures.cancel(); // drops each where it waits
        }
    }

    /// A worker could not begin: ends the pool.
    pub(super) fn break_off(&self, cause: Cause) {
        self.ending.break_off(cause);
        self.sleep.end(self.queues.workers(), || !self.queues.is_empty());
        self.sweep();
        self.futures.cancel();
    }

    /// Ends all that is queued, and will not run.
    #[cold]
    #[inline(never)]
    pub(super) fn sweep(&self) {
        while let Some(task) = self.queues.take_any() {
            self.ending.give_up(task, &self.aside);
        }
    }

    /// Waits until the workers have left, or the deadline; whether they have.
    pub(super) fn have_left(&self, workers: usize, deadline: Deadline) -> bool {
        // If the pool is over they have only to leave: a limit of zero does not miss that.
        self.ending.have_left(workers, deadline)
            || (self.sleep.is_over() && self.ending.have_left(workers, Deadline::NEVER))
    }

    /// What runs, and how much is queued.
    pub(super) fn still_running(&self) -> StillRunning {
        let tasks = self.shown.iter().flat_map(|worker| worker.tasks());
        StillRunning::new(
            tasks.map(|task| StuckTask::new(task.name, task.location)).collect(),
            self.queues.len(),
            self.sleep.held(),
        )
    }
}
