//! What a worker's thread does.

use super::counters::Tally;
use super::initializer::Initializer;
use super::queue::Own;
use super::shared::Shared;
use crate::sync::{Ordering, fence};
use crate::task::{self, Count, Erased, Others};
use std::sync::Arc;

/// A worker: its pool, and its own queues.
struct Worker {
    shared: Arc<Shared>,
    own: Own,
    tally: Arc<Tally>,
    #[cfg(feature = "tracing")]
    index: usize,
}

impl Count for Worker {
    #[inline(always)]
    fn ran(&self, panicked: bool) {
        self.tally.ran(panicked);
    }

    fn cancelled(&self) {
        self.shared.aside.cancelled();
    }

    fn lent(&self, task: Erased) -> Option<Erased> {
        self.shared.aside.lent(task)
    }
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
    fn submit(&self, task: Erased) {
        self.tally.submitted();
        self.own.push(task);
    }

    #[inline]
    fn push(&self, task: Erased) {
        self.own.push(task);
    }

    fn count_submitted(&self) {
        self.tally.submitted();
    }

    #[inline]
    fn pop(&self) -> Option<Erased> {
        self.own.pop()
    }

    fn put_back(&self, task: Erased) {
        self.own.push(task);
        self.shared.sleep.notify();
    }

    #[cfg(feature = "tracing")]
    fn seat(&self) -> Option<(&str, usize)> {
        Some((&self.shared.name, self.index))
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
pub(super) fn run(shared: Arc<Shared>, own: Own, index: usize, initializer: Option<Initializer>) {
    let _leaving = Leaving(shared.clone());
    let _showing = shared.shown[index].begin();
    let tally = shared.tallies[index].clone();
    let worker = Worker {
        shared,
        own,
        tally,
        #[cfg(feature = "tracing")]
        index,
    };
    task::work(&worker, Arc::as_ptr(&worker.shared), || {
        if let Some(Err(cause)) = initializer.map(|initializer| initializer.run(index)) {
            worker.shared.break_off(cause); // it goes on as a worker that ends what it finds
        }
        worker.run(index);
        // What was submitted while the pool ended, and nobody takes any more.
        fence(Ordering::SeqCst);
        worker.shared.sweep();
    });
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
                    if shared.ending.has_begun() && shared.ending.gives_up(&shared.sleep) {
                        shared.ending.give_up(task, &shared.aside);
                    } else {
                        task.run_counted(self);
                    }
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

/// Says that the worker has left, when it is dropped.
struct Leaving(Arc<Shared>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.ending.leave();
    }
}

/// Looks a few times; whether there is work.
fn look(shared: &Shared) -> bool {
    for turn in 0..LOOKS {
        if !shared.queues.is_empty() {
            return true;
        }
        if turn % 16 == 15 {
            std::thread::yield_now();
        } else {
            std::hint::spin_loop();
            std::hint::spin_loop();
        }
    }
    false
}
