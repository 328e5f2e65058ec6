//! What happened to a task that has no answer.

use std::fmt;
use std::sync::Arc;

/// Why a task failed, if it was not a panic of its own.
pub(crate) type Cause = Arc<dyn std::error::Error + Send + Sync>;

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

impl ErrorKind {
    /// The end of a sentence that begins with the task.
    pub(super) fn say(&self, cause: Option<&Cause>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
