//! What a worker's thread does.

use super::queue::{Own, Queues};
use super::sleep::Sleep;
use crate::task::{self, Erased, Others};
use std::sync::Arc;

/// What a pool and its workers share.
pub(super) struct Shared {
    pub(super) queues: Queues,
    pub(super) sleep: Sleep,
}

/// A worker: its pool, and its own queues.
struct Worker {
    shared: Arc<Shared>,
    own: Own,
}

impl task::Worker for Worker {
    fn others(&self) -> Others {
        match (self.shared.queues.workers(), self.shared.sleep.is_anyone_idle()) {
            (1, _) => Others::None,
            (_, true) => Others::Idle,
            (_, false) => Others::Busy,
        }
    }

    #[inline]
    fn push(&self, task: Erased) {
        self.own.push(task);
    }

    #[inline]
    fn pop(&self) -> Option<Erased> {
        self.own.pop()
    }

    fn put_back(&self, task: Erased) {
        self.own.push(task);
        self.shared.sleep.notify();
    }
}

/// How often the one that is looking looks before it sleeps: a few microseconds, about what a sleep costs.
const LOOKS: u32 = if cfg!(loom) {
    1
} else if cfg!(miri) {
    2
} else {
    32
};

/// Runs tasks until the pool has ended, nothing is left and nobody runs anything.
pub(super) fn run(shared: Arc<Shared>, own: Own, index: usize) {
    let worker = Worker { shared, own };
    task::work(&worker, Arc::as_ptr(&worker.shared), || worker.run(index));
}

impl Worker {
    fn run(&self, index: usize) {
        let shared = &*self.shared;
        let mut looking = false;
        loop {
            match self.own.next(&shared.queues, || shared.sleep.notify()) {
                Some(task) => {
                    if std::mem::take(&mut looking) {
                        shared.sleep.found(|| !shared.queues.is_empty());
                    }
                    task.run();
                }
                None => {
                    looking = looking || shared.sleep.start_looking();
                    if looking && look(shared) {
                        continue;
                    }
                    if shared.sleep.is_over() {
                        break;
                    }
                    looking = shared.sleep.sleep(index, looking, || !shared.queues.is_empty());
                }
            }
        }
        if looking {
            shared.sleep.found(|| false);
        }
    }
}

/// Looks a few times; whether there is work.
fn look(shared: &Shared) -> bool {
    for turn in 0..LOOKS {
        if !shared.queues.is_empty() {
            return true;
        }
        if turn % 8 == 7 {
            std::thread::yield_now();
        } else {
            for _ in 0..16 {
                std::hint::spin_loop();
            }
        }
    }
    false
}

impl Shared {
    /// Takes a task from any thread.
    #[inline]
    pub(super) fn push(self: &Arc<Self>, task: Erased) {
        if let Some(task) = task::push_own(Arc::as_ptr(self), task) {
            self.queues.push(task);
        }
        self.sleep.notify();
    }

    /// Whether this thread is one of the pool's.
    pub(super) fn is_own_thread(self: &Arc<Self>) -> bool {
        task::is_worker_of(Arc::as_ptr(self))
    }
}
