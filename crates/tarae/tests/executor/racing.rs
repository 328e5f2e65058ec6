//! Several tasks, of which one ends first: a worker that waits for it must not be bound to another.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use tarae::prelude::*;

/// Far longer than any of this takes.
const DEADLINE: Duration = Duration::from_secs(60);

fn endless() -> u64 {
    (0u64..).cancellable(&CancelToken::current()).count() as u64
}

/// A job that races an endless task against a quick one; whether the quick one won.
fn race(pool: &Arc<ThreadPool>) -> Task<bool> {
    let inner = pool.clone();
    pool.submit(move || {
        let tasks = [inner.submit(endless), inner.submit(|| 7)];
        let waited = wait(tasks, None, Wait::Any);
        for task in waited.pending {
            task.abort();
            assert!(task.result().unwrap_err().is_cancelled());
        }
        waited.done.into_iter().any(|task| task.result().ok() == Some(7))
    })
}

#[test]
fn the_first_to_end_is_seen_while_another_never_ends() {
    let pool = Arc::new(ThreadPool::new(3).unwrap());
    for _ in 0..if cfg!(miri) { 2 } else { 20 } {
        let won = race(&pool).result_within(DEADLINE).expect("the quick task ends the wait");
        assert!(won.unwrap());
    }
}

/// With no idle worker the one that waits must run what it waits for: nobody else would.
#[test]
fn a_set_is_run_by_the_one_worker_that_waits_for_it() {
    let pool = Arc::new(ThreadPool::new(1).unwrap());
    let inner = pool.clone();
    let sum = pool.submit(move || {
        let tasks = [1, 2, 3].map(|n| inner.submit(move || n));
        as_completed(tasks).map(|task| task.result().unwrap()).sum::<u32>()
    });
    assert_eq!(sum.result_within(DEADLINE).expect("no deadlock").unwrap(), 6);
}

/// What an idle worker takes may wait in turn: the first must run the rest then, though somebody was idle when it looked.
#[test]
fn an_idle_worker_that_begins_to_wait_leaves_nobody_stuck() {
    let pool = Arc::new(ThreadPool::new(2).unwrap());
    for _ in 0..if cfg!(miri) { 2 } else { 200 } {
        let inner = pool.clone();
        let (open, gate) = channel::<()>();
        let outer = pool.submit(move || {
            let waits = inner.submit(move || gate.recv().is_ok());
            let opens = inner.submit(move || open.send(()).is_ok());
            as_completed([waits, opens]).all(|task| task.result().unwrap())
        });
        assert!(outer.result_within(DEADLINE).expect("no deadlock").unwrap());
    }
}
