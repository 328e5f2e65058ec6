//! How `Debug` shows a task.

use super::TaskState;
use super::raw::handle::TaskRef;
use std::fmt;

/// As Python shows a future: `<Task "sum" at 0x55d0c8a0 state=finished returned u64>`.
pub(super) fn show(task: TaskRef<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let word = task.word();
    f.write_str("<Task ")?;
    if let Some(name) = task.name() {
        write!(f, "{name:?} ")?;
    }
    write!(f, "at {:p} state=", std::ptr::from_ref(&*task))?;
    match word.state() {
        TaskState::Pending => f.write_str("pending>"),
        TaskState::Running => f.write_str("running>"),
        TaskState::Finished if word.has_failed() => f.write_str("finished failed>"),
        TaskState::Finished => write!(f, "finished returned {}>", task.type_name()),
        TaskState::Cancelled => f.write_str("cancelled>"),
    }
}
