//! A task whose answer is supplied by hand.

use super::Task;
use super::failure::Failed;
use super::raw::promised::Promised;
use crate::options::Options;
use std::error::Error;
use std::fmt;
use std::panic::Location;

/// A task that nobody runs, and the duty to supply its answer: for results that come from elsewhere, from a callback of
/// another library or a message.
///
/// ```
/// use tarae::prelude::*;
/// use tarae::task::promise;
///
/// let (answer, task) = promise::<u32>();
/// std::thread::spawn(move || answer.complete(42));
/// assert_eq!(task.result()?, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A worker that waits for a promise cannot run what would keep it: if that is a task of the same pool which nobody has
/// begun, and all workers wait so, they wait for ever. Wait for that task instead.
#[track_caller]
pub fn promise<T: Send>() -> (Promise<T>, Task<T>) {
    Promise::with(Options::new())
}

/// The duty to supply the answer of a task; see [`promise`].
///
/// Dropped without an answer, its task ends with an error of the kind [`Broken`](super::ErrorKind::Broken); if it was asked
/// to stop, as Cancelled; and if nobody [wants the answer](Self::is_abandoned) any more, that is the end of it.
#[must_use = "dropped, it breaks the promise: whoever waits for the task gets an error"]
pub struct Promise<T: Send>(Promised<T>);

impl<T: Send> Promise<T> {
    /// A promise whose task has a name, or a time-out.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let (answer, task) = Promise::<u32>::with(Options::new().name("the answer"));
    /// drop(answer);
    /// let error = task.result().unwrap_err();
    /// assert!(error.to_string().starts_with("task \"the answer\" cannot be answered any more: its promise was dropped"));
    /// ```
    #[track_caller]
    pub fn with(options: Options) -> (Self, Task<T>) {
        let (promised, handle) = Promised::new(options, Location::caller());
        (Promise(promised), Task::new(handle))
    }

    /// Says that the work has begun: from here on the task is Running, and cannot be cancelled, only
    /// [asked to stop](Self::is_abandoned). False if it has been cancelled: then the work is not to be done.
    ///
    /// Not needed for [`complete`](Self::complete).
    ///
    /// ```
    /// use tarae::prelude::*;
    /// use tarae::task::promise;
    ///
    /// let (mut answer, task) = promise::<u32>();
    /// assert!(answer.start());
    /// assert!(!task.cancel());
    /// assert_eq!(task.state(), TaskState::Running);
    ///
    /// let (mut answer, task) = promise::<u32>();
    /// assert!(task.cancel());
    /// assert!(!answer.start());
    /// ```
    ///
    /// # Panics
    /// If it has been started before: two would do the work.
    #[doc(alias = "set_running_or_notify_cancel")]
    pub fn start(&mut self) -> bool {
        assert!(!self.0.is_started(), "a promise is started once: its work has begun");
        self.0.start()
    }

    /// Supplies the answer, and tells who waits for it.
    ///
    /// # Errors
    /// The answer, if nobody can have it any more: the task was cancelled, or its handle dropped.
    #[doc(alias = "set_result")]
    pub fn complete(self, value: T) -> Result<(), T> {
        self.0.settle(Ok(value)).map_err(|answer| match answer {
            Ok(value) => value,
            Err(_) => unreachable!("it was a value"),
        })
    }

    /// Supplies an error instead of an answer. The task's error has it as its [source](Error::source).
    ///
    /// If the task's handle has been dropped, the error is [said](super::set_failure_hook) as any that nobody looks at; if
    /// the task was cancelled, it is dropped.
    ///
    /// ```
    /// use std::error::Error;
    /// use tarae::prelude::*;
    /// use tarae::task::promise;
    ///
    /// let (answer, task) = promise::<u32>();
    /// answer.fail(std::io::Error::other("no line"));
    /// let error = task.result().unwrap_err();
    /// assert!(error.source().unwrap().is::<std::io::Error>());
    /// ```
    #[doc(alias = "set_exception")]
    pub fn fail(self, error: impl Error + Send + Sync + 'static) {
        // What comes back is the error of a task that was cancelled: nobody waits for one.
        let _ = self.0.settle(Err(Box::new(Failed::new(error))));
    }

    /// Whether the answer is not wanted any more: the task was cancelled or [aborted](Task::abort), or its handle dropped.
    /// What takes long can look here from time to time.
    ///
    /// ```
    /// let (answer, task) = tarae::task::promise::<u32>();
    /// assert!(!answer.is_abandoned());
    /// drop(task);
    /// assert!(answer.is_abandoned());
    /// assert_eq!(answer.complete(42), Err(42));
    /// ```
    pub fn is_abandoned(&self) -> bool {
        self.0.is_abandoned()
    }
}

impl<T: Send> fmt::Debug for Promise<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Promise").field("abandoned", &self.is_abandoned()).finish_non_exhaustive()
    }
}
