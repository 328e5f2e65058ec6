//! Many tasks of which one ends at each step, and whoever waits for any of them is told.
//!
//! A worker runs the tasks, each of which waits for a permit; a step gives one and waits for what ends. Submitting them
//! and making the set are not timed.

use super::Rows;
use crossbeam_channel::{Receiver, unbounded};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use futures::task::SpawnExt;
use std::time::{Duration, Instant};
use tarae::prelude::*;

/// Goes through so many tasks: how long the steps took, and the answers, summed.
pub type Timed = fn(u64) -> (Duration, u64);

pub const ROWS: Rows<Timed> =
    &[("ours", ours), ("futures_unordered", futures_unordered), ("tokio_join_set", tokio_join_set)];

/// Answers `n` once it is permitted to.
fn permitted(permits: &Receiver<()>, n: u64) -> impl FnOnce() -> u64 + Send + use<> {
    let permits = permits.clone();
    move || {
        permits.recv().unwrap();
        n
    }
}

fn ours(tasks: u64) -> (Duration, u64) {
    let (permit, permits) = unbounded();
    let pool = ThreadPool::new(1).unwrap();
    let mut set: TaskSet<Task<u64>> = (0..tasks).map(|n| pool.submit(permitted(&permits, n))).collect();
    let (start, mut sum) = (Instant::now(), 0);
    for _ in 0..tasks {
        permit.send(()).unwrap();
        sum += set.next().unwrap().result().unwrap();
    }
    (start.elapsed(), sum)
}

fn futures_unordered(tasks: u64) -> (Duration, u64) {
    let (permit, permits) = unbounded();
    let pool = futures::executor::ThreadPool::builder().pool_size(1).create().unwrap();
    let spawn = |n| {
        let job = permitted(&permits, n);
        pool.spawn_with_handle(async move { job() }).unwrap()
    };
    let mut set: FuturesUnordered<_> = (0..tasks).map(spawn).collect();
    let start = Instant::now();
    let sum = futures::executor::block_on(async {
        let mut sum = 0;
        for _ in 0..tasks {
            permit.send(()).unwrap();
            sum += set.next().await.unwrap();
        }
        sum
    });
    (start.elapsed(), sum)
}

fn tokio_join_set(tasks: u64) -> (Duration, u64) {
    let (permit, permits) = unbounded();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let mut set = tokio::task::JoinSet::new();
    for n in 0..tasks {
        set.spawn_blocking_on(permitted(&permits, n), runtime.handle());
    }
    let start = Instant::now();
    let sum = runtime.block_on(async {
        let mut sum = 0;
        for _ in 0..tasks {
            permit.send(()).unwrap();
            sum += set.join_next().await.unwrap().unwrap();
        }
        sum
    });
    (start.elapsed(), sum)
}
