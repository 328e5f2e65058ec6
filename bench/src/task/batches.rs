//! Batches of a thousand: all are submitted, then all answers are taken, in order.

use super::pools::{Channel, FuturesPool, Ours, Pool, Rayon, TokioBlocking, TokioSpawn};
use super::{Program, Rows};
use std::ops::Range;

/// How many are submitted before the first answer is taken.
pub const BATCH: u64 = 1000;

pub const ROWS: Rows = &[
    ("ours", program::<Ours>),
    ("rayon", program::<Rayon>),
    ("channel", program::<Channel>),
    ("tokio_spawn", program::<TokioSpawn>),
    ("tokio_blocking", program::<TokioBlocking>),
    ("futures_pool", program::<FuturesPool>),
];

fn program<P: Pool>(workers: usize) -> Program {
    let pool = P::of(workers);
    Box::new(move |tasks| in_batches(&pool, 0..tasks))
}

/// The tasks of these numbers.
#[inline(never)]
pub(super) fn in_batches<P: Pool>(pool: &P, mut tasks: Range<u64>) -> u64 {
    let mut sum = 0;
    while !tasks.is_empty() {
        let batch = tasks.start..tasks.end.min(tasks.start + BATCH);
        tasks.start = batch.end;
        let handles = batch.map(|n| pool.submit(move || n)).collect();
        sum += pool.results(handles);
    }
    sum
}
