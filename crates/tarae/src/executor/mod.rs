//! Executors: what runs jobs, behind one interface.
//!
//! | | runs a job | takes | a job may borrow |
//! |---|---|---|---|
//! | [`Inline`] | at once, on the caller's thread | every [`Job`] | yes |
//! | [`ThreadPool`] | on one of its threads | every [`Job`] that is `'static` | no |
//!
//! [`Executor::submit`] gives a [`Task`](crate::task::Task);
//! [`par_map`](crate::iter::IterExt::par_map) maps an iterator. Both work on every executor, and one suite of tests
//! holds them all to the same behaviour.

mod contract;
mod inline;
mod map_batch;
mod options;
mod par_map;
mod shutdown;
mod thread;
mod ticket;

pub use crate::job::{Call, Job, NamedJob, Portable, PortableJob, RemoteFn, portable};
pub use contract::Executor;
pub use inline::Inline;
pub use map_batch::{MapBatch, Mapped};
pub use options::Options;
pub use par_map::{ParMap, ParResults};
pub use shutdown::{Shutdown, StillRunning, StuckTask};
pub use thread::{BuildError, ThreadPool, ThreadPoolBuilder};
pub use ticket::{Runnable, Ticket};
