//! Why there is no answer.

use super::raw::block::Payload;
use super::raw::header::Header;
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
    /// Its executor refused it.
    Rejected,
}

impl TaskError {
    pub(crate) fn cancelled(task: &Header) -> Self {
        let kind = if task.word().was_rejected() { ErrorKind::Rejected } else { ErrorKind::Cancelled };
        Self::new(kind, task.name().map(str::to_owned), task.location(), None)
    }

    pub(crate) fn panicked(
        name: Option<String>,
        location: &'static Location<'static>,
        payload: Payload,
    ) -> Self {
        let message = panic_message(&payload);
        Self::new(ErrorKind::Panicked { message }, name, location, Some(payload))
    }

    fn new(
        kind: ErrorKind,
        name: Option<String>,
        location: &'static Location<'static>,
        payload: Option<Payload>,
    ) -> Self {
        TaskError(Arc::new(Inner { kind, name, location, payload: Mutex::new(payload) }))
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

/// What a panic said.
pub(crate) fn panic_message(payload: &Payload) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a value that is not text".to_owned()
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.name {
            Some(name) => write!(f, "task {name:?}")?,
            None => f.write_str("a task")?,
        }
        match &self.0.kind {
            ErrorKind::Panicked { message } => write!(f, " panicked: {message}")?,
            ErrorKind::Cancelled => f.write_str(" was cancelled")?,
            ErrorKind::Rejected => {
                f.write_str(" was refused by its executor, which has been shut down or is full")?
            }
        }
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

impl std::error::Error for TaskError {}
