//! Batches of a thousand: all are submitted, then all answers are taken, in order.

use super::pools::{Channel, FuturesPool, Ours, Pool, Rayon, TokioBlocking, TokioSpawn};
use super::{Program, Rows};

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
    Box::new(move |tasks| in_batches(&pool, tasks))
}

#[inline(never)]
fn in_batches<P: Pool>(pool: &P, tasks: u64) -> u64 {
    let mut sum = 0;
    for first in (0..tasks).step_by(BATCH as usize) {
        let batch = first..tasks.min(first + BATCH);
        let handles = batch.map(|n| pool.submit(move || n)).collect();
        sum += pool.results(handles);
    }
    sum
}
