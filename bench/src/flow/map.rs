//! A source mapped on two threads.

use super::{source, work};
use crate::task::{Program, Rows};
use futures::StreamExt;
use futures::task::SpawnExt;
use rayon::prelude::*;
use tarae::prelude::*;

const WORKERS: usize = 2;
/// How many items are in flight at most, where a row must be told.
const WINDOW: usize = 256;

/// Each is made for the steps of an item's work, and then runs so many items.
pub const ROWS: Rows<fn(u32) -> Program> = &[
    ("sequential", sequential),
    ("static_split", static_split),
    ("ours", ours),
    ("ours_as_completed", ours_as_completed),
    ("rayon_collect", rayon_collect),
    ("rayon_par_bridge", rayon_par_bridge),
    ("pariter", pariter),
    ("futures_buffered", futures_buffered),
];

fn sum(results: impl Iterator<Item = u64>) -> u64 {
    results.fold(0, u64::wrapping_add)
}

fn sequential(steps: u32) -> Program {
    Box::new(move |items| sum(source(items).map(|item| work(item, steps))))
}

/// Collected, split in two, each half collected again by a thread: in order, but neither lazy nor bounded.
fn static_split(steps: u32) -> Program {
    Box::new(move |items| {
        let all: Vec<u64> = source(items).collect();
        let (left, right) = all.split_at(all.len() / 2);
        let map = |half: &[u64]| half.iter().map(|item| work(*item, steps)).collect::<Vec<u64>>();
        std::thread::scope(|scope| {
            let right = scope.spawn(|| map(right));
            let left = map(left);
            sum(left.into_iter().chain(right.join().unwrap()))
        })
    })
}

/// In order, lazy, bounded.
fn ours(steps: u32) -> Program {
    let pool = ThreadPool::new(WORKERS).unwrap();
    Box::new(move |items| sum(source(items).par_map(&pool, move |item| work(item, steps))))
}

fn ours_as_completed(steps: u32) -> Program {
    let pool = ThreadPool::new(WORKERS).unwrap();
    Box::new(move |items| sum(source(items).par_map(&pool, move |item| work(item, steps)).as_completed()))
}

fn rayon_pool() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(WORKERS).build().unwrap()
}

/// In order, but neither lazy nor bounded.
fn rayon_collect(steps: u32) -> Program {
    let pool = rayon_pool();
    Box::new(move |items| {
        let all: Vec<u64> = source(items).collect();
        let results: Vec<u64> = pool.install(|| all.into_par_iter().map(|item| work(item, steps)).collect());
        sum(results.into_iter())
    })
}

/// In whatever order, and with no way back to an iterator but a collection.
fn rayon_par_bridge(steps: u32) -> Program {
    let pool = rayon_pool();
    Box::new(move |items| {
        let results: Vec<u64> =
            pool.install(|| source(items).par_bridge().map(|item| work(item, steps)).collect());
        sum(results.into_iter())
    })
}

/// In order, lazy, bounded. It starts its threads for each run.
fn pariter(steps: u32) -> Program {
    use pariter::IteratorExt;
    Box::new(move |items| {
        let threads = |options: pariter::ParallelMapBuilder<_>| options.threads(WORKERS).buffer_size(WINDOW);
        sum(source(items).parallel_map_custom(threads, move |item| work(item, steps)))
    })
}

/// In order, lazy, bounded.
fn futures_buffered(steps: u32) -> Program {
    let pool = futures::executor::ThreadPool::builder().pool_size(WORKERS).create().unwrap();
    Box::new(move |items| {
        let spawned = futures::stream::iter(source(items))
            .map(|item| pool.spawn_with_handle(async move { work(item, steps) }).unwrap());
        let results = spawned.buffered(WINDOW);
        futures::executor::block_on(results.fold(0u64, |sum, result| async move { sum.wrapping_add(result) }))
    })
}
