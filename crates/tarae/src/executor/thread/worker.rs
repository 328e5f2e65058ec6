//! What a worker's thread does.

use super::ending::Ending;
use super::initializer::Initializer;
use super::queue::{Own, Queues};
use super::sleep::Sleep;
use crate::sync::{Ordering, fence};
use crate::task::{Erased, Others, Shown, become_worker};
use std::cell::RefCell;
use std::sync::Arc;

/// What a pool and its workers share.
pub(super) struct Shared {
    pub(super) queues: Queues,
    pub(super) sleep: Sleep,
    pub(super) ending: Ending,
    /// What runs on each worker.
    pub(super) shown: Vec<Arc<Shown>>,
}

thread_local! {
    /// The worker that this thread is.
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// A worker: its pool, and its own queues.
struct Worker {
    shared: Arc<Shared>,
    own: Own,
}

/// How often the one that is looking looks before it sleeps: a few microseconds, about what a sleep costs.
const LOOKS: u32 = if cfg!(miri) { 2 } else { 32 };

/// Runs tasks until the pool has ended, nothing is left and nobody runs anything.
pub(super) fn run(shared: Arc<Shared>, own: Own, index: usize, initializer: Option<Initializer>) {
    let _leaving = Leaving(shared.clone());
    let _showing = shared.shown[index].begin();
    become_worker({
        let shared = shared.clone();
        move || match (shared.queues.workers(), shared.sleep.is_anyone_idle()) {
            (1, _) => Others::None,
            (_, true) => Others::Idle,
            (_, false) => Others::Busy,
        }
    });
    WORKER.set(Some(Worker { shared: shared.clone(), own }));
    if let Some(Err(cause)) = initializer.map(|initializer| initializer.run(index)) {
        shared.break_off(cause); // it goes on as a worker that cancels what it finds
    }
    let mut looking = false;
    loop {
        // Nothing is borrowed while a task runs: its job may submit.
        match WORKER.with_borrow(|worker| worker.as_ref().and_then(Worker::next)) {
            Some(task) => {
                if std::mem::take(&mut looking) {
                    shared.sleep.found(|| !shared.queues.is_empty());
                }
                if shared.ending.has_begun() && shared.ending.gives_up(&shared.sleep) {
                    shared.ending.give_up(task);
                } else {
                    task.run();
                }
            }
            None => {
                looking = looking || shared.sleep.start_looking();
                if looking && look(&shared) {
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
    // What was submitted while the pool ended, and nobody takes any more.
    fence(Ordering::SeqCst);
    shared.sweep();
    WORKER.take();
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

impl Worker {
    #[inline]
    fn next(&self) -> Option<Erased> {
        self.own.next(&self.shared.queues, || self.shared.sleep.notify())
    }
}

impl Shared {
    pub(super) fn new(queues: Queues) -> Self {
        let shown = (0..queues.workers()).map(|_| Arc::new(Shown::new())).collect();
        Shared { queues, sleep: Sleep::new(), ending: Ending::new(), shown }
    }

    /// Takes a task from any thread.
    #[inline]
    pub(super) fn push(self: &Arc<Self>, task: Erased) {
        if self.ending.has_begun() && self.ending.refuses(!self.is_own_thread()) {
            return self.ending.refuse(task);
        }
        let mut task = Some(task);
        // A thread that ends may still submit, by a destructor of its own: it is no worker then.
        let _ = WORKER.try_with(|worker| {
            if let Some(worker) = &*worker.borrow()
                && Arc::ptr_eq(&worker.shared, self)
            {
                task.take().into_iter().for_each(|task| worker.own.push(task));
            }
        });
        if let Some(task) = task {
            self.queues.push(task);
        }
        if self.sleep.is_to_be_told() {
            self.tell();
        }
    }

    #[cold]
    #[inline(never)]
    fn tell(&self) {
        if self.sleep.tell() && self.ending.gives_up(&self.sleep) {
            self.sweep();
        }
    }

    /// Whether this thread is one of the pool's.
    pub(super) fn is_own_thread(self: &Arc<Self>) -> bool {
        let is_ours = |worker: &Worker| Arc::ptr_eq(&worker.shared, self);
        WORKER.try_with(|worker| worker.borrow().as_ref().is_some_and(is_ours)).unwrap_or(false)
    }
}
