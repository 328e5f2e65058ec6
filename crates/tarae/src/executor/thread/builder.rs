//! How a pool is made.

use super::initializer::Initializer;
use super::pool::ThreadPool;
use crate::panics::drop_quietly;
use std::fmt;
use std::io;
use std::num::NonZeroUsize;

/// Settings of a [`ThreadPool`].
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::builder().workers(2).name("crawler").stack_size(4 << 20).build()?;
/// let name = pool.submit(|| std::thread::current().name().map(str::to_owned)).result()?;
/// assert!(name.unwrap().starts_with("crawler-"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ThreadPoolBuilder {
    workers: Option<usize>,
    pub(super) name: String,
    pub(super) stack_size: Option<usize>,
    pub(super) initializer: Option<Initializer>,
}

impl ThreadPoolBuilder {
    pub(super) fn new() -> Self {
        ThreadPoolBuilder { workers: None, name: "tarae".to_owned(), stack_size: None, initializer: None }
    }

    /// How many threads; one for each core if this is not called.
    #[doc(alias = "max_workers")]
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = Some(workers);
        self
    }

    /// Names the threads `name-0`, `name-1`, ...; "tarae" if this is not called.
    #[doc(alias = "thread_name_prefix")]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The stack of each thread, in bytes; std's if this is not called.
    pub fn stack_size(mut self, bytes: usize) -> Self {
        self.stack_size = Some(bytes);
        self
    }

    /// Has each worker call `f` with its number before it runs anything.
    ///
    /// ```
    /// use std::cell::Cell;
    /// use tarae::prelude::*;
    ///
    /// thread_local!(static SEED: Cell<usize> = const { Cell::new(0) });
    /// let pool = ThreadPool::builder().workers(1).initializer(|worker| SEED.set(worker + 100)).build()?;
    /// assert_eq!(pool.submit(|| SEED.get()).result()?, 100);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If it panics, the pool is broken: what runs on other workers finishes, what is queued or submitted later ends
    /// with an error, and the threads end. The panic hook says it.
    #[doc(alias = "initargs")]
    pub fn initializer(mut self, f: impl Fn(usize) + Send + Sync + 'static) -> Self {
        self.initializer = Some(Initializer::new(f));
        self
    }

    /// Starts the threads.
    ///
    /// # Errors
    /// If there would be no worker or more than 65,536, if the name has a zero byte in it, or if a thread cannot be
    /// started. Those that were started are ended then.
    pub fn build(self) -> Result<ThreadPool, BuildError> {
        let workers = match self.workers {
            Some(workers) => NonZeroUsize::new(workers).ok_or(BuildError::NoWorkers)?,
            None => std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        };
        if workers.get() > MOST_WORKERS {
            return Err(BuildError::TooManyWorkers { workers: workers.get() });
        }
        if self.name.contains('\0') {
            return Err(BuildError::ZeroInName { name: self.name });
        }
        let pool = ThreadPool::start(workers, &self);
        // The last one may be this one, or a worker's: a destructor that panics does so where it harms nobody.
        drop_quietly(|| drop(self.initializer));
        pool
    }
}

/// More than any machine runs, and so few that what a pool allocates for each is not the first thing to fail.
const MOST_WORKERS: usize = 1 << 16;

/// Why a pool could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Zero workers would never run anything.
    NoWorkers,
    /// So many cannot be meant.
    TooManyWorkers {
        /// How many.
        workers: usize,
    },
    /// No thread can have such a name.
    ZeroInName {
        /// The name.
        name: String,
    },
    /// The system would not start a thread.
    Spawn {
        /// Which one.
        worker: usize,
        /// What it said.
        source: io::Error,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::NoWorkers => {
                f.write_str("a pool of 0 workers would never run anything: give it at least 1")
            }
            BuildError::TooManyWorkers { workers } => {
                write!(f, "a pool of {workers} workers cannot be meant: give it at most {MOST_WORKERS}")
            }
            BuildError::ZeroInName { name } => {
                write!(f, "a thread cannot be named {name:?}: leave out the zero byte")
            }
            BuildError::Spawn { worker, .. } => {
                write!(f, "the thread of worker {worker} could not be started")
            }
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::NoWorkers | BuildError::TooManyWorkers { .. } | BuildError::ZeroInName { .. } => None,
            BuildError::Spawn { source, .. } => Some(source),
        }
    }
}
