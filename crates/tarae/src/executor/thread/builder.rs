//! How a pool is made.

use super::pool::ThreadPool;
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
}

impl ThreadPoolBuilder {
    pub(super) fn new() -> Self {
        ThreadPoolBuilder { workers: None, name: "tarae".to_owned(), stack_size: None }
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

    /// Starts the threads.
    ///
    /// # Errors
    /// If there would be no worker, or a thread cannot be started. Those that were started are ended then.
    pub fn build(self) -> Result<ThreadPool, BuildError> {
        let workers = match self.workers {
            Some(workers) => NonZeroUsize::new(workers).ok_or(BuildError::NoWorkers)?,
            None => std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        };
        ThreadPool::start(workers, &self)
    }
}

/// Why a pool could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Zero workers would never run anything.
    NoWorkers,
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
            BuildError::NoWorkers => f.write_str("make a pool of 0 workers: it needs at least 1"),
            BuildError::Spawn { worker, .. } => write!(f, "start the thread of worker {worker}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::NoWorkers => None,
            BuildError::Spawn { source, .. } => Some(source),
        }
    }
}
