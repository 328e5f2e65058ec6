//! Two jobs at a time, which may borrow.

use super::ThreadPool;
use crate::task;
use std::sync::Arc;

impl ThreadPool {
    /// Runs both, maybe at the same time, and gives both results: the way to split work in two, again and again. What they
    /// borrow need not be `'static`: when this returns, both are over.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// fn sum(pool: &ThreadPool, numbers: &[u64]) -> u64 {
    ///     if numbers.len() <= 1_000 {
    ///         return numbers.iter().sum();
    ///     }
    ///     let (left, right) = numbers.split_at(numbers.len() / 2);
    ///     let (left, right) = pool.join(|| sum(pool, left), || sum(pool, right));
    ///     left + right
    /// }
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let numbers: Vec<u64> = (1..=10_000).collect();
    /// assert_eq!(sum(&pool, &numbers), 50_005_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// On a worker of the pool, `a` runs at once and `b` is offered to whoever is idle; if nobody has taken it when `a` is
    /// over, `b` runs here. From elsewhere, the calling thread waits while a worker does that. They run in any case: once the
    /// pool has been shut down, one after the other on the thread that calls this, or that shuts the pool down.
    ///
    /// While it waits for a `b` that another worker runs, it runs nothing else: a lock that is held meanwhile is safe.
    ///
    /// A `b` that another worker runs has a [token](crate::cancel::CancelToken::current) of its own: hand one in if both are
    /// to stop when the task is aborted.
    ///
    /// # Panics
    /// If one of the two panics, when the other is over or has not begun. If both do, with the panic of `a`.
    ///
    /// # Cost
    /// No allocation. A pair that nobody takes costs a push and a pop.
    #[inline]
    #[track_caller]
    pub fn join<A, B, RA, RB>(&self, a: A, b: B) -> (RA, RB)
    where
        A: FnOnce() -> RA + Send,
        B: FnOnce() -> RB + Send,
        RA: Send,
        RB: Send,
    {
        if self.shared.is_own_thread() {
            task::join(Arc::as_ptr(&self.shared), || self.shared.sleep.notify(), a, b)
        } else {
            self.join_from_outside(a, b)
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn join_from_outside<A, B, RA, RB>(&self, a: A, b: B) -> (RA, RB)
    where
        A: FnOnce() -> RA + Send,
        B: FnOnce() -> RB + Send,
        RA: Send,
        RB: Send,
    {
        let shared = &self.shared;
        task::run_on_worker(
            |task| shared.push(task),
            || {
                if shared.is_own_thread() {
                    task::join(Arc::as_ptr(shared), || shared.sleep.notify(), a, b)
                } else {
                    (a(), b()) // of a pool that has been shut down
                }
            },
        )
    }
}
