//! What each worker runs first, and the end of a pool where that has failed.

use crate::panics::{Payload, drop_quietly};
use crate::task::{Broken, Cause, Count, Erased, panic_message};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What each worker runs first.
#[derive(Clone)]
pub(super) struct Initializer(Arc<dyn Fn(usize) + Send + Sync>);

/// An initializer has panicked.
#[derive(Debug)]
struct Panicked {
    worker: usize,
    message: String,
}

impl Initializer {
    pub(super) fn new(f: impl Fn(usize) + Send + Sync + 'static) -> Self {
        Initializer(Arc::new(f))
    }

    /// Runs it on a worker, for the last time there. A panic has been reported by the panic hook.
    pub(super) fn run(self, worker: usize) -> Result<(), Cause> {
        let result = catch_unwind(AssertUnwindSafe(|| (self.0)(worker)));
        drop_quietly(|| drop(self));
        result.map_err(|payload| {
            let message = panic_message(&payload);
            drop_quietly(|| drop(payload));
            Arc::new(Panicked { worker, message }) as Cause
        })
    }
}

/// What stands in the place of a panic for a task of a broken pool.
pub(super) fn broken(cause: &Cause) -> Payload {
    Box::new(Broken { cause: Some(cause.clone()) })
}

/// Ends a task of a broken pool.
pub(super) fn break_task(task: Erased, cause: &Cause, count: &dyn Count) {
    task.fail(broken(cause), count);
}

impl fmt::Debug for Initializer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Initializer")
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the initializer of worker {} panicked: {}", self.worker, self.message)
    }
}

impl std::error::Error for Panicked {}
