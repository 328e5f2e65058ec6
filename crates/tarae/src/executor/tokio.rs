//! A tokio runtime's threads for blocking work as an executor.

use super::{Executor, Job, Ticket};
use std::num::NonZeroUsize;
use tokio::runtime::Handle;

/// The threads that a tokio runtime has for blocking work, as an executor: jobs are given to `spawn_blocking`, since they
/// may compute and block as they like. (Feature `tokio`.)
///
/// Inside the runtime, tasks are awaited:
///
/// ```
/// use tarae::executor::Tokio;
/// use tarae::prelude::*;
///
/// let runtime = tokio::runtime::Builder::new_current_thread().build()?;
/// let length = runtime.block_on(async {
///     let text = Tokio::current().submit(|| String::from("read from a slow disk"));
///     text.await.map(|text| text.len())
/// });
/// assert_eq!(length?, 21);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`result`](crate::task::Task::result), [`wait`](crate::task::wait) and the like put the thread to sleep that calls them.
/// In an `async fn` that is one of the runtime's, which polls nothing meanwhile: `.await` there, and wait in jobs and
/// outside. Dropping a future that awaits a task detaches the task, as dropping the task does; `abort` stops it.
///
/// **Order**: jobs are begun about in the order they were submitted, each at once as long as the runtime may start
/// threads: up to 512 unless its builder said otherwise (`max_blocking_threads`), shared with whatever else blocks in it.
/// [`parallelism`](Executor::parallelism) says how many cores there are, since more do not compute at a time.
///
/// **Waiting inside a job**, without a limit, is allowed however few threads there are: it runs the awaited task if nobody
/// has begun it, and nothing else. When the threads have run out, a job that waits for several tasks loses up to 20
/// milliseconds before it runs one: until then somebody is expected to begin them.
///
/// **When the runtime shuts down**, jobs that run go on to their end. What has not begun may still be run, or be dropped;
/// what is submitted after that is dropped at once. The task of a dropped job ends as Cancelled: nobody waits for ever.
/// Dropping this changes nothing.
#[derive(Clone, Debug)]
pub struct Tokio {
    handle: Handle,
}

impl Tokio {
    /// The runtime that a handle leads to.
    pub fn new(handle: Handle) -> Self {
        Tokio { handle }
    }

    /// The runtime that this code runs in.
    ///
    /// # Panics
    /// Outside a runtime, as [`Handle::current`] does; [`Handle::try_current`] is for those who do not know.
    #[track_caller]
    pub fn current() -> Self {
        Self::new(Handle::current())
    }
}

/// `execute` panics, and the job may run all the same, if the system lets the runtime start no thread, not even one.
impl<J: Job + 'static> Executor<J> for Tokio {
    fn execute(&self, ticket: Ticket<J>) {
        let runnable = ticket.into_runnable();
        drop(self.handle.spawn_blocking(|| runnable.run_among_idle()));
    }

    fn parallelism(&self) -> NonZeroUsize {
        std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
    }
}
