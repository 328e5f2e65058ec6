//! Tasks: handles of answers that will come.
//!
//! An [executor](crate::executor) gives a [`Task`] for every job. It can be waited for, with or without a time limit,
//! awaited, cancelled, asked to stop, followed by a callback, and waited for together with others.
//!
//! ```
//! use std::time::Duration;
//! use tarae::prelude::*;
//!
//! let pool = ThreadPool::new(2)?;
//! let tasks: Vec<Task<u64>> = [10, 100, 1_000].map(|n| pool.submit(move || (1..=n).sum())).into();
//!
//! let waited = wait(tasks, Duration::from_secs(7), Wait::All);
//! assert_eq!(waited.done.len(), 3);
//! for task in as_completed(waited.done) {
//!     println!("{:?} gave {}", task.state(), task.result()?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The life of a task
//!
//! ```text
//!           a worker begins                 the job returns or panics
//! Pending ──────────────────▶ Running ─────────────────────────────────▶ Finished
//!    │                           │
//!    │ cancel, abort, or its     │ abort, and the job stops because
//!    │ executor gives it up      │ its token said so
//!    └───────────────────────────┴──────────────────────────────────────▶ Cancelled
//! ```
//!
//! # What happens to what
//!
//! | what | outcome |
//! |---|---|
//! | a job panics | the task's error, which names task and place; the worker lives on |
//! | a handle is dropped | the job runs all the same, with nobody waiting |
//! | a callback panics | the error of the task that [`Task::on_done`] gave |
//! | a limit of zero | looks once, and waits for nothing |
//! | nothing to wait for | [`wait`] and [`as_completed`] come back at once, empty |
//! | a job waits, without a limit, for a task that nobody has begun | its thread runs that task itself: a pool of one worker does not deadlock |
//! | a job waits with a limit, or polls | its thread runs nothing meanwhile: if all workers do so, the limit passes |
//! | a job waits, without a limit, for the task of a [future](crate::executor::ThreadPool::spawn) | its thread polls that future whenever it is to be polled, by `result` and `wait_within`; in sets it does not |
//! | its pool is shut down | it runs, or ends with an error: see [`Shutdown`](crate::executor::Shutdown) |
//! | a task waits for itself | waits for ever, as for any promise that nobody keeps |

mod as_completed;
mod current;
#[cfg(feature = "process")]
mod death;
mod error;
#[allow(unsafe_code)]
mod on_done;
mod promise;
#[allow(unsafe_code)]
mod raw;
#[allow(unsafe_code)]
mod shared;
mod show;
mod state;
mod task;
mod unseen;
mod wait;
mod waitable;

pub use as_completed::{TaskSet, TimedOut, Within, as_completed};
#[cfg(feature = "process")]
pub use death::{Exit, Phase, WorkerDeath};
#[cfg(feature = "process")]
pub use error::Part;
pub(crate) use error::{Broken, Cause, panic_message};
#[cfg(feature = "process")]
pub(crate) use error::{Elsewhere, message_of};
pub use error::{ErrorKind, TaskError};
pub use promise::{Promise, promise};
pub(crate) use raw::context::{
    Others, Worker, as_worker, is_at_work, is_worker_of, submit_own, with_token, work,
};
pub(crate) use raw::count::{Count, Uncounted};
pub(crate) use raw::crew::{Crew, End};
pub(crate) use raw::join::{join, run_on_worker};
pub(crate) use raw::list::List;
#[cfg(feature = "process")]
pub(crate) use raw::off_timer::hand_callbacks_over;
pub(crate) use raw::promised::Promised;
pub(crate) use raw::runner::{Erased, Runner, new};
pub(crate) use raw::shown::Shown;
#[cfg(feature = "tracing")]
pub(crate) use raw::spans;
pub(crate) use raw::spawned::Spawned;
pub use shared::Shared;
pub use state::TaskState;
pub use task::Task;
pub use unseen::set_failure_hook;
pub use wait::{Wait, Waited, wait};
pub use waitable::Waitable;
