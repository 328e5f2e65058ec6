//! A tokio runtime with its executor: a `Tokio` alone keeps no runtime alive.

use tarae::executor::{Ticket, Tokio};
use tarae::prelude::*;

#[derive(Debug)]
pub(crate) struct Runtime {
    /// Taken by `drop`.
    runtime: Option<tokio::runtime::Runtime>,
    executor: Tokio,
}

impl Runtime {
    pub(crate) fn new(threads: usize) -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.max_blocking_threads(threads).build().unwrap();
        Runtime { executor: Tokio::new(runtime.handle().clone()), runtime: Some(runtime) }
    }
}

impl<J: Job + 'static> Executor<J> for Runtime {
    fn execute(&self, ticket: Ticket<J>) {
        self.executor.execute(ticket);
    }

    fn parallelism(&self) -> std::num::NonZeroUsize {
        Executor::<J>::parallelism(&self.executor)
    }
}

impl Drop for Runtime {
    /// Waits for nothing: it may be dropped by one of its own jobs.
    fn drop(&mut self) {
        self.runtime.take().into_iter().for_each(tokio::runtime::Runtime::shutdown_background);
    }
}
