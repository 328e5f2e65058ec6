//! tarae (타래, a skein: many threads wound so that each draws out without a tangle).
#![deny(unsafe_code)]

extern crate alloc;

pub mod cancel;
pub mod executor;
pub mod generator;
pub mod iter;
mod job;
mod sync;
pub mod task;

/// Coroutines without a macro.
pub mod coroutine {
    pub use crate::generator::coroutine_from_fn as from_fn;
}

/// What most programs import.
pub mod prelude {
    pub use crate::cancel::{CancelToken, Cancelled, Deadline};
    pub use crate::executor::{
        Call, Executor, Inline, Job, NamedJob, Options, PortableJob, RemoteFn, ThreadPool, portable,
    };
    pub use crate::generator::{Body, Coroutine, Generator, State, Step, Yields};
    pub use crate::iter::IterExt;
    pub use crate::task::{Task, TaskError, TaskSet, TaskState, Wait, Waited, as_completed, wait};
    pub use crate::{coroutine, generator, yield_from};
}

/// What the macros expand to. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::generator::expansion::*;
    pub use tarae_macros::{coroutine, generator};
}
