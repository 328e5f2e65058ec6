//! Where a pool's tasks wait: one queue for what comes from outside, two for each worker.
//!
//! A job's own submits are what its worker goes for next, and mostly waits for: a deque without a lock. What comes from
//! outside goes through lists that need no memory.
//!
//! A worker takes what its own jobs submitted, the latest first (that is what they will wait for, and it is warm); then
//! what has been brought in from outside, by itself or by another worker that is busy now (that is older than what is
//! still outside); then more from outside; then what another worker's jobs submitted.

use super::padded::Padded;
use crate::sync::deque::{Steal, Stealer, Worker};
use crate::task::{Erased, List};
use std::ptr::NonNull;
use std::sync::Arc;

/// The pointer of a task's runner: a queue moves plain words.
struct Pointer(NonNull<()>);

// SAFETY: it stands for an `Erased`, which is `Send`.
unsafe impl Send for Pointer {}

impl Pointer {
    #[inline(always)]
    fn new(task: Erased) -> Self {
        Pointer(task.into_raw().cast())
    }

    #[inline(always)]
    fn into_task(self) -> Erased {
        // SAFETY: made by `new`, and each pointer leaves a queue once.
        unsafe { Erased::from_raw(self.0.cast()) }
    }
}

/// What all of a pool's threads share.
pub(super) struct Queues {
    outside: Padded<List>,
    /// Of each worker.
    shared: Vec<Shared>,
}

/// A worker's own queues, as the others see them.
struct Shared {
    submitted: Stealer<Pointer>,
    /// Padded: its worker is at it for each task.
    brought_in: Arc<Padded<List>>,
}

/// One worker's own queues.
pub(super) struct Own {
    submitted: Worker<Pointer>,
    brought_in: Arc<Padded<List>>,
    index: usize,
}

/// How many tasks a worker brings in at most. As many as cost nothing beside the way there; few enough that a thief, who
/// takes them one by one, is not better off outside.
const BROUGHT_IN: usize = 32;

impl Queues {
    /// The queues of a pool, and those of each worker.
    pub(super) fn new(workers: usize) -> (Self, Vec<Own>) {
        let own: Vec<Own> = (0..workers)
            .map(|index| {
                let (submitted, brought_in) = (Worker::new_lifo(), Arc::new(Padded(List::new())));
                Own { submitted, brought_in, index }
            })
            .collect();
        let shared = own
            .iter()
            .map(|own| Shared { submitted: own.submitted.stealer(), brought_in: own.brought_in.clone() })
            .collect();
        (Queues { outside: Padded(List::new()), shared }, own)
    }

    #[inline]
    pub(super) fn push(&self, task: Erased) {
        self.outside.0.push(task);
    }

    /// How many tasks have ever come from outside.
    pub(super) fn pushed(&self) -> usize {
        self.outside.0.pushed()
    }

    /// How many workers there are.
    pub(super) fn workers(&self) -> usize {
        self.shared.len()
    }

    /// Whether there is anything to run.
    pub(super) fn is_empty(&self) -> bool {
        self.outside.0.is_empty()
            && self.shared.iter().all(|worker| worker.brought_in.0.is_empty() && worker.submitted.is_empty())
    }

    /// Whether all that came from outside has been taken.
    pub(super) fn is_outside_empty(&self) -> bool {
        self.outside.0.is_empty()
    }

    /// How many tasks there are, about.
    pub(super) fn len(&self) -> usize {
        let own = self.shared.iter().map(|worker| worker.brought_in.0.len() + worker.submitted.len());
        self.outside.0.len() + own.sum::<usize>()
    }

    /// Takes a task from any of the queues.
    pub(super) fn take_any(&self) -> Option<Erased> {
        let brought_in = || self.shared.iter().find_map(|worker| worker.brought_in.0.pop());
        let submitted = || self.shared.iter().find_map(|worker| retry(|| worker.submitted.steal()));
        self.outside.0.pop().or_else(brought_in).or_else(|| submitted().map(Pointer::into_task))
    }

    /// The others, beginning after `thief`.
    fn others(&self, thief: usize) -> impl Iterator<Item = &Shared> {
        let (before, after) = self.shared.split_at(thief);
        after.iter().skip(1).chain(before)
    }
}

impl Own {
    #[inline]
    pub(super) fn push(&self, task: Erased) {
        self.submitted.push(Pointer::new(task));
    }

    /// What was pushed last, if nobody else has that by now.
    #[inline]
    pub(super) fn pop(&self) -> Option<Erased> {
        self.submitted.pop().map(Pointer::into_task)
    }

    /// The next task to run. `brought_in` is called when others have come in with it: while they were on their way, a
    /// worker that was about to sleep saw them nowhere.
    #[inline]
    pub(super) fn next(&self, queues: &Queues, brought_in: impl FnOnce()) -> Option<Erased> {
        self.pop().or_else(|| self.brought_in.0.pop()).or_else(|| self.fetch(queues, brought_in))
    }

    /// The next task to run, from elsewhere.
    #[cold]
    #[inline(never)]
    fn fetch(&self, queues: &Queues, brought_in: impl FnOnce()) -> Option<Erased> {
        let own = &self.brought_in.0;
        queues
            .others(self.index)
            .find_map(|worker| worker.brought_in.0.pop())
            .or_else(|| {
                let share = |len: usize| (len / queues.workers()).min(BROUGHT_IN);
                let task = queues.outside.0.pop_and_move(own, share);
                if !own.is_empty() {
                    brought_in();
                }
                task
            })
            .or_else(|| {
                queues
                    .others(self.index)
                    .find_map(|worker| retry(|| worker.submitted.steal()))
                    .map(Pointer::into_task)
                    .inspect(|_| {
                        #[cfg(feature = "timeline")]
                        crate::timeline::mark_stolen();
                    })
            })
    }
}

fn retry<T>(mut steal: impl FnMut() -> Steal<T>) -> Option<T> {
    loop {
        match steal() {
            Steal::Success(item) => return Some(item),
            Steal::Empty => return None,
            Steal::Retry => std::hint::spin_loop(),
        }
    }
}
