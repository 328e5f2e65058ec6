//! The pool of threads.

use super::builder::{BuildError, ThreadPoolBuilder};
use super::queue::Queues;
use super::shared::Shared;
use super::worker;
use crate::cancel::Deadline;
use crate::executor::{Executor, Job, Shutdown, StillRunning, Ticket};
use crate::sync::{AtomicBool, Mutex, Ordering, lock};
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

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
/// **Futures** are [spawned](Self::spawn): thousands wait on one worker.
///
/// **Dropping** the pool finishes what is queued, and the futures it has, then ends the threads. If a job drops its own pool, the threads are not
/// waited for: they end by themselves. Nor are they after a [`shutdown`](Self::shutdown), which has waited as long as it
/// was told to.
///
/// **Ending** it otherwise, or with a limit, is [`shutdown`](Self::shutdown). Nothing is waited for when the program ends: let
/// `main` drop the pool, or shut it down.
///
/// **Idle** workers sleep: no timer wakes them.
#[doc(alias = "ThreadPoolExecutor")]
pub struct ThreadPool {
    pub(super) shared: Arc<Shared>,
    workers: usize,
    /// Until somebody joins them.
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Whether `shutdown` was called: then a drop does not wait.
    shut_down: AtomicBool,
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
        self.workers
    }

    /// Takes no more tasks, does with those it has what `how` says, and waits until the threads have ended, at most until
    /// the limit (`None`: without one).
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let before = pool.submit(|| 1);
    /// pool.shutdown(Shutdown::Finish, None)?;
    /// assert_eq!(before.result()?, 1);
    /// assert!(pool.submit(|| 2).result().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// It may be called several times, and by several threads at once: the strongest `how` counts. A task that is
    /// submitted meanwhile runs or ends with an error; none is left pending.
    ///
    /// Queued tasks are cancelled by the calling thread: it drops their jobs, and runs what follows them.
    ///
    /// # Errors
    /// [`StillRunning`], which names what runs, if the threads have not ended at the limit. Nothing is killed: they go on,
    /// and leave when they can. A limit of zero does not wait for them.
    ///
    /// A job that shuts down the pool it runs on would wait for itself: this does not wait then, and the error names that
    /// job, too.
    pub fn shutdown(&self, how: Shutdown, limit: impl Into<Deadline>) -> Result<(), StillRunning> {
        let deadline = limit.into();
        self.shut_down.store(true, Ordering::Relaxed);
        self.shared.end(how, self.workers);
        if self.shared.is_own_thread() || !self.shared.have_left(self.workers, deadline) {
            return Err(self.shared.still_running());
        }
        self.join_threads();
        Ok(())
    }

    pub(super) fn start(workers: NonZeroUsize, settings: &ThreadPoolBuilder) -> Result<Self, BuildError> {
        let (queues, own) = Queues::new(workers.get());
        let shared = Shared::new(
            queues,
            #[cfg(feature = "tracing")]
            settings.name.clone(),
        );
        let shared = Arc::new(shared);
        let mut threads = Vec::new();
        let mut failed = None;
        for (worker, own) in own.into_iter().enumerate() {
            let shared = shared.clone();
            let mut thread = thread::Builder::new().name(format!("{}-{worker}", settings.name));
            if let Some(bytes) = settings.stack_size {
                thread = thread.stack_size(bytes);
            }
            let initializer = settings.initializer.clone();
            match thread.spawn(move || worker::run(shared, own, worker, initializer)) {
                Ok(handle) => threads.push(handle),
                Err(source) => {
                    failed = Some(BuildError::Spawn { worker, source });
                    break;
                }
            }
        }
        let (workers, threads) = (threads.len(), Mutex::new(threads));
        // Dropped if a thread could not be started: that ends the others.
        let pool = ThreadPool { shared, workers, threads, shut_down: AtomicBool::new(false) };
        failed.map_or(Ok(pool), Err)
    }

    /// Waits for the threads, which have left or are about to.
    fn join_threads(&self) {
        let threads = std::mem::take(&mut *lock(&self.threads));
        // A worker's thread may get here when it ends, by a destructor of a thread-local variable.
        let others = threads.into_iter().filter(|handle| handle.thread().id() != thread::current().id());
        for handle in others {
            // Jobs' panics are caught; a worker's own panic would be a fault of ours, and has been reported.
            let _ = handle.join();
        }
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
        if self.shut_down.load(Ordering::Relaxed) {
            return;
        }
        self.shared.end(Shutdown::Finish, self.workers);
        if !self.shared.is_own_thread() {
            self.join_threads();
        }
    }
}

impl fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadPool").field("workers", &self.workers()).finish_non_exhaustive()
    }
}
