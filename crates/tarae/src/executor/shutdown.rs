//! How an executor is told to end, and what is said of one that does not in time.

use std::fmt;
use std::panic::Location;

/// What becomes of an executor's tasks when it is shut down. Each is stronger than the one before.
///
/// | | what is queued | what runs | what running jobs submit | spawned futures |
/// |---|---|---|---|---|
/// | `Finish` | runs | finishes | runs | are run to their end |
/// | `CancelPending` | is cancelled | finishes | is refused | are dropped where they wait next |
/// | `Abort` | is cancelled | is asked to stop | is refused | the same |
///
/// A future that is never woken keeps a pool that finishes, as a job that never returns does.
///
/// What others submit is refused by all three: such a task ends as
/// [`Rejected`](crate::task::ErrorKind::Rejected).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shutdown {
    /// What is queued runs. What runs may still submit to its own executor, so that what is queued can end.
    Finish,
    /// What is queued is cancelled, and what runs finishes.
    #[doc(alias = "cancel_futures")]
    CancelPending,
    /// What is queued is cancelled, and what runs is asked to stop, as by [`Task::abort`](crate::task::Task::abort).
    Abort,
}

/// The limit of a shutdown has passed: what runs still, and how much is queued.
///
/// ```
/// use std::time::Duration;
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(1)?;
/// let (go_on, may_go_on) = std::sync::mpsc::channel::<()>();
/// let (begun, has_begun) = std::sync::mpsc::channel();
/// let task = pool.submit_with(Options::new().name("sum 100"), move || {
///     begun.send(()).unwrap();
///     may_go_on.recv().is_ok()
/// });
/// has_begun.recv()?;
///
/// let still = pool.shutdown(Shutdown::Finish, Duration::ZERO).unwrap_err();
/// assert_eq!(still.tasks()[0].name(), Some("sum 100"));
/// assert!(still.to_string().starts_with("1 task still runs: \"sum 100\" (submitted at "));
///
/// go_on.send(())?;
/// pool.shutdown(Shutdown::Finish, None)?;
/// assert!(task.result()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StillRunning {
    tasks: Vec<StuckTask>,
    queued: usize,
    waiting: usize,
}

/// A task that ran when the limit of a shutdown had passed.
#[derive(Clone, Debug)]
pub struct StuckTask {
    name: Option<String>,
    location: &'static Location<'static>,
}

impl StillRunning {
    pub(super) fn new(tasks: Vec<StuckTask>, queued: usize, waiting: usize) -> Self {
        StillRunning { tasks, queued, waiting }
    }

    /// The tasks that ran.
    ///
    /// Of tasks that run on one thread, since one waits for the other, these are the innermost, and of the rest those
    /// that have a name. There are none if something else keeps a thread, such as a destructor of a result, or if the
    /// threads had only to end yet.
    pub fn tasks(&self) -> &[StuckTask] {
        &self.tasks
    }

    /// About how many tasks were queued: those count, too, that were cancelled and are still in the queue.
    pub fn queued(&self) -> usize {
        self.queued
    }

    /// About how many [spawned](crate::executor::ThreadPool::spawn) futures had not ended: most of them wait for something.
    pub fn waiting(&self) -> usize {
        self.waiting
    }
}

impl StuckTask {
    pub(super) fn new(name: Option<String>, location: &'static Location<'static>) -> Self {
        StuckTask { name, location }
    }

    /// The task's name, if it was given one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where the task was submitted.
    pub fn location(&self) -> &'static Location<'static> {
        self.location
    }
}

impl fmt::Display for StuckTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name:?}")?,
            None => f.write_str("a task")?,
        }
        write!(f, " (submitted at {})", self.location)
    }
}

impl fmt::Display for StillRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tasks.len() {
            0 => f.write_str("no task runs, but the threads have not ended yet")?,
            1 => write!(f, "1 task still runs: {}", self.tasks[0])?,
            n => {
                write!(f, "{n} tasks still run: {}", self.tasks[0])?;
                self.tasks[1..].iter().try_for_each(|task| write!(f, ", {task}"))?;
            }
        }
        if self.queued > 0 {
            write!(f, "; {} queued", self.queued)?;
        }
        match self.waiting {
            0 => Ok(()),
            1 => f.write_str("; 1 future waits"),
            n => write!(f, "; {n} futures wait"),
        }
    }
}

impl std::error::Error for StillRunning {}
