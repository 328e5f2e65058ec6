//! What the crate `tracing` is told of tasks (feature `tracing`).
//!
//! | | what | level |
//! |---|---|---|
//! | a `ThreadPool` takes a task | event `submit` | trace |
//! | a job runs | span `task`, entered as it begins and left as it ends: what the job logs is inside | debug |
//! | it has ended | event `end` in the span, which says whether it panicked | trace |
//!
//! A future's turn is a span without a `submit`. A scope's task is a span in that of its errand, which has the `submit`.
//!
//! All have the target `tarae::task`, and the fields `name`, `place` (of the submit), `id` (tells tasks apart that are there
//! at one time), `pool` and `worker`.

use super::header::Header;
use super::runner::Erased;
use super::worker;
use tracing::span::EnteredSpan;
use tracing::{Level, event, span};

const TARGET: &str = "tarae::task";

/// Tells tasks apart that are there at one time: where the block lies.
fn id(task: &Header) -> u64 {
    std::ptr::from_ref(task).addr() as u64
}

/// A pool takes a task.
pub(crate) fn submitted(task: &Erased, pool: &str) {
    let task = task.header();
    event!(
        target: TARGET,
        Level::TRACE,
        name = task.name(),
        place = %task.location(),
        id = id(task),
        pool,
        "submit"
    );
}

/// A job begins on this thread.
pub(super) fn begin(task: &Header) -> EnteredSpan {
    worker::with_seat(|pool, worker| {
        span!(
            target: TARGET,
            Level::DEBUG,
            "task",
            name = task.name(),
            place = %task.location(),
            id = id(task),
            pool,
            worker
        )
    })
    .entered()
}

/// It has ended.
pub(super) fn end(span: EnteredSpan, panicked: bool) {
    event!(target: TARGET, Level::TRACE, panicked, "end");
    drop(span);
}
