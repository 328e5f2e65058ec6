//! Handle and runner of one task on two threads: whoever is last cleans up, in every order. Small, for many seeds of
//! Miri; no pool, so that nothing but tarae's own memory is watched.

use std::sync::Arc;
use std::task::Waker;
use std::thread;

use crate::support::{Count, OnDrop, Wakes, poll};
use tarae::executor::Ticket;
use tarae::prelude::*;

const ROUNDS: usize = if cfg!(miri) { 4 } else { 5_000 };

fn task(runs: &Count, drops: &Count) -> (Ticket<impl FnOnce() -> OnDrop + Send + 'static>, Task<OnDrop>) {
    let (runs, capture, result) = (runs.clone(), drops.on_drop(), drops.clone());
    Ticket::new(Options::new(), move || {
        let _capture = capture;
        runs.add();
        result.on_drop()
    })
}

/// One thread runs the task, the other does `then` with its handle; in the end nothing is left.
fn race(then: impl Fn(Task<OnDrop>)) {
    for round in 0..ROUNDS {
        let (runs, drops) = (Count::default(), Count::default());
        let (ticket, task) = task(&runs, &drops);
        let runner = thread::spawn(move || match round % 3 {
            0 => ticket.run(),
            1 => ticket.into_runnable().run(),
            _ => drop(ticket.into_runnable()),
        });
        then(task);
        runner.join().unwrap();
        assert!(runs.get() <= 1);
        assert_eq!(drops.get(), 1 + runs.get(), "the capture, and the result if it ran");
    }
}

#[test]
fn result_while_it_runs() {
    race(|task| drop(task.result()));
}

#[test]
fn looking_while_it_runs() {
    race(|task| {
        while !task.is_finished() {
            thread::yield_now();
        }
        drop(task.result());
    });
}

#[test]
fn drop_while_it_runs() {
    race(drop);
}

#[test]
fn cancel_while_it_runs() {
    race(|task| {
        let cancelled = task.cancel();
        let state = task.state();
        assert_eq!(cancelled, state == TaskState::Cancelled);
        drop(task);
    });
}

#[test]
fn callback_while_it_runs() {
    race(|task| {
        let told = task.on_done(|answer| answer.is_ok());
        let _either = told.result();
    });
    race(|task| task.on_done(drop).detach());
    race(|task| {
        task.on_done(drop).cancel();
    });
}

#[test]
fn wait_while_it_runs() {
    race(|task| {
        let waited = wait([&task, &task], None, Wait::All);
        assert_eq!(waited.done.len(), 2);
        assert!(as_completed([task]).next().is_some());
    });
    race(|task| drop(as_completed([&task, &task])));
    race(|task| drop(as_completed([task])));
}

#[test]
fn await_while_it_runs() {
    race(|mut task| {
        let (wakes, waker): (Arc<Wakes>, Waker) = Wakes::new();
        while poll(&mut task, &waker).is_pending() {
            thread::yield_now();
        }
        assert!(wakes.get() <= 1);
    });
    race(|mut task| {
        let (_, waker) = Wakes::new();
        let _ready = poll(&mut task, &waker);
    });
}

#[test]
fn several_threads_wait_for_one_task() {
    for _ in 0..ROUNDS {
        let (runs, drops) = (Count::default(), Count::default());
        let (ticket, task) = task_of_a_number(&runs, &drops);
        thread::scope(|scope| {
            scope.spawn(|| assert!(task.wait_within(None)));
            scope.spawn(|| assert_eq!(as_completed([&task]).count(), 1));
            scope.spawn(move || ticket.run());
            let _cancelled = task.cancel();
        });
        assert_eq!(task.result().is_ok(), runs.get() == 1);
        assert_eq!(drops.get(), 1);
    }
}

fn task_of_a_number(runs: &Count, drops: &Count) -> (Ticket<impl FnOnce() -> u32 + Send>, Task<u32>) {
    let (runs, capture) = (runs.clone(), drops.on_drop());
    Ticket::new(Options::new(), move || {
        let _capture = capture;
        runs.add();
        7
    })
}

#[test]
fn abort_while_it_asks_for_its_token() {
    for _ in 0..ROUNDS {
        let (ticket, task) = Ticket::new(Options::new(), || {
            let token = CancelToken::current();
            while token.checkpoint().is_ok() {
                thread::yield_now();
            }
        });
        let runner = thread::spawn(|| ticket.run());
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
        runner.join().unwrap();
    }
}
