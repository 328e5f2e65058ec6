//! Waiting for several tasks.

use super::{TaskSet, Waitable};
use crate::cancel::Deadline;

/// When [`wait`] comes back, if not by its time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "return_when")]
pub enum Wait {
    /// When all are over.
    #[doc(alias = "ALL_COMPLETED")]
    All,
    /// When one is over. A cancelled one counts.
    #[doc(alias = "FIRST_COMPLETED")]
    Any,
    /// When one has failed, or all are over. A cancelled one has not failed; one that timed out or was refused has.
    #[doc(alias = "FIRST_EXCEPTION")]
    AnyFailed,
}

/// What [`wait`] found: what it was given, in two parts, each in the order given.
#[derive(Debug)]
#[doc(alias = "DoneAndNotDoneFutures")]
pub struct Waited<W> {
    /// Those that are over.
    pub done: Vec<W>,
    /// Those that are not. They go on; nothing was done to them.
    #[doc(alias = "not_done")]
    pub pending: Vec<W>,
}

/// Waits until enough of the tasks are over, or for so long.
///
/// ```
/// use std::time::Duration;
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let quick = pool.submit(|| 1);
/// let endless = pool.submit(|| (0u64..).cancellable(&CancelToken::current()).count() as i32);
///
/// let waited = wait([quick, endless], Duration::from_millis(20), Wait::All);
/// assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));
/// for task in waited.pending {
///     task.abort(); // a time limit stops the waiting; this stops the work
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `wait(&tasks, ..)` leaves the tasks where they are. `None` is no limit; a limit of zero looks once. With nothing to
/// wait for it comes back at once. No time-out is an error: what is over is in `done`, as in Python.
///
/// A job that waits without a limit runs those tasks itself that nobody has begun.
pub fn wait<I>(tasks: I, limit: impl Into<Deadline>, when: Wait) -> Waited<I::Item>
where
    I: IntoIterator,
    I::Item: Waitable,
{
    let deadline = limit.into();
    let tasks: Vec<I::Item> = tasks.into_iter().collect();
    if is_enough_soon(&tasks, when) || deadline.has_passed() {
        let (done, pending) = tasks.into_iter().partition(is_over);
        return Waited { done, pending };
    }
    let mut set: TaskSet<(usize, I::Item)> = tasks.into_iter().enumerate().collect();
    let mut over: Vec<(usize, I::Item)> = Vec::with_capacity(set.len());
    while let Some(task) = set.next_before(deadline) {
        let failed = has_failed(&task);
        over.push(task);
        if when == Wait::Any || (when == Wait::AnyFailed && failed) {
            break;
        }
    }
    // What has ended meanwhile is over, too.
    let (done, pending): (Vec<_>, Vec<_>) = set.into_pending().into_iter().partition(is_over);
    over.extend(done);
    Waited { done: in_order(over), pending: in_order(pending) }
}

/// How often to look at all tasks before hanging a waiter on each: a look at a task costs a load, a waiter four
/// read-modify-writes, and most tasks are short.
const LOOKS: u32 = 4;

/// Whether the wait is over already, or in a moment.
fn is_enough_soon<W: Waitable>(tasks: &[W], when: Wait) -> bool {
    (0..LOOKS).any(|_| match when {
        Wait::All => tasks.iter().all(is_over),
        Wait::Any => tasks.is_empty() || tasks.iter().any(is_over),
        Wait::AnyFailed => tasks.iter().any(has_failed) || tasks.iter().all(is_over),
    })
}

fn is_over<W: Waitable>(task: &W) -> bool {
    task.any_task().0.word().is_settled()
}

fn has_failed<W: Waitable>(task: &W) -> bool {
    task.any_task().0.word().ended_badly()
}

fn in_order<W>(mut tasks: Vec<(usize, W)>) -> Vec<W> {
    tasks.sort_unstable_by_key(|&(index, _)| index);
    tasks.into_iter().map(|(_, task)| task).collect()
}
