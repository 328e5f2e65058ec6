//! A callback may end a task that is followed by the next: chains of any length end without overflowing the stack.

use std::sync::mpsc::channel;
use tarae::prelude::*;

#[test]
fn a_long_chain_of_callbacks_ends_on_a_small_stack() {
    let length = if cfg!(miri) { 300 } else { 100_000 };
    let pool = ThreadPool::builder().workers(1).stack_size(256 << 10).build().unwrap();
    let (open, gate) = channel::<()>();
    let first = pool.submit(move || gate.recv().map_or(0, |()| 1));
    let mut last = first;
    for _ in 1..length {
        last = last.on_done(|n| n.map_or(0, |n| n + 1));
    }
    open.send(()).unwrap();
    assert_eq!(last.result().unwrap(), length);
}

#[test]
fn a_chain_after_a_task_that_is_over_runs_here() {
    let mut last = Inline.submit(|| 0);
    for n in 0..1000 {
        last = last.on_done(|n| n.unwrap() + 1);
        assert!(last.is_finished(), "the {n}th");
    }
    assert_eq!(last.result().unwrap(), 1000);
}
