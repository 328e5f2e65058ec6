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

/// What is to be taken up next.
pub(super) enum Head<'a, R> {
    First(Option<&'a Task<Mapped<R>>>),
    Any(&'a TaskSet<Waiting<R>>),
}

impl<R> Head<'_, R> {
    /// Whether it is over. Asked for each item that is pulled.
    #[inline]
    pub(super) fn is_ready(&self) -> bool {
        match self {
            Head::First(task) => task.is_some_and(Task::is_finished),
            Head::Any(tasks) => tasks.has_ended_one(),
        }
    }
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

    /// Whether the next to be taken up is over.
    pub(super) fn is_ready(&self) -> bool {
        self.head().is_ready()
    }

    /// What is to be taken up next.
    pub(super) fn head(&self) -> Head<'_, R> {
        match self {
            Window::InOrder(tasks) => Head::First(tasks.front().map(|(_, task)| task)),
            Window::AsCompleted(tasks) => Head::Any(tasks),
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
