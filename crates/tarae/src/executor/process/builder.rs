//! How a pool of processes is made.

use super::output::Output;
use super::pool::ProcessPool;
use crate::job::parcel::{Files, Packer, Parcel};
use crate::job::{Code, Fault, PortableJob};
use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io;
use std::num::NonZeroUsize;

/// Settings of a [`ProcessPool`].
///
/// ```
/// # tarae::init!();
/// use tarae::executor::Output;
/// use tarae::prelude::*;
///
/// let pool = ProcessPool::builder().workers(1).env("GREETING", "hello").stderr(Output::Capture).build()?;
/// let greeting = pool.submit(portable((), |()| std::env::var("GREETING").ok())).result()?;
/// assert_eq!(greeting.as_deref(), Some("hello"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ProcessPoolBuilder {
    workers: Option<usize>,
    tasks_per_worker: Option<usize>,
    memory: Option<u64>,
    initializer: Option<Result<(Code, Parcel), Fault>>,
    environment: Vec<(OsString, OsString)>,
    stdout: Output,
    stderr: Output,
}

/// What all workers of a pool have in common.
pub(super) struct Settings {
    pub(super) workers: NonZeroUsize,
    pub(super) tasks_per_worker: Option<u64>,
    pub(super) memory: Option<u64>,
    pub(super) initializer: Option<(Code, Parcel)>,
    pub(super) environment: Vec<(OsString, OsString)>,
    pub(super) stdout: Output,
    pub(super) stderr: Output,
}

impl ProcessPoolBuilder {
    pub(super) fn new() -> Self {
        ProcessPoolBuilder {
            workers: None,
            tasks_per_worker: None,
            memory: None,
            initializer: None,
            environment: Vec::new(),
            stdout: Output::Inherit,
            stderr: Output::Inherit,
        }
    }

    /// How many processes; one for each core if this is not called.
    #[doc(alias = "max_workers")]
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = Some(workers);
        self
    }

    /// After so many tasks a worker ends, and a new process takes its place: for jobs that leave something behind. A batch of a
    /// `par_map` is one task.
    #[doc(alias = "max_tasks_per_child")]
    pub fn tasks_per_worker(mut self, tasks: usize) -> Self {
        self.tasks_per_worker = Some(tasks);
        self
    }

    /// So many bytes of address space each worker may have, its program included: a job that wants more fails as it would on
    /// a machine that has no more.
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.memory = Some(bytes);
        self
    }

    /// Has each worker do this before anything else.
    ///
    /// ```
    /// # tarae::init!();
    /// use std::sync::OnceLock;
    /// use tarae::prelude::*;
    ///
    /// static SEED: OnceLock<u64> = OnceLock::new();
    /// let set = portable(100, |seed: u64| SEED.set(seed).unwrap());
    /// let pool = ProcessPool::builder().workers(1).initializer(set).build()?;
    /// assert_eq!(pool.submit(portable((), |()| SEED.get().copied())).result()?, Some(100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If it panics, or its worker dies of it, the pool is broken: all that it has and all that is submitted later ends with an
    /// error.
    #[doc(alias = "initargs")]
    pub fn initializer<J: PortableJob>(mut self, job: J) -> Self {
        let mut files = NewFiles;
        let mut packer = Packer::new(Vec::new(), &mut files);
        let packed = job.pack(&mut packer).and_then(|code| {
            let parcel = packer.finish().map_err(|error| error.into_fault(Fault::Arguments))?;
            Ok((code, parcel))
        });
        self.initializer = Some(packed);
        self
    }

    /// Sets a variable of the workers' environment, which is this process's otherwise.
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// What becomes of the workers' standard output; it goes where this process's goes if this is not called.
    pub fn stdout(mut self, output: Output) -> Self {
        self.stdout = output;
        self
    }

    /// What becomes of the workers' standard error; it goes where this process's goes if this is not called.
    pub fn stderr(mut self, output: Output) -> Self {
        self.stderr = output;
        self
    }

    /// Starts the workers, and does not wait until they are ready.
    ///
    /// # Errors
    /// If the program has not called [`tarae::init()`](crate::init()), if there would be no worker or more than 4,096, if the
    /// initializer cannot travel, or if a process cannot be started. Those that were started are ended then.
    pub fn build(self) -> Result<ProcessPool, StartError> {
        if !super::worker::init::may_start_workers() {
            return Err(StartError::NotAsked);
        }
        let workers = match self.workers {
            Some(workers) => NonZeroUsize::new(workers).ok_or(StartError::NoWorkers)?,
            None => std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        };
        if workers.get() > MOST_WORKERS {
            return Err(StartError::TooManyWorkers { workers: workers.get() });
        }
        if self.tasks_per_worker == Some(0) {
            return Err(StartError::NoTasks);
        }
        let initializer = self.initializer.transpose();
        let initializer = initializer.map_err(|fault| StartError::Initializer {
            message: crate::task::Elsewhere::from(fault).to_string(),
        })?;
        // The initializer is one of a worker's jobs.
        let extra = u64::from(initializer.is_some());
        ProcessPool::start(Settings {
            workers,
            tasks_per_worker: self.tasks_per_worker.map(|tasks| tasks as u64 + extra),
            memory: self.memory,
            initializer,
            environment: self.environment,
            stdout: self.stdout,
            stderr: self.stderr,
        })
    }
}

impl fmt::Debug for ProcessPoolBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessPoolBuilder").field("workers", &self.workers).finish_non_exhaustive()
    }
}

/// For what is packed without a pool.
struct NewFiles;

impl Files for NewFiles {
    fn take(&mut self) -> io::Result<File> {
        super::wire::file::nameless()
    }
}

impl Settings {
    /// The initializer, to be sent once more.
    pub(super) fn initializer(&self) -> Option<(Code, &Parcel)> {
        self.initializer.as_ref().map(|(code, parcel)| (*code, parcel))
    }
}

/// More than any machine runs.
const MOST_WORKERS: usize = 1 << 12;

/// Why a pool of processes could not be made, or has broken.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The program does not ask whether it is a worker, so it must not start one.
    NotAsked,
    /// Zero workers would never run anything.
    NoWorkers,
    /// So many cannot be meant.
    TooManyWorkers {
        /// How many.
        workers: usize,
    },
    /// A worker that may do no task would be replaced for ever.
    NoTasks,
    /// The system would not start a process or a thread.
    Start {
        /// What it said.
        source: io::Error,
    },
    /// Several processes in a row were started and were no workers.
    Worker {
        /// How the last one ended.
        how: String,
        /// What it wrote last, if that was captured.
        output: String,
    },
    /// The initializer failed, or cannot travel.
    Initializer {
        /// Why.
        message: String,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::NotAsked => f.write_str(
                "a worker would do what this program does, and not what a worker does: call `tarae::init()` first in `main`, or, in a test, `tarae::init!();` once at the top of the crate",
            ),
            StartError::NoWorkers => {
                f.write_str("a pool of 0 workers would never run anything: give it at least 1")
            }
            StartError::TooManyWorkers { workers } => {
                write!(f, "a pool of {workers} processes cannot be meant: give it at most {MOST_WORKERS}")
            }
            StartError::NoTasks => {
                f.write_str("workers that may do 0 tasks would never run anything: give them at least 1")
            }
            StartError::Start { .. } => f.write_str("a worker could not be started"),
            StartError::Worker { how, output } => {
                write!(
                    f,
                    "the workers end before they have said that they are any; the last one {how}: is `tarae::init()` called first in `main`?"
                )?;
                if !output.is_empty() {
                    write!(f, " It wrote last: {}", output.trim_end())?;
                }
                Ok(())
            }
            StartError::Initializer { message } => write!(f, "the initializer failed: {message}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Start { source } => Some(source),
            _ => None,
        }
    }
}
