//! A worker that runs what it waits for, while another steals from its queue.

use super::tracked::{Tracked, returned, seven};
use crate::cancel::Deadline;
use crate::sync::deque;
use crate::sync::model;
use crate::task::raw::count::Count;
use crate::task::raw::handle::Handle;
use crate::task::raw::runner::Erased;
use crate::task::raw::worker::{Others, Worker, work};
use crossbeam_deque::Steal;
use loom::thread;

/// A worker that has nothing but what its jobs submit.
struct Busy(deque::Worker<Erased>);

impl Worker for Busy {
    fn others(&self) -> Others {
        Others::Busy
    }

    fn submit(&self, task: Erased) {
        self.0.push(task);
    }

    fn count_submitted(&self) {}

    fn push(&self, task: Erased) {
        self.0.push(task);
    }

    fn pop(&self) -> Option<Erased> {
        self.0.pop()
    }

    fn put_back(&self, task: Erased) {
        self.push(task);
    }
}

impl Count for Busy {
    fn ran(&self, _: bool) {}

    fn cancelled(&self) {}

    fn lent(&self, task: Erased) -> Option<Erased> {
        Some(task)
    }
}

impl Busy {
    fn submit(&self) -> Handle<Tracked> {
        let (task, handle) = seven();
        self.push(task);
        handle
    }
}

/// A worker submits three tasks and does `f` with them, while another thread steals `stolen` of them and runs them. Then
/// the worker runs what is left.
fn against_thief(stolen: usize, f: fn([Handle<Tracked>; 3])) {
    model(3, 4, move || {
        let worker = Busy(deque::Worker::new_lifo());
        let handles = [worker.submit(), worker.submit(), worker.submit()];
        let stealer = worker.0.stealer();
        let thief = thread::spawn(move || {
            for _ in 0..stolen {
                if let Steal::Success(task) = stealer.steal() {
                    task.run();
                }
            }
        });
        work(&worker, &raw const worker, || f(handles));
        while let Some(task) = worker.pop() {
            task.run();
        }
        thief.join().unwrap();
    });
}

fn result(handle: Handle<Tracked>) {
    assert!(handle.wait(Deadline::NEVER));
    assert_eq!(returned(handle), 7);
}

#[test]
fn the_latest_is_run_once() {
    against_thief(2, |[first, second, third]| {
        result(third);
        drop((first, second));
    });
}

#[test]
fn the_first_is_run_once_and_the_later_ones_stay() {
    against_thief(2, |[first, second, third]| {
        result(first);
        result(second);
        result(third);
    });
}

#[test]
fn what_was_cancelled_is_passed_over() {
    against_thief(2, |[first, second, third]| {
        third.task().cancel();
        result(second);
        drop((first, third));
    });
}
