//! Executors: what runs jobs, behind one interface.
//!
//! | | runs a job | takes | a job may borrow |
//! |---|---|---|---|
//! | [`Inline`] | at once, on the caller's thread | every [`Job`] | yes |
//! | [`ThreadPool`] | on one of its threads | every [`Job`] that is `'static` | no |
//! | [`Scope`], by [`ThreadPool::scope`] | on one of the pool's threads | every [`Job`] | yes |
//! | `ProcessPool` (feature `process`) | in another process of this program | every `PortableJob`: calls of functions, not closures | no |
//! | `Rayon` (feature `rayon`) | on a thread of a rayon pool | every [`Job`] that is `'static` | no |
//! | `Tokio` (feature `tokio`) | on a thread that a tokio runtime has for blocking work | every [`Job`] that is `'static` | no |
//!
//! [`Executor::submit`] gives a [`Task`](crate::task::Task);
//! [`par_map`](crate::iter::IterExt::par_map) maps an iterator, and [`prefetch`](crate::iter::IterExt::prefetch) runs one ahead.
//! All work on every executor, and one suite of tests
//! holds them all to the same behaviour: each job runs once, a panic is its task's error, what has not begun can be
//! cancelled, and a job that waits for its own tasks, without a limit, needs no other thread for them. In this they differ:
//!
//! | | [`Inline`] | [`ThreadPool`] | `Rayon` | `Tokio` |
//! |---|---|---|---|---|
//! | jobs at a time | the caller's one | as many as it has workers | as many as the pool has threads | as many as there are, up to the runtime's limit: 512 threads |
//! | jobs are begun in the order submitted | yes | with one worker; about so with several; a job's own the latest first | with one thread, those that one thread submits; about so with several | about so |
//! | a job waits for several tasks, of which one never ends | it would not have been submitted | needs an idle worker for each | needs a thread for each that begins it within 0.1 ms | needs a thread for each that begins it within 20 ms |
//! | a thread in a job runs other jobs | those that it submits, at once | only one that it waits for | one that it waits for; any in rayon's `join`, `scope` and iterators | only one that it waits for |
//! | it is dropped with jobs queued | none are | they are run before the drop returns | they are run; the drop waits for nothing | they are run, while the runtime is there |
//! | it is shut down under them | | they are run or cancelled, as [`Shutdown`] says | | they are run or dropped; a dropped one's task ends as Cancelled |
//! | its threads after that | | have ended | end by themselves | are the runtime's |
//!
//! A `ProcessPool` keeps the same promises, and differs in what a process is: nobody but a worker runs its jobs, so a job that
//! waits for its own pool's tasks would have to be in this process; what is asked to stop is killed; and a worker that dies takes
//! the task with it that it had begun.
//!
//! # Futures
//!
//! A future is no job: it runs in turns, and between them nobody waits. These take futures, and give the same [`Task`](crate::task::Task):
//!
//! | | on | takes | a future may borrow |
//! |---|---|---|---|
//! | [`ThreadPool::spawn`] | the workers | what is `Send` and `'static` | no |
//! | [`Local::spawn`] | the thread that calls [`Local::run`] | every future whose answer is `Send` | yes |
//! | [`block_on`] | the thread that calls it | one future; no task | yes |
//!
//! [`steps`] makes a future of a generator or a coroutine. The guide has a chapter:
//! [Concurrency and parallelism](crate::guide::concurrency).

#[cfg(feature = "retry")]
mod backoff;
mod block_on;
mod contract;
mod driven;
mod flow;
mod inline;
mod local;
mod prefetch;
#[cfg(feature = "process")]
pub(crate) mod process;
#[cfg(feature = "rayon")]
mod rayon;
#[cfg(feature = "retry")]
mod retry;
mod run_ahead;
mod shutdown;
mod steps;
mod thread;
mod ticket;
#[cfg(feature = "tokio")]
mod tokio;
mod with_token;
mod yield_now;

#[cfg(feature = "rayon")]
pub use self::rayon::Rayon;
#[cfg(feature = "tokio")]
pub use self::tokio::Tokio;
pub use crate::job::{Call, Job, Portable, RemoteFn, portable};
#[cfg(feature = "process")]
pub use crate::job::{NamedJob, NamedMap, PortableFn, PortableJob, Remote};
pub use crate::options::Options;
#[cfg(feature = "retry")]
pub use backoff::Backoff;
pub use block_on::block_on;
pub use contract::Executor;
pub use flow::{MapBatch, Mapped, ParMap, ParResults, StageBatch};
pub use inline::Inline;
pub use local::Local;
pub use prefetch::Prefetch;
#[cfg(feature = "process")]
pub use process::{Exit, Output, Phase, ProcessPool, ProcessPoolBuilder, StartError, WorkerDeath, init};
#[cfg(feature = "retry")]
pub use retry::{Retry, RetryError, retry};
pub use run_ahead::RunAhead;
pub use shutdown::{Shutdown, StillRunning, StuckTask};
pub use steps::{Steps, steps};
pub use thread::{BuildError, Counters, Scope, ThreadPool, ThreadPoolBuilder};
pub use ticket::{Runnable, Ticket};
pub use with_token::with_token;
pub use yield_now::{YieldNow, yield_now};
