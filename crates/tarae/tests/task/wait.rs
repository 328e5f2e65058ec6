//! `wait`: the conditions, what comes back and in which order, and limits.

use std::collections::HashMap;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Shelf, hold, watched};
use tarae::prelude::*;

const SHORT: Duration = Duration::from_millis(1);

/// The values of tasks that are over, in the order of the tasks.
fn values<T>(tasks: Vec<Task<T>>) -> Vec<T> {
    tasks.into_iter().map(|task| task.result().unwrap()).collect()
}

/// F42: and both parts are empty.
#[test]
fn nothing_to_wait_for_is_over_at_once() {
    for when in [Wait::All, Wait::Any, Wait::AnyFailed] {
        let waited = wait(Vec::<Task<u32>>::new(), None, when);
        assert!(waited.done.is_empty() && waited.pending.is_empty());
    }
}

/// F39: in whatever way they ended.
#[test]
fn all_means_values_errors_and_cancelled_ones() {
    let shelf = Shelf::default();
    let tasks = [shelf.submit(|| 1), shelf.submit(|| panic!("two")), shelf.submit(|| 3)];
    assert!(tasks[2].cancel());
    (0..2).for_each(|_| shelf.run_next());
    let waited = wait(tasks, None, Wait::All);
    let states: Vec<_> = waited.done.iter().map(Task::state).collect();
    assert_eq!(states, [TaskState::Finished, TaskState::Finished, TaskState::Cancelled]);
    assert!(waited.pending.is_empty());
}

#[test]
fn the_order_given_is_kept_in_both_parts() {
    let shelf = Shelf::default();
    let tasks: Vec<_> = (0..6).map(|n| shelf.submit(move || n)).collect();
    let runnables: Vec<_> = (0..6).map(|_| shelf.take()).collect();
    for (n, runnable) in runnables.into_iter().enumerate().rev() {
        if n % 2 == 0 { runnable.run() } else { support::keep(runnable) }
    }
    let waited = wait(tasks, Duration::ZERO, Wait::All);
    assert_eq!(values(waited.done), [0, 2, 4]);
    assert_eq!(waited.pending.len(), 3);
}

/// F34: at once, with all of them.
#[test]
fn any_comes_back_with_all_that_are_over() {
    let shelf = Shelf::default();
    let tasks: Vec<_> = (0..4).map(|n| shelf.submit(move || n)).collect();
    (0..2).for_each(|_| shelf.run_next());
    let waited = wait(tasks, None, Wait::Any);
    assert_eq!(values(waited.done), [0, 1]);
    assert_eq!(waited.pending.len(), 2);
    (0..2).for_each(|_| shelf.run_next());
    assert_eq!(values(waited.pending), [2, 3]);
}

/// F33. DIFFERENCE: in Python a cancelled future is not done until a worker has seen it; here it is over.
#[test]
fn any_counts_a_cancelled_task() {
    let shelf = Shelf::default();
    let tasks = [shelf.submit(|| 1), shelf.submit(|| 2)];
    assert!(tasks[1].cancel());
    let waited = wait(&tasks, None, Wait::Any);
    assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));
    assert!(waited.done[0].is_cancelled());
    drop((shelf.take(), shelf.take()));
}

/// F35, F36, F37: one that fails meanwhile, one that is cancelled, one that had failed before.
#[test]
fn any_failed_waits_for_a_panic_and_a_cancelled_task_is_none() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let shelf = Shelf::default();
        let first = hold(&pool, 1);
        let failing = pool.submit(|| -> u32 { panic!("expected") });
        let (fine, never) = (shelf.submit(|| 1), shelf.submit(|| 2));
        let cancelled = shelf.submit(|| 3);
        shelf.run_next();
        assert!(cancelled.cancel());
        // Neither the value nor the cancelled one is enough.
        let waited = wait([&fine, &cancelled, &failing, &never], SHORT, Wait::AnyFailed);
        assert_eq!((waited.done.len(), waited.pending.len()), (2, 2));
        first.release();
        let waited = wait([&fine, &cancelled, &failing, &never], None, Wait::AnyFailed);
        assert_eq!((waited.done.len(), waited.pending.len()), (3, 1));
        // One that has failed before: at once.
        let waited = wait([&never, &failing], None, Wait::AnyFailed);
        assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));
    });
}

/// F38: nothing else ends the wait.
#[test]
fn any_failed_without_a_failure_is_all() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let tasks: Vec<_> = (0..10).map(|n| pool.submit(move || n)).collect();
        let waited = wait(tasks, None, Wait::AnyFailed);
        assert!(values(waited.done).into_iter().eq(0..10));
    });
}

/// F40: what is late goes on.
#[test]
fn a_limit_is_no_error_and_stops_nothing() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let ran = Count::default();
        let held = hold(&pool, 1);
        let count = ran.clone();
        let tasks = vec![Inline.submit(|| ()), pool.submit(move || count.add())];
        for limit in [Duration::ZERO, SHORT] {
            let waited = wait(&tasks, limit, Wait::All);
            assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));
        }
        assert_eq!(ran.get(), 0);
        held.release();
        assert_eq!(wait(tasks, None, Wait::All).done.len(), 2);
        assert_eq!(ran.get(), 1);
    });
}

/// F32. DIFFERENCE: Python puts a future that was given twice into `done` once; here each reference that was given comes back.
#[test]
fn a_task_given_twice_comes_back_twice() {
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    assert_eq!(wait([&task, &task], SHORT, Wait::All).pending.len(), 2);
    shelf.run_next();
    assert_eq!(wait([&task, &task, &task], None, Wait::All).done.len(), 3);
}

#[test]
fn keys_maps_boxes_and_references_come_back_as_they_were_given() {
    let tasks = HashMap::from([("a", Inline.submit(|| 1)), ("b", Inline.submit(|| 2))]);
    let mut done: Vec<(&str, i32)> = wait(tasks, None, Wait::All)
        .done
        .into_iter()
        .map(|(key, task)| (key, task.result().unwrap()))
        .collect();
    done.sort_unstable();
    assert_eq!(done, [("a", 1), ("b", 2)]);

    let (number, text) = (Inline.submit(|| 1), Inline.submit(|| "one"));
    let mixed: [&dyn tarae::task::Waitable; 2] = [&number, &text];
    assert_eq!(wait(mixed, None, Wait::All).done.len(), 2);
    let boxed = vec![Box::new(number)];
    assert_eq!(wait(boxed, None, Wait::All).done.len(), 1);
}

/// F41: a hundred tasks, four threads.
#[test]
fn many_that_end_at_once_on_several_threads_are_counted_once() {
    const ROUNDS: usize = if cfg!(miri) { 2 } else { 50 };
    const THREADS: usize = 4;
    const EACH: usize = if cfg!(miri) { 4 } else { 25 };
    watched(|| {
        for _ in 0..ROUNDS {
            let shelf = Shelf::default();
            let tasks: Vec<_> = (0..THREADS * EACH).map(|n| shelf.submit(move || n)).collect();
            let start = Arc::new(Barrier::new(THREADS + 1));
            let runners: Vec<_> = (0..THREADS)
                .map(|_| {
                    let (mine, start): (Vec<_>, _) =
                        ((0..EACH).map(|_| shelf.take()).collect(), start.clone());
                    thread::spawn(move || {
                        start.wait();
                        mine.into_iter().for_each(|runnable| runnable.run());
                    })
                })
                .collect();
            start.wait();
            let waited = wait(tasks, None, Wait::All);
            assert!(values(waited.done).into_iter().eq(0..THREADS * EACH));
            runners.into_iter().for_each(|runner| runner.join().unwrap());
        }
    });
}

#[test]
fn a_worker_that_waits_runs_what_nobody_has_begun() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let sum = pool.submit(move || {
            let tasks: Vec<_> = (0..5).map(|n| inner.submit(move || n)).collect();
            let any = wait(&tasks, None, Wait::Any);
            assert!(!any.done.is_empty());
            values(wait(tasks, None, Wait::All).done).into_iter().sum::<i32>()
        });
        assert_eq!(sum.result().unwrap(), 10);
    });
}

#[test]
fn one_task_is_waited_for_by_many_threads() {
    watched(|| {
        let shelf = Shelf::default();
        let task = shelf.submit(|| 1);
        let runnable = shelf.take();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(wait([&task], None, Wait::All).done.len(), 1));
                scope.spawn(|| assert!(task.wait_within(None)));
            }
            scope.spawn(move || runnable.run());
        });
        assert_eq!(task.result().unwrap(), 1);
    });
}
