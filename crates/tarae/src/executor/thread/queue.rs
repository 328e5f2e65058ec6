//! Where a pool's tasks wait: one queue for what comes from outside, two for each worker.
//!
//! A worker takes what its own jobs submitted, the latest first (that is what they will wait for, and it is warm); then
//! what has been brought in from outside, by itself or by another worker that is busy now (that is older than what is
//! still outside); then more from outside; then what another worker's jobs submitted.

use crate::task::Erased;
use crossbeam_deque::{Injector, Steal, Stealer, Worker};
use std::ptr::NonNull;

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
    outside: Injector<Pointer>,
    /// Of each worker.
    shared: Vec<Shared>,
}

/// The other end of a worker's own queues.
struct Shared {
    submitted: Stealer<Pointer>,
    brought_in: Stealer<Pointer>,
}

/// One worker's own queues.
pub(super) struct Own {
    submitted: Worker<Pointer>,
    brought_in: Worker<Pointer>,
    index: usize,
}

impl Queues {
    /// The queues of a pool, and those of each worker.
    pub(super) fn new(workers: usize) -> (Self, Vec<Own>) {
        let own: Vec<Own> = (0..workers)
            .map(|index| Own { submitted: Worker::new_lifo(), brought_in: Worker::new_fifo(), index })
            .collect();
        let shared = own
            .iter()
            .map(|own| Shared { submitted: own.submitted.stealer(), brought_in: own.brought_in.stealer() })
            .collect();
        (Queues { outside: Injector::new(), shared }, own)
    }

    #[inline]
    pub(super) fn push(&self, task: Erased) {
        self.outside.push(Pointer::new(task));
    }

    /// How many workers there are.
    pub(super) fn workers(&self) -> usize {
        self.shared.len()
    }

    /// Whether there is anything to run.
    pub(super) fn is_empty(&self) -> bool {
        self.outside.is_empty()
            && self.shared.iter().all(|worker| worker.brought_in.is_empty() && worker.submitted.is_empty())
    }

    /// How many tasks there are, about.
    pub(super) fn len(&self) -> usize {
        let own = self.shared.iter().map(|worker| worker.brought_in.len() + worker.submitted.len());
        self.outside.len() + own.sum::<usize>()
    }

    /// Takes a task from any of the queues.
    pub(super) fn take_any(&self) -> Option<Erased> {
        let mut own = self.shared.iter().flat_map(|worker| [&worker.brought_in, &worker.submitted]);
        retry(|| self.outside.steal())
            .or_else(|| own.find_map(|queue| retry(|| queue.steal())))
            .map(Pointer::into_task)
    }

    fn bring_in(&self, own: &Own) -> Option<Pointer> {
        retry(|| self.outside.steal_batch_and_pop(&own.brought_in))
    }

    /// Takes from another worker's queues of one kind.
    fn steal(&self, thief: usize, kind: impl Fn(&Shared) -> &Stealer<Pointer>) -> Option<Pointer> {
        let workers = self.shared.len();
        (1..workers)
            .map(|step| kind(&self.shared[(thief + step) % workers]))
            .find_map(|queue| retry(|| queue.steal()))
    }
}

impl Own {
    #[inline]
    pub(super) fn push(&self, task: Erased) {
        self.submitted.push(Pointer::new(task));
    }

    /// The next task to run. `brought_in` is called when others have come in with it: while they were on their way, a
    /// worker that was about to sleep saw them nowhere.
    #[inline]
    pub(super) fn next(&self, queues: &Queues, brought_in: impl FnOnce()) -> Option<Erased> {
        self.submitted
            .pop()
            .or_else(|| self.brought_in.pop())
            .or_else(|| queues.steal(self.index, |worker| &worker.brought_in))
            .or_else(|| {
                let task = queues.bring_in(self);
                if !self.brought_in.is_empty() {
                    brought_in();
                }
                task
            })
            .or_else(|| queues.steal(self.index, |worker| &worker.submitted))
            .map(Pointer::into_task)
    }
}

impl Drop for Queues {
    fn drop(&mut self) {
        // What no worker has run, ends as Cancelled. Workers drop their own queues empty.
        while let Some(task) = retry(|| self.outside.steal()) {
            drop(task.into_task());
        }
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
