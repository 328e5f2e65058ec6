//! What a pool and its workers share, and the way into its queues.

use super::counters::{Aside, Tally};
use super::ending::Ending;
use super::queue::Queues;
use super::sleep::Sleep;
use crate::cancel::CancelToken;
use crate::task::{self, Erased, Shown};
use std::sync::Arc;

/// What a pool and its workers share.
pub(super) struct Shared {
    pub(super) queues: Queues,
    pub(super) sleep: Sleep,
    pub(super) ending: Ending,
    /// What the tokens of its futures are below.
    pub(super) futures: CancelToken,
    /// What runs on each worker.
    pub(super) shown: Vec<Arc<Shown>>,
    /// What each worker has counted.
    pub(super) tallies: Vec<Arc<Tally>>,
    pub(super) aside: Aside,
    /// What its threads' names begin with.
    #[cfg(feature = "tracing")]
    pub(super) name: String,
}

/// How often a submit looks whether its task is taken before it wakes a worker: a fraction of what that takes.
const MOMENT: u32 = if cfg!(any(miri, loom)) { 1 } else { 8 };

impl Shared {
    pub(super) fn new(queues: Queues, #[cfg(feature = "tracing")] name: String) -> Self {
        let shown = (0..queues.workers()).map(|_| Arc::new(Shown::new())).collect();
        let tallies = (0..queues.workers()).map(|_| Arc::new(Tally::new())).collect();
        Shared {
            queues,
            sleep: Sleep::new(),
            ending: Ending::new(),
            futures: CancelToken::new(),
            shown,
            tallies,
            aside: Aside::new(),
            #[cfg(feature = "tracing")]
            name,
        }
    }

    /// Takes a task from any thread.
    #[inline(always)]
    pub(super) fn push(self: &Arc<Self>, task: Erased) {
        if task::is_at_work() || self.ending.has_begun() {
            return self.push_on_worker(task);
        }
        #[cfg(feature = "tracing")]
        task::spans::submitted(&task, &self.name);
        self.queues.push(task);
        if self.sleep.is_to_be_told() {
            self.tell(true);
        }
    }

    /// The same on a worker of this pool or another one, or if the pool ends.
    #[inline(never)]
    fn push_on_worker(self: &Arc<Self>, task: Erased) {
        if self.ending.has_begun() && self.ending.refuses(!self.is_own_thread()) {
            return self.ending.refuse(task);
        }
        #[cfg(feature = "tracing")]
        task::spans::submitted(&task, &self.name);
        let from_outside = match task::submit_own(Arc::as_ptr(self), task) {
            Some(task) => {
                self.queues.push(task);
                true
            }
            None => false,
        };
        if self.sleep.is_to_be_told() {
            self.tell(from_outside);
        }
    }

    /// Takes a turn of a future that is held (`Sleep::hold`): also while the pool ends.
    pub(super) fn push_turn(&self, turn: Erased) {
        self.queues.push(turn);
        if self.sleep.is_to_be_told() {
            self.tell(!task::is_at_work());
        }
    }

    #[cold]
    #[inline(never)]
    fn tell(&self, from_outside: bool) {
        let is_taken = |asleep| from_outside && asleep < self.queues.workers() && self.is_taken();
        if self.sleep.tell(is_taken) && self.ending.gives_up(&self.sleep) {
            self.sweep();
        }
    }

    /// Whether a worker that is awake takes what was pushed from outside in a moment: one that has just ended the task that
    /// somebody waited for is about to look. To wake another one takes microseconds, and that one finds nothing.
    fn is_taken(&self) -> bool {
        (0..MOMENT).any(|_| {
            std::hint::spin_loop();
            self.queues.is_outside_empty()
        })
    }

    /// Whether this thread is one of the pool's.
    pub(super) fn is_own_thread(self: &Arc<Self>) -> bool {
        task::is_worker_of(Arc::as_ptr(self))
    }
}
