//! Callbacks that fall due on the timer's thread: run on another one, since a callback may take its time, or wait for a
//! deadline, which that thread would have to see to.
//!
//! ```text
//! timer: a task's time is over ──▶ [queue] ──▶ the thread `tarae-callbacks`, one after the other
//! ```
//!
//! The thread is started for the first of them, and ends with the last. One that waits for another in the queue runs it
//! itself, as a worker does.

use super::runner::Erased;
use super::worker::{Others, as_worker};
use crate::cancel::timer;
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

thread_local! {
    /// Whether this thread sees to what a callback may wait for, besides the timer's.
    static HANDS_OVER: Cell<bool> = const { Cell::new(false) };
}

/// From here on callbacks do not run on this thread: they might wait for what it has to bring.
#[cfg(feature = "process")]
pub(crate) fn hand_callbacks_over() {
    HANDS_OVER.set(true);
}

/// Whether callbacks must not run on this thread.
pub(super) fn is_needed() -> bool {
    timer::is_this_thread() || HANDS_OVER.try_with(Cell::get).unwrap_or(false)
}

struct Queue {
    tasks: VecDeque<Erased>,
    /// Whether there is a thread, which looks at the queue again before it ends.
    has_thread: bool,
}

static QUEUE: Mutex<Queue> = Mutex::new(Queue { tasks: VecDeque::new(), has_thread: false });

fn lock() -> MutexGuard<'static, Queue> {
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a callback run on the thread for them; gives it back if there is none, and none can be started.
pub(super) fn hand_over(task: Erased) -> Result<(), Erased> {
    let mut queue = lock();
    if !queue.has_thread {
        // Under the lock: it begins by taking that.
        if thread::Builder::new().name("tarae-callbacks".into()).spawn(run).is_err() {
            return Err(task);
        }
        queue.has_thread = true;
    }
    queue.tasks.push_back(task);
    Ok(())
}

/// What the thread runs.
fn run() {
    while let Some(task) = next() {
        as_worker(Others::None, || task.run()); // panics are caught in there
    }
}

fn next() -> Option<Erased> {
    let mut queue = lock();
    let task = queue.tasks.pop_front();
    queue.has_thread = task.is_some();
    task
}
