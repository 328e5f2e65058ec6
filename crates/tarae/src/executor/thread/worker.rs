//! What a worker's thread does.

use super::counters::{Aside, Tally};
use super::ending::Ending;
use super::initializer::Initializer;
use super::queue::{Own, Queues};
use super::sleep::Sleep;
use crate::cancel::CancelToken;
use crate::sync::{Ordering, fence};
use crate::task::{self, Count, Erased, Others, Shown};
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

/// How often a submit looks whether its task is taken before it wakes a worker: a fraction of what that takes.
const MOMENT: u32 = if cfg!(any(miri, loom)) { 1 } else { 8 };

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
