//! How many tasks a pool was given, and what became of them.
//!
//! A task pays two additions for it, each to a number that nobody else writes meanwhile: what comes from outside is counted
//! under the lock of its queue, what a job submits and what a worker runs by that worker. What seldom happens is counted
//! [`Aside`], by whoever sees it. Nothing else is kept: what runs is what is neither queued nor over.

use super::ThreadPool;
use super::shared::Shared;
use crate::sync::{AtomicUsize, Mutex, Ordering, lock};
use crate::task::{Count, Erased};

/// How many tasks a pool was given, and what became of them: what [`ThreadPool::counters`] gives.
///
/// `submitted == queued + running + done + panicked + cancelled`, and when the pool has nothing to do,
/// `queued` and `running` are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Taken, ever. What is refused because the pool ends is not.
    pub submitted: u64,
    /// Not taken out of a queue yet. One that was cancelled, or that somebody who waits for it runs, is among them until a
    /// worker has come across it; and so is the half of a join that nobody has taken.
    pub queued: u64,
    /// On a thread, or on their way there.
    pub running: u64,
    /// Ended with a value.
    pub done: u64,
    /// Ended with a panic.
    pub panicked: u64,
    /// Ended without an answer: cancelled or out of time before they began, stopped as they were asked to, or given up
    /// since the pool ended.
    pub cancelled: u64,
}

impl ThreadPool {
    /// How many tasks it was given, and what became of them.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let tasks: Vec<Task<u64>> = (1..=3).map(|n| pool.submit(move || n)).collect();
    /// tasks.into_iter().try_for_each(|task| task.result().map(drop))?;
    /// let counters = pool.counters();
    /// assert_eq!((counters.submitted, counters.done, counters.running), (3, 3, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # How exact
    /// When nothing moves, exact. While tasks come and go it is a snapshot without a lock: each number was right a moment
    /// ago, and they are made to fit together. A task that runs on a worker is counted before its result can be seen: who has
    /// the result finds it counted. (Not so a scope's tasks and futures: see below.)
    ///
    /// # Who counts
    /// The pool that a task was submitted to, whoever runs it. One that was cancelled in the queue, or that another pool's
    /// worker or a job that waits for it has run from there, is counted when a worker comes across what is left in the
    /// queue. The second half of a [`join`](Self::join) counts only if another worker takes it. A callback runs with the task
    /// that it follows, and is not counted.
    ///
    /// A [scope](Self::scope) counts the times that it asks the pool for a thread: at most once a task, less often if tasks are
    /// over before that. Each is done when that thread is, whatever became of the task, which may have panicked; and it may
    /// come when the scope is over.
    ///
    /// A future counts by its turns: each that is queued, the first one and then one for however many wakes, is a task, done when
    /// it is over, whether the future was pending, ready or panicked, or had been polled by who waits for it. What pools give up
    /// is cancelled: the turn; a future that waits has none. The future's result may be seen before its last turn is counted.
    ///
    /// # Cost
    /// Reads a few numbers a worker. A task pays two additions.
    pub fn counters(&self) -> Counters {
        self.shared.counters()
    }
}

/// What one worker has counted. Written by it alone, so that an addition is no read-modify-write. On cache lines of its own.
#[repr(align(128))]
pub(super) struct Tally {
    submitted: AtomicUsize,
    /// Those that did not panic, and those that did.
    ran: [AtomicUsize; 2],
}

/// One more, in a number that only the caller writes. Seen with all that was counted before it.
#[inline(always)]
fn count(number: &AtomicUsize) {
    number.store(number.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
}

impl Tally {
    pub(super) fn new() -> Self {
        Tally { submitted: AtomicUsize::new(0), ran: [0, 0].map(AtomicUsize::new) }
    }

    #[inline(always)]
    pub(super) fn submitted(&self) {
        count(&self.submitted);
    }

    #[inline(always)]
    pub(super) fn ran(&self, panicked: bool) {
        count(&self.ran[usize::from(panicked)]);
    }
}

/// What is counted by any thread.
pub(super) struct Aside {
    ran: [AtomicUsize; 2],
    cancelled: AtomicUsize,
    /// Taken out of a queue while somebody who waits for them ran them. Looked at again when the next one comes, and when
    /// somebody asks: there are no more than have run at one time.
    lent: Mutex<Vec<Erased>>,
}

impl Count for Aside {
    fn ran(&self, panicked: bool) {
        self.ran[usize::from(panicked)].fetch_add(1, Ordering::Release);
    }

    fn cancelled(&self) {
        self.cancelled.fetch_add(1, Ordering::Release);
    }

    fn lent(&self, task: Erased) -> Option<Erased> {
        self.count_lent();
        lock(&self.lent).push(task);
        None
    }
}

impl Aside {
    pub(super) fn new() -> Self {
        let [panicked, done, cancelled] = [0, 0, 0].map(AtomicUsize::new);
        Aside { ran: [done, panicked], cancelled, lent: Mutex::new(Vec::new()) }
    }

    /// Counts those that were lent and are over. One by one, which needs no memory: mostly there is one.
    fn count_lent(&self) {
        while let Some(task) = self.take_over() {
            task.run_counted(self);
        }
    }

    /// One that was lent and is over.
    fn take_over(&self) -> Option<Erased> {
        let mut lent = lock(&self.lent);
        let place = lent.iter().position(Erased::is_settled)?;
        Some(lent.swap_remove(place))
    }
}

/// How often to look again if something has moved meanwhile.
const LOOKS: u32 = 8;

impl Shared {
    fn counters(&self) -> Counters {
        self.aside.count_lent();
        let mut before = self.look();
        for _ in 0..LOOKS {
            let counters = self.look();
            if counters == before {
                break;
            }
            before = counters;
        }
        before
    }

    /// What is over first and what came last: none is over that has not come.
    fn look(&self) -> Counters {
        let read = |number: &AtomicUsize| number.load(Ordering::Acquire) as u64;
        let ran = |panicked: usize| {
            let workers = self.tallies.iter().map(|worker| read(&worker.ran[panicked]));
            workers.sum::<u64>() + read(&self.aside.ran[panicked])
        };
        let (done, panicked, cancelled) = (ran(0), ran(1), read(&self.aside.cancelled));
        let queued = self.queues.len() as u64;
        let own = self.tallies.iter().map(|worker| read(&worker.submitted));
        let submitted = self.queues.pushed() as u64 + own.sum::<u64>();
        let over = done + panicked + cancelled;
        // The half of a join that was taken counts as submitted when its other half is over.
        let submitted = submitted.max(over);
        let queued = queued.min(submitted - over);
        let running = submitted - over - queued;
        Counters { submitted, queued, running, done, panicked, cancelled }
    }
}
