//! Running and waiting, as the features see it that show what goes on. Without them, nothing is added.

use super::header::Header;
use super::shown;
#[cfg(feature = "tracing")]
use super::spans;
#[cfg(feature = "timeline")]
use crate::timeline::{self, Kind};

/// Runs the job of a claimed task. True if the job panicked.
///
/// # Safety
/// As for [`Header::run`].
#[inline(always)]
pub(super) unsafe fn run(task: *const Header) -> bool {
    // SAFETY: the caller's promise; the block is there as long as the task is not settled.
    unsafe {
        #[cfg(feature = "timeline")]
        let open = timeline::begin(Kind::Task, || ((*task).name(), Some((*task).location())));
        #[cfg(feature = "tracing")]
        let span = spans::begin(&*task);
        let failed = shown::run(task);
        #[cfg(feature = "tracing")]
        spans::end(span, failed);
        #[cfg(feature = "timeline")]
        if let Some(open) = open {
            open.end(failed);
        }
        failed
    }
}

/// Waits for a task by `f`.
#[inline(always)]
pub(super) fn wait<R>(task: &Header, f: impl FnOnce() -> R) -> R {
    #[cfg(feature = "timeline")]
    let open = timeline::begin(Kind::Wait, || (task.name(), Some(task.location())));
    #[cfg(not(feature = "timeline"))]
    let _ = task;
    let result = f();
    #[cfg(feature = "timeline")]
    if let Some(open) = open {
        open.end(false);
    }
    result
}

/// Waits for one of several tasks by `f`.
#[inline(always)]
pub(super) fn wait_for_any<R>(f: impl FnOnce() -> R) -> R {
    #[cfg(feature = "timeline")]
    let open = timeline::begin(Kind::WaitForAny, || (None, None));
    let result = f();
    #[cfg(feature = "timeline")]
    if let Some(open) = open {
        open.end(false);
    }
    result
}
