//! Sleeping and waking: no submitted work is left while a worker sleeps.

use super::super::sleep::Sleep;
use crate::sync::model;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

/// A stand-in for the queues, which are steps enough of their own: how many tasks wait.
struct Pool {
    waiting: AtomicUsize,
    done: AtomicUsize,
    sleep: Sleep,
}

impl Pool {
    fn new() -> Arc<Self> {
        Arc::new(Pool { waiting: AtomicUsize::new(0), done: AtomicUsize::new(0), sleep: Sleep::new() })
    }

    fn submit(&self) {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        self.sleep.notify();
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
                self.done.fetch_add(1, Ordering::AcqRel);
                continue;
            }
            if self.done.load(Ordering::Acquire) == until {
                return;
            }
            looking = looking || self.sleep.start_looking();
            if self.sleep.is_over() {
                return;
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
