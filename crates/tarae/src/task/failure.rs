//! What lies in the place of what a panic carries, where there was no panic: why a task has no answer.

use super::error_kind::Cause;
#[cfg(feature = "process")]
use super::error_kind::{ErrorKind, Part};
#[cfg(feature = "process")]
use crate::job::Fault;
#[cfg(feature = "process")]
use std::fmt;
use std::sync::Arc;

/// In the place of what a panic carries: the task was completed with this error.
pub(crate) struct Failed {
    pub(super) cause: Cause,
    /// What the error says. It is asked here and not by who looks at the failure: that is done while others wait for it to
    /// be done, and must not fail half-way.
    pub(super) message: String,
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
    pub(super) kind: ErrorKind,
    pub(super) cause: Option<Cause>,
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

#[cfg(feature = "process")]
impl From<Fault> for Elsewhere {
    fn from(fault: Fault) -> Self {
        let kind = match fault {
            Fault::Arguments(message) => ErrorKind::NotSerializable { part: Part::Arguments, message },
            Fault::Output(message) => ErrorKind::NotSerializable { part: Part::Output, message },
            Fault::Unknown(message) => ErrorKind::UnknownFunction { message },
            Fault::TooLarge { bytes, message } => ErrorKind::TooLarge { bytes, message },
            Fault::Panicked(message) => ErrorKind::Panicked { message },
        };
        Elsewhere::new(kind)
    }
}
