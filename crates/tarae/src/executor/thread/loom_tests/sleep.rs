//! Sleeping, waking and ending in every order of steps: no submitted work is left while a worker sleeps, nor when the last
//! one has left.

use super::super::ending::Ending;
use super::super::sleep::Sleep;
use crate::executor::Shutdown;
use crate::sync::model;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering, fence};
use loom::thread;

/// A stand-in for the queues, which are steps enough of their own: how many tasks wait.
struct Pool {
    waiting: AtomicUsize,
    done: AtomicUsize,
    given_up: AtomicUsize,
    sleep: Sleep,
    ending: Ending,
}

impl Pool {
    fn new() -> Arc<Self> {
        let [waiting, done, given_up] = [(); 3].map(|()| AtomicUsize::new(0));
        Arc::new(Pool { waiting, done, given_up, sleep: Sleep::new(), ending: Ending::new() })
    }

    /// `Shared::push` from outside.
    fn submit(&self) {
        if self.ending.has_begun() && self.ending.refuses(true) {
            self.given_up.fetch_add(1, Ordering::AcqRel);
            return;
        }
        self.waiting.fetch_add(1, Ordering::AcqRel);
        if self.sleep.is_to_be_told() && self.sleep.tell(|_| false) && self.ending.gives_up(&self.sleep) {
            self.sweep();
        }
    }

    /// `Shared::end`.
    fn end(&self, how: Shutdown, workers: usize) {
        self.ending.begin(how);
        self.sleep.end(workers, || self.has_work());
        if how > Shutdown::Finish {
            self.sweep();
        }
    }

    fn sweep(&self) {
        while self.take() {
            self.given_up.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// How many were done and given up, when all threads have left: none waits.
    fn ended(&self) -> (usize, usize) {
        assert_eq!(self.waiting.load(Ordering::Acquire), 0, "a task is left pending");
        (self.done.load(Ordering::Acquire), self.given_up.load(Ordering::Acquire))
    }

    fn has_work(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }

    fn take(&self) -> bool {
        self.waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_sub(1)).is_ok()
    }

    /// The loop of `worker::run`, until so many tasks are done: if one is left while the worker sleeps, nobody wakes it.
    fn work(&self, index: usize, until: usize) {
        let mut looking = false;
        loop {
            if self.take() {
                if std::mem::take(&mut looking) {
                    self.sleep.found(|| self.has_work());
                }
                let gives_up = self.ending.has_begun() && self.ending.gives_up(&self.sleep);
                let count = if gives_up { &self.given_up } else { &self.done };
                count.fetch_add(1, Ordering::AcqRel);
                continue;
            }
            if self.done.load(Ordering::Acquire) == until {
                return;
            }
            looking = looking || self.sleep.start_looking();
            if self.sleep.is_over() {
                fence(Ordering::SeqCst);
                return self.sweep();
            }
            looking = self.sleep.sleep(index, looking, || self.has_work());
        }
    }
}

#[test]
fn a_sleeping_worker_is_woken_for_what_is_submitted() {
    model(2, 3, || {
        let pool = Pool::new();
        let worker = thread::spawn({
            let pool = pool.clone();
            move || pool.work(0, usize::MAX)
        });
        pool.submit();
        pool.submit();
        pool.sleep.end(1, || pool.has_work());
        worker.join().unwrap();
        assert_eq!(pool.done.load(Ordering::Acquire), 2);
    });
}

#[test]
fn work_submitted_before_the_end_is_done_without_it() {
    model(2, 3, || {
        let pool = Pool::new();
        let worker = thread::spawn({
            let pool = pool.clone();
            move || pool.work(0, usize::MAX)
        });
        pool.submit();
        // Nobody ends the pool until the work is done: a lost wake-up would be a deadlock here.
        while pool.done.load(Ordering::Acquire) < 1 {
            thread::yield_now();
        }
        pool.sleep.end(1, || pool.has_work());
        worker.join().unwrap();
    });
}

#[test]
fn two_workers_do_all_that_two_submit() {
    model(1, 2, || {
        let pool = Pool::new();
        let workers = [0, 1].map(|index| {
            let pool = pool.clone();
            thread::spawn(move || pool.work(index, usize::MAX))
        });
        pool.submit();
        pool.submit();
        while pool.done.load(Ordering::Acquire) < 2 {
            thread::yield_now();
        }
        pool.sleep.end(2, || pool.has_work());
        for worker in workers {
            worker.join().unwrap();
        }
    });
}

/// Both may be on the list of sleepers for a moment while there is work, since each looks only after it has put itself
/// there.
#[test]
fn the_pool_is_not_over_while_there_is_work() {
    model(2, 3, || {
        let pool = Pool::new();
        let workers = [0, 1].map(|index| {
            let pool = pool.clone();
            thread::spawn(move || pool.work(index, usize::MAX))
        });
        pool.submit();
        pool.end(Shutdown::Finish, 2);
        for worker in workers {
            worker.join().unwrap();
        }
        assert_eq!(pool.ended(), (1, 0));
    });
}

/// One worker, one submit from another thread, and the end from this one. What was submitted before runs if it is to.
fn submit_against(preemptions: usize, in_full: usize, before: usize, how: Shutdown) {
    model(preemptions, in_full, move || {
        let pool = Pool::new();
        for _ in 0..before {
            pool.submit();
        }
        let worker = thread::spawn({
            let pool = pool.clone();
            move || pool.work(0, usize::MAX)
        });
        let submitter = thread::spawn({
            let pool = pool.clone();
            move || pool.submit()
        });
        pool.end(how, 1);
        submitter.join().unwrap();
        worker.join().unwrap();
        let (done, given_up) = pool.ended();
        assert_eq!(done + given_up, before + 1);
        assert!(how > Shutdown::Finish || done >= before);
    });
}

#[test]
fn a_submit_while_the_pool_finishes_is_done_or_refused() {
    submit_against(2, 3, 0, Shutdown::Finish);
}

#[test]
fn what_was_queued_before_the_pool_finishes_is_done() {
    submit_against(1, 2, 1, Shutdown::Finish);
}

#[test]
fn a_submit_while_the_pool_cancels_is_done_or_refused() {
    submit_against(2, 3, 0, Shutdown::CancelPending);
}

#[test]
fn two_ends_at_once_leave_nothing() {
    model(1, 2, || {
        let pool = Pool::new();
        let worker = thread::spawn({
            let pool = pool.clone();
            move || pool.work(0, usize::MAX)
        });
        let other = thread::spawn({
            let pool = pool.clone();
            move || {
                pool.submit();
                pool.end(Shutdown::Finish, 1);
            }
        });
        pool.end(Shutdown::CancelPending, 1);
        other.join().unwrap();
        worker.join().unwrap();
        let (done, given_up) = pool.ended();
        assert_eq!(done + given_up, 1);
    });
}

/// Two submits at once: one may find nobody to wake and be about to say so while the other counts on it.
#[test]
fn one_worker_does_what_two_threads_submit_at_once() {
    model(2, 3, || {
        let pool = Pool::new();
        let other = thread::spawn({
            let pool = pool.clone();
            move || pool.submit()
        });
        let worker = thread::spawn({
            let pool = pool.clone();
            move || pool.work(0, 2)
        });
        pool.submit();
        other.join().unwrap();
        worker.join().unwrap();
    });
}

/// A future that is spawned and ended by another thread while the pool ends.
#[test]
fn a_pool_is_not_over_before_its_futures_are() {
    model(2, 3, || {
        let pool = Pool::new();
        let worker = {
            let pool = pool.clone();
            thread::spawn(move || pool.work(0, usize::MAX))
        };
        let spawner = {
            let pool = pool.clone();
            thread::spawn(move || {
                // `ThreadPool::spawn_with`, a turn, and the end of the future outside the pool.
                pool.sleep.hold();
                if !(pool.ending.has_begun() && pool.ending.refuses(true)) {
                    pool.waiting.fetch_add(1, Ordering::AcqRel);
                    if pool.sleep.is_to_be_told() {
                        pool.sleep.tell(|_| false);
                    }
                    assert!(!pool.sleep.is_over(), "over with a future on its way");
                }
                pool.sleep.release(|| pool.has_work());
            })
        };
        pool.end(Shutdown::Finish, 1);
        spawner.join().unwrap();
        worker.join().unwrap();
        pool.ended();
    });
}
