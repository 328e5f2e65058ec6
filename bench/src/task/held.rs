//! A pool whose workers are kept busy, so that what is submitted meanwhile stays pending.

use super::pools::Pool;
use std::sync::{Arc, Barrier};

/// Lets its workers go when it is told to, or dropped.
pub struct Held<P: Pool> {
    pub pool: P,
    barrier: Arc<Barrier>,
    /// What keeps the workers busy; nothing once they were let go.
    jobs: Vec<P::Handle>,
}

impl<P: Pool> Held<P> {
    /// A pool of so many workers, all of which are busy when this returns.
    pub fn of(workers: usize) -> Self {
        let pool = P::of(workers);
        let barrier = Arc::new(Barrier::new(workers + 1));
        let hold = |_| {
            let barrier = barrier.clone();
            pool.submit(move || {
                barrier.wait(); // has begun
                barrier.wait(); // may go
                0
            })
        };
        let jobs = (0..workers).map(hold).collect();
        barrier.wait();
        Held { pool, barrier, jobs }
    }

    pub fn release(&mut self) {
        if !self.jobs.is_empty() {
            self.barrier.wait();
            self.pool.results(std::mem::take(&mut self.jobs));
        }
    }
}

impl<P: Pool> Drop for Held<P> {
    fn drop(&mut self) {
        self.release();
    }
}
