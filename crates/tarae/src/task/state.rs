//! Where a task is in its life.

/// Where a task is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// Nobody has begun to run it.
    Pending,
    /// It runs.
    Running,
    /// It is over, with a value or a failure.
    Finished,
    /// It will not run, or stopped half-way because it was asked to.
    Cancelled,
}
