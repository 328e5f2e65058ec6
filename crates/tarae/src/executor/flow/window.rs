//! The tasks of a map that have not been taken up: in the order of their items, or as they end.

use super::batch::Mapped;
use crate::cancel::Deadline;
use crate::task::{Task, TaskSet};
use std::collections::VecDeque;

/// A task, with the number of items in it.
type Waiting<R> = (usize, Task<Mapped<R>>);

pub(super) enum Window<R> {
    /// The oldest first.
    InOrder(VecDeque<Waiting<R>>),
    AsCompleted(TaskSet<Waiting<R>>),
}

impl<R> Window<R> {
    pub(super) fn in_order() -> Self {
        Window::InOrder(VecDeque::new())
    }

    /// From here on as they end.
    pub(super) fn complete_in_any_order(&mut self) {
        if let Window::InOrder(tasks) = self {
            *self = Window::AsCompleted(std::mem::take(tasks).into_iter().collect());
        }
    }

    pub(super) fn is_in_order(&self) -> bool {
        matches!(self, Window::InOrder(_))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Window::InOrder(tasks) => tasks.len(),
            Window::AsCompleted(tasks) => tasks.len(),
        }
    }

    /// Whether the next to be taken up is over. Asked for each item that is pulled.
    #[inline]
    pub(super) fn is_ready(&self) -> bool {
        match self {
            Window::InOrder(tasks) => tasks.front().is_some_and(|(_, task)| task.is_finished()),
            Window::AsCompleted(tasks) => tasks.has_ended_one(),
        }
    }

    pub(super) fn push(&mut self, count: usize, task: Task<Mapped<R>>) {
        match self {
            Window::InOrder(tasks) => tasks.push_back((count, task)),
            Window::AsCompleted(tasks) => tasks.push((count, task)),
        }
    }

    /// The next that is over; `None` if there is none before the deadline. Inside a job, and without a deadline, it is run
    /// here if nobody has begun it.
    pub(super) fn next(&mut self, deadline: Deadline) -> Option<Waiting<R>> {
        match self {
            Window::InOrder(tasks) => {
                let (_, next) = tasks.front()?;
                if next.wait_within(deadline) { tasks.pop_front() } else { None }
            }
            Window::AsCompleted(tasks) => tasks.next_within(deadline).ok().flatten(),
        }
    }

    /// Cancels what has not begun, and asks what runs to stop.
    pub(super) fn abort_all(&self) {
        match self {
            Window::InOrder(tasks) => tasks.iter().for_each(|(_, task)| task.abort()),
            Window::AsCompleted(tasks) => tasks.abort_all(),
        }
    }

    /// Lets go of all.
    pub(super) fn clear(&mut self) {
        match self {
            Window::InOrder(tasks) => tasks.clear(),
            Window::AsCompleted(tasks) => *tasks = TaskSet::new(),
        }
    }
}
