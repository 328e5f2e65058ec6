//! The pool of threads.

use super::builder::{BuildError, ThreadPoolBuilder};
use super::queue::Queues;
use super::sleep::Sleep;
use super::worker::{self, Shared};
use crate::executor::{Executor, Job, Ticket};
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Threads that run jobs.
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let tasks: Vec<Task<u64>> = (1..=4).map(|n| pool.submit(move || n * n)).collect();
/// let squares: Result<Vec<u64>, TaskError> = tasks.into_iter().map(Task::result).collect();
/// assert_eq!(squares?, [1, 4, 9, 16]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// **Order**: jobs that come from outside are begun in the order they were submitted, with one worker; with several, about
/// so, and none is left behind. A job's own submits are begun the latest first, by its worker, unless another worker is
/// idle.
///
/// **Waiting inside a job** is allowed: a worker that waits, without a limit, for a task nobody has begun runs it itself,
/// and nothing else meanwhile, so that a lock held across the wait is safe. A pool of one worker does not deadlock on
/// nested waits. Such a task may come from another pool: it runs on the thread that waits for it then. Of several tasks
/// the worker runs one only if no other worker is idle; it stays with that one to its end, so racing tasks of which
/// one never ends needs a worker for each.
///
/// **Dropping** the pool finishes what is queued, then ends the threads. If a job drops its own pool, its thread is not
/// waited for: it ends by itself.
///
/// **Idle** workers sleep: no timer wakes them.
#[doc(alias = "ThreadPoolExecutor")]
pub struct ThreadPool {
    pub(super) shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    /// A pool of so many threads.
    ///
    /// # Errors
    /// If there would be no worker, or a thread cannot be started.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let error = ThreadPool::new(0).unwrap_err();
    /// assert_eq!(error.to_string(), "a pool of 0 workers would never run anything: give it at least 1");
    /// ```
    pub fn new(workers: usize) -> Result<Self, BuildError> {
        Self::builder().workers(workers).build()
    }

    /// Settings to start from: one worker for each core, threads named "tarae".
    pub fn builder() -> ThreadPoolBuilder {
        ThreadPoolBuilder::new()
    }

    /// How many threads it has.
    pub fn workers(&self) -> usize {
        self.threads.len()
    }

    pub(super) fn start(workers: NonZeroUsize, settings: &ThreadPoolBuilder) -> Result<Self, BuildError> {
        let (queues, own) = Queues::new(workers.get());
        // Dropped half-way, it ends the threads that were started.
        let mut pool =
            ThreadPool { shared: Arc::new(Shared { queues, sleep: Sleep::new() }), threads: Vec::new() };
        for (worker, own) in own.into_iter().enumerate() {
            let shared = pool.shared.clone();
            let mut thread = std::thread::Builder::new().name(format!("{}-{worker}", settings.name));
            if let Some(bytes) = settings.stack_size {
                thread = thread.stack_size(bytes);
            }
            let handle = thread
                .spawn(move || worker::run(shared, own, worker))
                .map_err(|source| BuildError::Spawn { worker, source })?;
            pool.threads.push(handle);
        }
        Ok(pool)
    }
}

impl<J: Job + 'static> Executor<J> for ThreadPool {
    #[inline]
    fn execute(&self, ticket: Ticket<J>) {
        self.shared.push(ticket.into_runnable().0);
    }

    fn parallelism(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.workers()).unwrap_or(NonZeroUsize::MIN)
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.shared.sleep.end(self.threads.len(), || !self.shared.queues.is_empty());
        if self.shared.is_own_thread() {
            return;
        }
        for thread in self.threads.drain(..) {
            // Jobs' panics are caught; a worker's own panic would be a fault of ours, and has been reported.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadPool").field("workers", &self.workers()).finish_non_exhaustive()
    }
}
