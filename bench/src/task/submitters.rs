//! Several threads that submit to one pool in batches of a thousand: as many as it has workers.

use super::batches::in_batches;
use super::pools::{Channel, FuturesPool, Ours, Pool, Rayon, TokioBlocking, TokioSpawn};
use super::{Program, Rows};

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
    let submitters = workers as u64;
    Box::new(move |tasks| {
        std::thread::scope(|scope| {
            let part = |k| tasks * k / submitters..tasks * (k + 1) / submitters;
            let submit = |k| {
                let pool = &pool;
                scope.spawn(move || in_batches(pool, part(k)))
            };
            let threads: Vec<_> = (0..submitters).map(submit).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        })
    })
}
