//! A rayon pool as an executor.

use super::{Executor, Job, Ticket};
use rayon_core::ThreadPool;
use std::borrow::Borrow;
use std::fmt;
use std::num::NonZeroUsize;

/// A rayon pool that is there already, as an executor. (Feature `rayon`.)
///
/// ```
/// use std::sync::Arc;
/// use tarae::executor::Rayon;
/// use tarae::prelude::*;
///
/// let pool = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(2).build()?);
/// let executor = Rayon::new(pool.clone()); // or `Rayon::new(&*pool)`, or rayon's own: `Rayon::global()`
/// assert_eq!(executor.submit(|| 6 * 7).result()?, 42);
///
/// let squares: Vec<u64> = (1..=4).par_map(Rayon::global(), |n| n * n).collect();
/// assert_eq!(squares, [1, 4, 9, 16]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The pool's other work goes on beside the jobs; rayon's `join`, `scope` and parallel iterators may be used in them. A
/// panic in a job is its task's error, and never reaches rayon's panic handler.
///
/// **Order**: the jobs that one thread submits are begun in that order, with one worker; with several, about so.
/// (`spawn_fifo` is what they are given to.)
///
/// **Waiting**, without a limit, on a thread of a rayon pool is allowed, in a job as well as in `install`, `join` and
/// parallel iterators: it runs the awaited task if nobody has begun it, and nothing else. rayon's own waits (`join`,
/// `scope`) are different: a thread in them runs whatever it finds, jobs included. So no lock may be held across them
/// that a job takes, and no job may wait for one that is in them.
///
/// **Dropping** this, or the pool, waits for nothing: the threads finish what is queued, then end.
#[derive(Clone, Copy)]
pub struct Rayon<P = &'static ThreadPool> {
    /// `None` stands for the one that rayon's functions use.
    pool: Option<P>,
}

impl Rayon<&'static ThreadPool> {
    /// The pool that `rayon::spawn` uses: the global one; for what is submitted by a thread of another pool, that one.
    ///
    /// The first use starts its threads. It [panics](rayon_core::spawn_fifo) if they cannot be started.
    pub fn global() -> Self {
        Rayon { pool: None }
    }
}

impl<P: Borrow<ThreadPool>> Rayon<P> {
    /// A pool, a reference to one, or an `Arc` or `Box` with one.
    pub fn new(pool: P) -> Self {
        Rayon { pool: Some(pool) }
    }

    fn pool(&self) -> Option<&ThreadPool> {
        self.pool.as_ref().map(Borrow::borrow)
    }
}

impl<J: Job + 'static, P: Borrow<ThreadPool>> Executor<J> for Rayon<P> {
    fn execute(&self, ticket: Ticket<J>) {
        let runnable = ticket.into_runnable();
        match self.pool() {
            Some(pool) => pool.spawn_fifo(|| runnable.run()),
            None => rayon_core::spawn_fifo(|| runnable.run()),
        }
    }

    fn parallelism(&self) -> NonZeroUsize {
        let threads =
            self.pool().map_or_else(rayon_core::current_num_threads, ThreadPool::current_num_threads);
        NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN)
    }
}

impl<P: Borrow<ThreadPool>> fmt::Debug for Rayon<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pool() {
            Some(pool) => f.debug_struct("Rayon").field("workers", &pool.current_num_threads()).finish(),
            None => f.write_str("Rayon(global)"),
        }
    }
}
