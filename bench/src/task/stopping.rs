//! How long a loop goes on after it was asked to stop.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use tarae::prelude::*;

/// The median time from `abort` to the end of a `cancellable` loop, taken where the loop ends: how long it takes until
/// somebody hears of it is not in it.
pub fn median_latency() -> Duration {
    const ROUNDS: usize = 501;
    let pool = ThreadPool::new(2).unwrap();
    let mut latencies: Vec<Duration> = (0..ROUNDS).map(|_| latency(&pool)).collect();
    latencies.sort();
    latencies[ROUNDS / 2]
}

fn latency(pool: &ThreadPool) -> Duration {
    let (begun, has_begun) = channel();
    let (ended, has_ended) = channel();
    let task = pool.submit(move || {
        let token = CancelToken::current();
        begun.send(()).unwrap();
        let count = (0u64..).map(std::hint::black_box).cancellable(&token).count();
        ended.send(Instant::now()).unwrap();
        count
    });
    has_begun.recv().unwrap();
    let asked = Instant::now();
    task.abort();
    let latency = has_ended.recv().unwrap().saturating_duration_since(asked);
    assert!(task.result().unwrap_err().is_cancelled());
    latency
}
