//! A whole small pool, its queues and all: what is submitted is run, whoever waits for what, and then the pool ends. A lost
//! wake-up is a deadlock here, which loom reports. With two workers, more than one preemption is more steps than loom
//! takes, or hours.

use super::super::queue::Queues;
use super::super::shared::Shared;
use super::super::worker;
use crate::executor::{Options, Shutdown, Ticket};
use crate::sync::model;
use crate::task::{Task, promise};
use loom::thread::{self, JoinHandle};
use std::sync::Arc;

/// What `ThreadPool` is, on loom's threads.
struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Pool {
    fn new(workers: usize) -> Self {
        let (queues, own) = Queues::new(workers);
        let shared = Arc::new(Shared::new(
            queues,
            #[cfg(feature = "tracing")]
            String::new(),
        ));
        let threads = own
            .into_iter()
            .enumerate()
            .map(|(index, own)| {
                let shared = shared.clone();
                thread::spawn(move || worker::run(shared, own, index, None))
            })
            .collect();
        Pool { shared, threads }
    }

    fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Task<T> {
        submit(&self.shared, job)
    }

    /// The end of `ThreadPool::drop`.
    fn end(self) {
        self.shared.end(Shutdown::Finish, self.threads.len());
        for thread in self.threads {
            thread.join().unwrap();
        }
        assert!(self.shared.queues.is_empty());
    }
}

fn submit<T: Send + 'static>(shared: &Arc<Shared>, job: impl FnOnce() -> T + Send + 'static) -> Task<T> {
    let (ticket, task) = Ticket::new(Options::new(), job);
    shared.push(ticket.into_runnable().0);
    task
}

#[test]
fn one_worker_runs_what_comes_from_outside() {
    model(2, 3, || {
        let pool = Pool::new(1);
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
        assert_eq!(pool.submit(|| 2).result().unwrap(), 2);
        pool.end();
    });
}

#[test]
fn what_is_queued_is_run_before_the_end() {
    model(2, 3, || {
        let pool = Pool::new(1);
        let tasks = [1, 2].map(|n| pool.submit(move || n));
        pool.end();
        assert_eq!(tasks.map(|task| task.result().unwrap()), [1, 2]);
    });
}

#[test]
fn one_worker_runs_what_its_own_job_waits_for() {
    model(2, 3, || {
        let pool = Pool::new(1);
        let inside = pool.shared.clone();
        let outer = pool.submit(move || submit(&inside, || 1).result().unwrap() + 1);
        assert_eq!(outer.result().unwrap(), 2);
        pool.end();
    });
}

#[test]
fn two_workers_run_what_a_job_submits_and_waits_for() {
    model(1, 1, || {
        let pool = Pool::new(2);
        let inside = pool.shared.clone();
        let outer = pool.submit(move || {
            let tasks = [1, 2].map(|n| submit(&inside, move || n));
            tasks.into_iter().map(|task| task.result().unwrap()).sum::<i32>()
        });
        assert_eq!(outer.result().unwrap(), 3);
        pool.end();
    });
}

/// The worker takes its latest submit out of its queue for a moment, to see whether it is the one that it is about to
/// run. It is not, and goes back; if the other worker went to sleep in that moment, it must be woken.
#[test]
fn what_a_waiting_worker_puts_back_is_run_by_the_other() {
    model(1, 1, || {
        let pool = Pool::new(2);
        let inside = pool.shared.clone();
        let outer = pool.submit(move || {
            let (answer, answered) = promise();
            let first = submit(&inside, || 1);
            let second = submit(&inside, move || answer.complete(2).unwrap());
            let sum = first.result().unwrap() + answered.result().unwrap(); // which runs nothing here
            second.result().unwrap();
            sum
        });
        assert_eq!(outer.result().unwrap(), 3);
        pool.end();
    });
}

#[test]
fn two_from_outside_submit_to_two_workers() {
    model(1, 1, || {
        let pool = Pool::new(2);
        let other = thread::spawn({
            let shared = pool.shared.clone();
            move || submit(&shared, || 1).result().unwrap()
        });
        let sum = pool.submit(|| 2).result().unwrap() + other.join().unwrap();
        assert_eq!(sum, 3);
        pool.end();
    });
}
