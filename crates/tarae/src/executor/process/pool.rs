//! The pool of processes.

use super::away::Sent;
use super::builder::{ProcessPoolBuilder, Settings, StartError};
use super::keeper::keep;
use super::shared::{Parcelled, Shared};
use super::start::{Started, start};
use crate::cancel::Deadline;
use crate::executor::{Counters, Executor, Shutdown, StillRunning, Ticket};
use crate::job::parcel::{Files, Packer, Parcel};
use crate::job::{Code, Fault, PortableJob};
use crate::sync::{Mutex, lock};
use crate::task::{Broken, Elsewhere, message_of};
use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// Processes that run jobs: each is this program, started again.
///
/// ```
/// # tarae::init!();
/// use tarae::prelude::*;
///
/// #[tarae::remote]
/// fn divide(a: u64, b: u64) -> u64 {
///     a / b
/// }
///
/// let pool = ProcessPool::new(2)?;
/// assert_eq!(pool.submit(divide::call(42, 6)).result()?, 7);
/// assert!(pool.submit(divide::call(42, 0)).result().unwrap_err().is_panic());
///
/// // A worker that dies takes one task with it, which says how.
/// let dies = pool.submit(portable((), |()| -> u32 { std::process::exit(7) }));
/// let error = dies.result().unwrap_err();
/// assert!(error.to_string().contains("exited with code 7 while it ran"));
/// assert_eq!(pool.submit(divide::call(8, 2)).result()?, 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// **What travels**: calls of functions that are marked [`#[remote]`](macro@crate::remote), and of closures that capture nothing
/// ([`portable`](crate::executor::portable())); arguments and results by `serde`. Another closure does not compile. A
/// [`par_map`](crate::iter::IterExt::par_map) takes `square::FN`, or a `fn`.
///
/// **`main`** calls [`tarae::init()`](crate::init()) first: a worker begins as the program does.
///
/// **When a worker dies**, by a signal, an exit, or for want of memory, the task that it had begun ends with
/// [`WorkerDied`](crate::task::ErrorKind::WorkerDied), which says how and how far it was; of a batch only the item. All others
/// are done by other workers, and another process takes its place. What has begun is never run again, unless
/// [`Options::retries`](crate::executor::Options::retries) allows it.
///
/// **Ending a task** ends its worker: a [time-out](crate::executor::Options::timeout), a token or
/// [`abort`](crate::task::Task::abort) kills the process that runs it, at once; what else had been sent there is done by
/// others. So it is with a task that is cancelled in the moment in which it begins. The rest of a `par_map` that is dropped
/// is asked first, and killed if it has not come to its next item in 100 milliseconds.
///
/// **Order**: jobs are begun in the order they were submitted, with one worker; with several, about so.
///
/// **Waiting**: a job that waits for a task of another pool in its own process is like any other thread. Nobody but a worker
/// runs the jobs of this pool.
///
/// **Callbacks** and the results' `Deserialize` run in this process: the first on a thread for them, one after the other; the
/// second where the worker's answers are taken, so it must not wait for this pool.
///
/// **Dropping** the pool finishes what is queued, then ends the processes; [`shutdown`](Self::shutdown) ends it otherwise.
/// If this process dies, however it does, they die with it.
///
/// **Signals**: workers have a process group of their own, so that Ctrl-C in a terminal reaches this process alone.
///
/// # Cost
/// Each worker has a thread here that sleeps until something comes. About a hundred times what a task on threads costs; see
/// the guide.
#[doc(alias = "ProcessPoolExecutor")]
pub struct ProcessPool {
    shared: Arc<Shared>,
    /// Until somebody joins them.
    keepers: Mutex<Vec<JoinHandle<()>>>,
    /// Whether `shutdown` was called: then a drop does not wait.
    shut_down: AtomicBool,
}

impl ProcessPool {
    /// A pool of so many processes.
    ///
    /// # Errors
    /// As for [`build`](ProcessPoolBuilder::build).
    pub fn new(workers: usize) -> Result<Self, StartError> {
        Self::builder().workers(workers).build()
    }

    /// Settings to start from: one worker for each core.
    pub fn builder() -> ProcessPoolBuilder {
        ProcessPoolBuilder::new()
    }

    /// How many workers it has.
    pub fn workers(&self) -> usize {
        self.shared.settings.workers.get()
    }

    /// The processes that it has just now.
    pub fn process_ids(&self) -> Vec<u32> {
        self.shared.pids()
    }

    /// How many tasks it was given, and what became of them. A batch is one.
    pub fn counters(&self) -> Counters {
        self.shared.counters()
    }

    /// Takes no more tasks, does with those it has what `how` says, and waits until the processes have ended, at most until
    /// the limit (`None`: without one). [`Shutdown::Abort`] kills them.
    ///
    /// ```
    /// # tarae::init!();
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    ///
    /// let pool = ProcessPool::new(1)?;
    /// let sleeps = pool.submit(portable((), |()| std::thread::sleep(Duration::from_secs(3600))));
    /// assert!(pool.shutdown(Shutdown::Finish, Duration::from_millis(50)).is_err());
    /// pool.shutdown(Shutdown::Abort, None)?;
    /// assert!(sleeps.result().unwrap_err().is_cancelled());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// It may be called several times, and by several threads at once: the strongest `how` counts.
    ///
    /// # Errors
    /// [`StillRunning`], which names what runs, if the processes have not ended at the limit.
    pub fn shutdown(&self, how: Shutdown, limit: impl Into<Deadline>) -> Result<(), StillRunning> {
        self.shut_down.store(true, Ordering::Relaxed);
        self.shared.end(how);
        self.shared.wait_for_end(limit.into())?;
        self.join_keepers();
        Ok(())
    }

    pub(super) fn start(settings: Settings) -> Result<Self, StartError> {
        let failed = |source| StartError::Start { source };
        // All at once: each is on its way while the next is started.
        let mut started = VecDeque::new();
        for _ in 0..settings.workers.get() {
            match start(&settings) {
                Ok(worker) => started.push_back(worker),
                Err(source) => {
                    started.into_iter().for_each(Started::give_up);
                    return Err(failed(source));
                }
            }
        }
        let shared = Arc::new(Shared::new(settings));
        let pool = ProcessPool {
            shared: shared.clone(),
            keepers: Mutex::new(Vec::new()),
            shut_down: AtomicBool::new(false),
        };
        for seat in 0..started.len() {
            let Some(first) = started.pop_front() else { break };
            let (shared, first) = (shared.clone(), Arc::new(Mutex::new(Some(first))));
            let thread = thread::Builder::new().name(format!("tarae-keeper-{seat}"));
            let given = first.clone();
            match thread.spawn(move || keep(&shared, seat, lock(&given).take())) {
                Ok(keeper) => lock(&pool.keepers).push(keeper),
                Err(source) => {
                    // Those that have no keeper: this one, and those after it.
                    started.extend(lock(&first).take());
                    pool.shared.without_keepers(started.len());
                    started.into_iter().for_each(Started::give_up);
                    return Err(failed(source)); // the pool is dropped, which ends the others
                }
            }
        }
        Ok(pool)
    }

    fn join_keepers(&self) {
        let keepers = std::mem::take(&mut *lock(&self.keepers));
        let others = keepers.into_iter().filter(|keeper| keeper.thread().id() != thread::current().id());
        for keeper in others {
            // A panic of its own would be a fault of ours, and has been reported.
            let _ = keeper.join();
        }
    }
}

/// What an executor has of a task is a ticket; of this one, its arguments go to another process, and its result comes back.
impl<J: PortableJob> Executor<J> for ProcessPool {
    fn execute(&self, ticket: Ticket<J>) {
        let (runner, location) = ticket.into_parts();
        if let Some(cause) = self.shared.refuses() {
            let refused = Sent::new(&self.shared, runner, location);
            return refuse(&*refused, cause);
        }
        let batch = J::IS_BATCH.then(|| runner.job().results());
        let retries = runner.retries();
        // The user's `Serialize` may panic.
        let packed = catch_unwind(AssertUnwindSafe(|| pack(&self.shared, runner.job())))
            .unwrap_or_else(|panic| Err(Fault::Arguments(message_of(panic))));
        let task = Sent::new(&self.shared, runner, location);
        match packed {
            Ok((code, parcel)) => {
                let job = Parcelled { task, code, parcel, batch, items: Vec::new(), retries };
                if let Err(job) = self.shared.push(job) {
                    refuse(&*job.task, self.shared.refuses().flatten());
                    self.shared.keep_file(job.parcel);
                }
            }
            Err(fault) => super::away::Away::answer(&*task, Err(Elsewhere::from(fault)), &|_| {}),
        }
    }

    fn parallelism(&self) -> NonZeroUsize {
        self.shared.settings.workers
    }
}

/// Ends a task that comes too late.
fn refuse(task: &dyn super::away::Away, broken: Option<crate::task::Cause>) {
    match broken {
        Some(cause) => task.break_off(Broken { cause: Some(cause) }),
        None => task.reject(),
    }
}

/// The job, as it travels.
fn pack<J: PortableJob>(shared: &Shared, job: &J) -> Result<(Code, Parcel), Fault> {
    let mut files = PoolFiles(shared);
    let mut packer = Packer::new(Vec::new(), &mut files);
    let code = job.pack(&mut packer)?;
    let parcel = packer.finish().map_err(|error| error.into_fault(Fault::Arguments))?;
    Ok((code, parcel))
}

/// Files that the pool has, or new ones.
struct PoolFiles<'s>(&'s Shared);

impl Files for PoolFiles<'_> {
    fn take(&mut self) -> io::Result<File> {
        self.0.take_file().map_or_else(super::wire::file::nameless, Ok)
    }
}

impl Drop for ProcessPool {
    fn drop(&mut self) {
        if !self.shut_down.load(Ordering::Relaxed) {
            self.shared.end(Shutdown::Finish);
            self.join_keepers();
        }
    }
}

impl fmt::Debug for ProcessPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessPool").field("workers", &self.workers()).finish_non_exhaustive()
    }
}
