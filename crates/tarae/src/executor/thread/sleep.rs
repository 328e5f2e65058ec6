//! When workers sleep, and who wakes them.
//!
//! Nothing is lost: a worker counts itself among the sleepers, then looks once more, then sleeps; whoever submits pushes
//! first and then looks for sleepers. A full fence stands between the two steps of each, so at least one sees the other.
//! The same holds for `looking`: whoever clears it looks at the queues, or for sleepers, after that.
//!
//! Nobody is woken in vain: as long as one worker is looking for work, a submit wakes nobody, since that one will find
//! it, and wakes the next before it runs what it found if there is more.

use super::padded::Padded;
use crate::sync::{AtomicBool, AtomicUsize, Mutex, Ordering, fence, lock, thread};

/// The sleepers of a pool.
pub(super) struct Sleep {
    /// How many sleep, or have decided to: `sleepers.len()`. With ENDED: `end` was called. Changed under that lock.
    /// Padded, as `looking` is: submits do not wait for workers that count themselves.
    asleep: Padded<AtomicUsize>,
    /// Whether a worker that has run out of work is looking for more, or has been woken to.
    looking: Padded<AtomicBool>,
    sleepers: Mutex<Vec<Sleeper>>,
    /// Set when the pool ends: how many workers it has. `NOT_ENDED` before.
    ended: AtomicUsize,
    /// Set once: the pool has ended, all its workers were asleep and there was no work. Then there is nobody who could
    /// submit any. A worker that left before might be the one that what still runs waits for.
    over: AtomicBool,
    /// How many futures have not ended. As long as there is one, the pool is not over: it may be woken.
    held: AtomicUsize,
}

const NOT_ENDED: usize = usize::MAX;
/// Set once, in `asleep`, so that a submit looks at one word.
const ENDED: usize = 1 << (usize::BITS - 1);

struct Sleeper {
    worker: usize,
    thread: thread::Thread,
}

impl Sleep {
    pub(super) fn new() -> Self {
        Sleep {
            asleep: Padded(AtomicUsize::new(0)),
            looking: Padded(AtomicBool::new(false)),
            sleepers: Mutex::new(Vec::new()),
            ended: AtomicUsize::new(NOT_ENDED),
            over: AtomicBool::new(false),
            held: AtomicUsize::new(0),
        }
    }

    /// After a push: whether to call [`tell`](Self::tell), since a worker sleeps or the pool ends.
    #[inline(always)]
    pub(super) fn is_to_be_told(&self) -> bool {
        fence(Ordering::SeqCst);
        self.asleep.0.load(Ordering::Relaxed) > 0
    }

    /// Wakes a worker, if one sleeps and none is looking, unless `is_taken` says that there is no need. True if the pool
    /// ends: whoever has ended it may not have seen the push.
    #[cold]
    #[inline(never)]
    pub(super) fn tell(&self, is_taken: impl FnOnce(usize) -> bool) -> bool {
        let asleep = self.asleep.0.load(Ordering::Relaxed) & !ENDED;
        if asleep > 0 && !self.looking.0.load(Ordering::Relaxed) && !is_taken(asleep) {
            self.wake_one();
        }
        self.asleep.0.load(Ordering::Acquire) & ENDED != 0
    }

    /// After a push: wakes a worker, if one sleeps and none is looking.
    pub(super) fn notify(&self) {
        if self.is_to_be_told() {
            self.tell(|_| false);
        }
    }

    fn is_anyone_asleep(&self) -> bool {
        self.asleep.0.load(Ordering::Relaxed) & !ENDED > 0
    }

    /// The list has changed.
    fn count(&self, sleepers: &[Sleeper]) {
        let ended = self.asleep.0.load(Ordering::Relaxed) & ENDED;
        self.asleep.0.store(sleepers.len() | ended, Ordering::SeqCst);
    }

    fn wake_one(&self) {
        loop {
            if !self.start_looking() {
                return; // somebody else has begun to look, or has woken one
            }
            let sleeper = {
                let mut sleepers = lock(&self.sleepers);
                let sleeper = sleepers.pop();
                self.count(&sleepers);
                sleeper
            };
            if let Some(sleeper) = sleeper {
                return sleeper.thread.unpark(); // it takes over `looking`
            }
            self.looking.0.store(false, Ordering::SeqCst);
            // A submit meanwhile has counted on us, if a worker went to sleep meanwhile.
            fence(Ordering::SeqCst);
            if !self.is_anyone_asleep() {
                return;
            }
        }
    }

    /// Whether a worker has nothing to do.
    pub(super) fn is_anyone_idle(&self) -> bool {
        self.is_anyone_asleep() || self.looking.0.load(Ordering::Relaxed)
    }

    /// Whether the caller becomes the one that is looking, or that stands for one it is about to wake.
    pub(super) fn start_looking(&self) -> bool {
        self.looking.0.compare_exchange(false, true, Ordering::SeqCst, Ordering::Relaxed).is_ok()
    }

    /// The one that was looking has found work: the next may be woken for the rest of it.
    pub(super) fn found(&self, more: impl FnOnce() -> bool) {
        self.looking.0.store(false, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        if more() {
            self.notify();
        }
    }

    /// Sleeps until woken, unless `ready` says that there is work after all or the pool is over. True if the worker is the
    /// one that is looking after this.
    pub(super) fn sleep(&self, worker: usize, looking: bool, ready: impl Fn() -> bool) -> bool {
        {
            let mut sleepers = lock(&self.sleepers);
            sleepers.push(Sleeper { worker, thread: thread::current() });
            self.count(&sleepers);
        }
        if looking {
            self.looking.0.store(false, Ordering::SeqCst);
        }
        fence(Ordering::SeqCst);
        if ready() || self.is_over_now(&ready) {
            // Not on the list any more: someone has woken us, and counts on us to look. Still on it: those who submitted
            // while we were looking have counted on us, too, and there may be more than we take.
            return !self.leave(worker) || self.start_looking();
        }
        // An unpark that came early, or was meant for something else, lets us look at the list once in vain.
        while self.is_listed(worker) {
            if self.is_over() {
                return !self.leave(worker);
            }
            thread::park();
        }
        true
    }

    fn is_listed(&self, worker: usize) -> bool {
        lock(&self.sleepers).iter().any(|sleeper| sleeper.worker == worker)
    }

    /// Takes the worker off the list; whether it was on it.
    fn leave(&self, worker: usize) -> bool {
        let mut sleepers = lock(&self.sleepers);
        let found = sleepers.iter().position(|sleeper| sleeper.worker == worker);
        if let Some(index) = found {
            sleepers.remove(index);
            self.count(&sleepers);
        }
        found.is_some()
    }

    /// Ends the pool, of so many workers: they leave when all are asleep and there is no work. May be called again; the
    /// smallest number counts. A submit either pushes before `ready` and what the caller does next, or `tell` says so.
    pub(super) fn end(&self, workers: usize, ready: impl Fn() -> bool) {
        {
            let _sleepers = lock(&self.sleepers);
            // First, so that a submit that does not see it is seen by whoever finds the pool over.
            self.asleep.0.fetch_or(ENDED, Ordering::SeqCst);
            self.ended.fetch_min(workers, Ordering::SeqCst);
        }
        // With the fence in `sleep`: if we see work, whoever takes it sees that the pool has ended before it sleeps.
        fence(Ordering::SeqCst);
        self.is_over_now(ready);
    }

    /// A future is on its way. Whoever calls this asks after it whether the pool has begun to end, and if so, and it comes
    /// from outside, takes it back: whoever ends the pool sees the future, or is seen.
    pub(super) fn hold(&self) {
        self.held.fetch_add(1, Ordering::SeqCst);
        fence(Ordering::SeqCst);
    }

    /// A future has ended: it may have been the last that the end of the pool has waited for.
    pub(super) fn release(&self, ready: impl Fn() -> bool) {
        self.held.fetch_sub(1, Ordering::SeqCst);
        // Who goes to sleep last counts itself before it looks at `held`.
        fence(Ordering::SeqCst);
        if self.asleep.0.load(Ordering::SeqCst) & ENDED != 0 {
            self.is_over_now(ready);
        }
    }

    /// How many futures have not ended.
    pub(super) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Whether workers are to leave.
    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Whether they are, if this is the moment: then tells them.
    fn is_over_now(&self, ready: impl Fn() -> bool) -> bool {
        let sleepers: Vec<thread::Thread> = {
            let sleepers = lock(&self.sleepers);
            if self.is_over() {
                return true;
            }
            // While all are on the list, none takes or moves work: `ready` sees all that was submitted before the end.
            // If there is some, one on the list has seen it, or is about to, or whoever submitted it is about to wake one.
            let holding = self.held.load(Ordering::SeqCst) > 0;
            if sleepers.len() < self.ended.load(Ordering::SeqCst) || holding || ready() {
                return false;
            }
            self.over.store(true, Ordering::SeqCst);
            sleepers.iter().map(|sleeper| sleeper.thread.clone()).collect()
        };
        for thread in sleepers {
            thread.unpark();
        }
        true
    }
}
