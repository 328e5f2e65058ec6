//! Why there is no answer.

use super::error_kind::{Cause, ErrorKind};
#[cfg(feature = "process")]
use super::failure::Elsewhere;
use super::failure::{Broken, Failed};
use super::raw::header::Header;
use crate::panics::{self, Payload, drop_quietly};
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
pub(crate) fn message_of(payload: Payload) -> String {
    let message = panic_message(&payload);
    drop_quietly(|| drop(payload));
    message
}

/// What a panic said.
pub(crate) fn panic_message(payload: &Payload) -> String {
    match payload.downcast_ref::<TaskError>() {
        Some(error) => error.to_string(),
        None => panics::text(payload).to_owned(),
    }
}
