//! Why there is no answer.

use super::raw::header::Header;
#[cfg(feature = "process")]
use crate::panics::drop_quietly;
use crate::panics::{self, Payload};
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

/// Why there is no answer. Names the task and the place it was submitted; cheap to clone.
///
/// ```
/// use tarae::prelude::*;
///
/// let error = Inline.submit_with(Options::new().name("sum of 3"), || -> u32 { panic!("no numbers") }).result().unwrap_err();
/// assert!(error.is_panic());
/// assert_eq!(error.task_name(), Some("sum of 3"));
/// assert!(error.to_string().contains("task \"sum of 3\" panicked: no numbers"));
/// ```
#[derive(Clone)]
pub struct TaskError(Arc<Inner>);

struct Inner {
    kind: ErrorKind,
    name: Option<String>,
    location: &'static Location<'static>,
    /// What the panic carried, until `resume` takes it.
    payload: Mutex<Option<Payload>>,
    cause: Option<Cause>,
}

/// Why a task failed, if it was not a panic of its own.
pub(crate) type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// In the place of what a panic carries: the task was completed with this error.
pub(crate) struct Failed {
    cause: Cause,
    /// What the error says. It is asked here and not by who looks at the failure: that is done while others wait for it to
    /// be done, and must not fail half-way.
    message: String,
}

impl Failed {
    pub(crate) fn new(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Failed { message: error.to_string(), cause: Arc::new(error) }
    }
}

/// In the place of what a panic carries: nobody can supply the answer any more.
pub(crate) struct Broken {
    /// An error of this crate's: it may be shown where `Failed::message` is made so as not to be.
    pub(crate) cause: Option<Cause>,
}

/// In the place of what a panic carries: why there is no answer from another process.
#[cfg(feature = "process")]
#[derive(Debug)]
pub(crate) struct Elsewhere {
    kind: ErrorKind,
    cause: Option<Cause>,
}

#[cfg(feature = "process")]
impl Elsewhere {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Elsewhere { kind, cause: None }
    }

    /// With what it comes from: an error of this crate's.
    pub(crate) fn because(mut self, cause: Cause) -> Self {
        self.cause = Some(cause);
        self
    }
}

#[cfg(feature = "process")]
impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it")?;
        self.kind.say(self.cause.as_ref(), f)
    }
}

/// A part of a job that travels between processes.
#[cfg(feature = "process")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the function is called with.
    Arguments,
    /// What it returns.
    Output,
}

/// What happened to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Its job panicked.
    Panicked {
        /// The panic's message, if it carried text.
        message: String,
    },
    /// It was cancelled before it ran, or stopped because it was asked to.
    Cancelled,
    /// Its time was over before it ended; see [`Options::timeout`](crate::executor::Options::timeout).
    TimedOut,
    /// Its executor refused it.
    Rejected,
    /// Nobody can supply the answer any more: its promise was dropped, or its executor broke.
    #[doc(alias = "BrokenExecutor")]
    Broken,
    /// Whoever had promised the answer supplied an error; see [`Promise::fail`](super::Promise::fail).
    Failed {
        /// The error's message. The error itself is the [source](std::error::Error::source).
        message: String,
    },
    /// The process that had begun it died.
    #[cfg(feature = "process")]
    #[doc(alias = "BrokenProcessPool")]
    WorkerDied(super::WorkerDeath),
    /// Its arguments or its result could not be taken apart, or put together, by what their `Serialize` and `Deserialize`
    /// say.
    #[cfg(feature = "process")]
    #[doc(alias = "PicklingError")]
    NotSerializable {
        /// Which of them.
        part: Part,
        /// Why.
        message: String,
    },
    /// Another process cannot find its function.
    #[cfg(feature = "process")]
    UnknownFunction {
        /// Which one, and why.
        message: String,
    },
    /// Its arguments or its result do not fit into memory.
    #[cfg(feature = "process")]
    TooLarge {
        /// How far it got.
        bytes: u64,
        /// What the system said.
        message: String,
    },
    /// What came from the process that had begun it is not what a worker sends; the worker was killed.
    #[cfg(feature = "process")]
    ProtocolMismatch {
        /// What came.
        message: String,
    },
}

impl TaskError {
    /// Of a task that is over without a result.
    pub(crate) fn cancelled(task: &Header) -> Self {
        let word = task.word();
        let kind = if word.was_rejected() {
            ErrorKind::Rejected
        } else if word.has_timed_out() {
            ErrorKind::TimedOut
        } else {
            ErrorKind::Cancelled
        };
        Self::new(kind, task.name().map(str::to_owned), task.location(), None, None)
    }

    /// Of a task that failed, with what its panic carried, or what stands in its place. Runs no code of the user's.
    pub(crate) fn failed(
        name: Option<String>,
        location: &'static Location<'static>,
        payload: Payload,
    ) -> Self {
        let payload = match payload.downcast::<Failed>() {
            Ok(failed) => {
                let Failed { cause, message } = *failed;
                return Self::new(ErrorKind::Failed { message }, name, location, None, Some(cause));
            }
            Err(payload) => payload,
        };
        let payload = match payload.downcast::<Broken>() {
            Ok(broken) => return Self::new(ErrorKind::Broken, name, location, None, broken.cause),
            Err(payload) => payload,
        };
        #[cfg(feature = "process")]
        let payload = match payload.downcast::<Elsewhere>() {
            Ok(failure) => return Self::new(failure.kind, name, location, None, failure.cause),
            Err(payload) => payload,
        };
        let cause = payload.downcast_ref::<TaskError>().map(|error| Arc::new(error.clone()) as Cause);
        let message = panic_message(&payload);
        Self::new(ErrorKind::Panicked { message }, name, location, Some(payload), cause)
    }

    /// Of several tasks together, known by what made them: they did not end in their time.
    pub(crate) fn late(name: &str, location: &'static Location<'static>) -> Self {
        Self::new(ErrorKind::TimedOut, Some(name.to_owned()), location, None, None)
    }

    fn new(
        kind: ErrorKind,
        name: Option<String>,
        location: &'static Location<'static>,
        payload: Option<Payload>,
        cause: Option<Cause>,
    ) -> Self {
        TaskError(Arc::new(Inner { kind, name, location, payload: Mutex::new(payload), cause }))
    }

    /// What happened.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The task's name, if it was given one.
    pub fn task_name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Where the task was submitted.
    pub fn location(&self) -> &'static Location<'static> {
        self.0.location
    }

    /// Whether its job panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Panicked { .. })
    }

    /// Whether it was cancelled.
    #[doc(alias = "CancelledError")]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Cancelled)
    }

    /// Whether its time was over.
    #[doc(alias = "TimeoutError")]
    pub fn is_timed_out(&self) -> bool {
        matches!(self.0.kind, ErrorKind::TimedOut)
    }

    /// Goes on with the panic here: with what it carried the first time, with the error's text after that, and if there
    /// was none.
    pub fn resume(self) -> ! {
        let payload = self.0.payload.lock().unwrap_or_else(PoisonError::into_inner).take();
        match payload {
            Some(payload) => std::panic::resume_unwind(payload),
            None => panic!("{self}"),
        }
    }
}

impl ErrorKind {
    /// The end of a sentence that begins with the task.
    fn say(&self, cause: Option<&Cause>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Panicked { message } => write!(f, " panicked: {message}"),
            ErrorKind::Cancelled => f.write_str(" was cancelled"),
            ErrorKind::TimedOut => f.write_str(" did not end in its time"),
            ErrorKind::Rejected => {
                f.write_str(" was refused by its executor, which has been shut down or is full")
            }
            ErrorKind::Broken => match cause {
                Some(cause) => write!(f, " cannot be answered any more: {cause}"),
                None => f.write_str(" cannot be answered any more: its promise was dropped"),
            },
            ErrorKind::Failed { message } => write!(f, " failed: {message}"),
            #[cfg(feature = "process")]
            ErrorKind::WorkerDied(death) => write!(f, " was lost: {death}"),
            #[cfg(feature = "process")]
            ErrorKind::NotSerializable { part: Part::Arguments, message } => {
                write!(f, " has arguments that cannot be sent to another process: {message}")
            }
            #[cfg(feature = "process")]
            ErrorKind::NotSerializable { part: Part::Output, message } => {
                write!(f, " has a result that cannot be sent to another process: {message}")
            }
            #[cfg(feature = "process")]
            ErrorKind::UnknownFunction { message } => {
                write!(f, " has a function that another process cannot find: {message}")
            }
            #[cfg(feature = "process")]
            ErrorKind::TooLarge { bytes, message } => {
                write!(f, " has {bytes} bytes or more to send, which do not fit: {message}")
            }
            #[cfg(feature = "process")]
            ErrorKind::ProtocolMismatch { message } => write!(f, " was lost: its worker sent {message}"),
        }
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.name {
            Some(name) => write!(f, "task {name:?}")?,
            None => f.write_str("a task")?,
        }
        self.0.kind.say(self.0.cause.as_ref(), f)?;
        write!(f, " (submitted at {})", self.0.location)
    }
}

impl fmt::Debug for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskError")
            .field("kind", &self.0.kind)
            .field("task", &self.0.name)
            .field("submitted_at", &format_args!("{}", self.0.location))
            .finish()
    }
}

impl std::error::Error for TaskError {
    /// Why the task failed, if somebody said so: the error of [`Promise::fail`](super::Promise::fail), what broke its
    /// executor, or the error of another task that its job [raised](std::panic::panic_any).
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

/// What a panic said that is over: what it carried may panic when it is dropped.
#[cfg(feature = "process")]
pub(crate) fn message_of(payload: Payload) -> String {
    let message = panic_message(&payload);
    drop_quietly(|| drop(payload));
    message
}

/// What a panic said.
pub(crate) fn panic_message(payload: &Payload) -> String {
    match payload.downcast_ref::<TaskError>() {
        Some(error) => error.to_string(),
        None => panics::text(payload).unwrap_or(panics::NO_TEXT).to_owned(),
    }
}
