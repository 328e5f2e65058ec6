//! Many tasks at once, whose answers are taken in the order they come.

use super::{Program, Rows};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use futures::task::SpawnExt;
use tarae::prelude::*;

pub const ROWS: Rows = &[
    ("ours", ours),
    ("futures_unordered", futures_unordered),
    ("tokio_join_set", tokio_join_set),
    ("rayon_mpsc", rayon_mpsc),
];

fn ours(workers: usize) -> Program {
    let pool = ThreadPool::new(workers).unwrap();
    Box::new(move |tasks| {
        let submitted = (0..tasks).map(|n| pool.submit(move || n));
        as_completed(submitted).map(|task| task.result().unwrap()).sum()
    })
}

fn futures_unordered(workers: usize) -> Program {
    let pool = futures::executor::ThreadPool::builder().pool_size(workers).create().unwrap();
    Box::new(move |tasks| {
        let spawn = |n| pool.spawn_with_handle(async move { n }).unwrap();
        let spawned: FuturesUnordered<_> = (0..tasks).map(spawn).collect();
        futures::executor::block_on(spawned.fold(0, |sum, n| async move { sum + n }))
    })
}

fn tokio_join_set(workers: usize) -> Program {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).build().unwrap();
    Box::new(move |tasks| {
        runtime.block_on(async {
            let mut set = tokio::task::JoinSet::new();
            for n in 0..tasks {
                set.spawn(async move { n });
            }
            let mut sum = 0;
            while let Some(n) = set.join_next().await {
                sum += n.unwrap();
            }
            sum
        })
    })
}

fn rayon_mpsc(workers: usize) -> Program {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
    Box::new(move |tasks| {
        let (sender, receiver) = std::sync::mpsc::channel();
        for n in 0..tasks {
            let sender = sender.clone();
            pool.spawn(move || sender.send(n).unwrap());
        }
        drop(sender);
        receiver.into_iter().sum()
    })
}
