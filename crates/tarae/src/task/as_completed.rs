//! Tasks in the order they end.

use super::Waitable;
use super::raw::set::Set;
use crate::cancel::Deadline;
use std::fmt;
use std::iter::FusedIterator;

/// The tasks in the order they end: an iterator that waits for the next one.
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let (open, gate) = std::sync::mpsc::channel::<()>();
/// let slow = pool.submit(move || gate.recv().map_or(0, |()| 1));
/// let quick = pool.submit(|| 2);
///
/// let mut order = as_completed([slow, quick]);
/// assert_eq!(order.next().unwrap().result()?, 2);
/// open.send(())?;
/// assert_eq!(order.next().unwrap().result()?, 1);
/// assert!(order.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// More can be [pushed](TaskSet::push) meanwhile. Each is handed out once, and nothing of it is kept.
pub fn as_completed<I>(tasks: I) -> TaskSet<I::Item>
where
    I: IntoIterator,
    I::Item: Waitable,
{
    tasks.into_iter().collect()
}

/// Tasks that are handed out as they end, and to which more can be added meanwhile.
///
/// Dropping it drops the tasks that are left, which detaches them.
///
/// # Cost
/// O(1) a task, in whatever order they end.
#[must_use = "a set hands its tasks out when it is iterated over"]
pub struct TaskSet<W: Waitable> {
    set: Set<W>,
    /// How many have been put in, in all.
    total: usize,
}

impl<W: Waitable> TaskSet<W> {
    /// An empty one.
    pub fn new() -> Self {
        TaskSet { set: Set::new(), total: 0 }
    }

    /// Adds a task.
    pub fn push(&mut self, task: W) {
        self.set.push(task);
        self.total += 1;
    }

    /// How many have not been handed out.
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether all have been handed out.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One that is over, without waiting.
    pub fn try_next(&mut self) -> Option<W> {
        self.set.pop()
    }

    /// The next that ends; `None` if the set is empty.
    ///
    /// # Errors
    /// If the time is over first. All that had ended before have been handed out by then.
    pub fn next_within(&mut self, limit: impl Into<Deadline>) -> Result<Option<W>, TimedOut> {
        match self.next_before(limit.into()) {
            Some(task) => Ok(Some(task)),
            None if self.is_empty() => Ok(None),
            None => Err(self.timed_out()),
        }
    }

    /// The tasks in the order they end, as long as there is time: then `Err`, once.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    /// use tarae::task::{TimedOut, promise};
    ///
    /// let (kept, first) = promise();
    /// let (_broken, second) = promise();
    /// kept.complete(1).unwrap();
    ///
    /// let mut tasks = as_completed([first, second]);
    /// let mut in_time = tasks.within(Duration::ZERO);
    /// assert_eq!(in_time.next().unwrap()?.result()?, 1);
    /// assert_eq!(in_time.next().unwrap().unwrap_err(), TimedOut { unfinished: 1, total: 2 });
    /// assert!(in_time.next().is_none());
    /// assert_eq!(tasks.len(), 1); // still there: `abort_all`, `into_pending`, or more time
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// All that had ended before the time was over come out before the error does.
    pub fn within(&mut self, limit: impl Into<Deadline>) -> Within<'_, W> {
        Within { tasks: self, deadline: limit.into(), over: false }
    }

    fn timed_out(&self) -> TimedOut {
        TimedOut { unfinished: self.len(), total: self.total }
    }

    /// Whether one has ended that was not handed out. It may be true a moment late.
    #[inline]
    pub(crate) fn has_ended_one(&self) -> bool {
        self.set.has_settled_one()
    }

    /// The next that ends before the deadline.
    pub(super) fn next_before(&mut self, deadline: Deadline) -> Option<W> {
        loop {
            if let Some(task) = self.set.pop() {
                return Some(task);
            }
            if self.is_empty() || !self.set.wait(deadline) {
                return None;
            }
        }
    }

    /// Aborts all that are left. They still come out, as cancelled ones if they obey.
    pub fn abort_all(&self) {
        self.set.for_each(|task| task.any_task().0.abort());
    }

    /// Those that are left, as they were put in, in no particular order.
    pub fn into_pending(mut self) -> Vec<W> {
        self.set.take_all()
    }
}

/// Tasks as they end, as long as there is time; see [`TaskSet::within`].
#[must_use = "iterators are lazy"]
#[derive(Debug)]
pub struct Within<'a, W: Waitable> {
    tasks: &'a mut TaskSet<W>,
    deadline: Deadline,
    /// The error has been given.
    over: bool,
}

impl<W: Waitable> Iterator for Within<'_, W> {
    type Item = Result<W, TimedOut>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.tasks.next_within(self.deadline).transpose()?;
        self.over = next.is_err();
        Some(next)
    }
}

impl<W: Waitable> FusedIterator for Within<'_, W> {}

impl<W: Waitable> Default for TaskSet<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Waitable> FromIterator<W> for TaskSet<W> {
    fn from_iter<I: IntoIterator<Item = W>>(tasks: I) -> Self {
        let mut set = Self::new();
        set.extend(tasks);
        set
    }
}

impl<W: Waitable> Extend<W> for TaskSet<W> {
    fn extend<I: IntoIterator<Item = W>>(&mut self, tasks: I) {
        for task in tasks {
            self.push(task);
        }
    }
}

/// Waits for the next that ends. `None` once the set is empty; more may be pushed after that.
impl<W: Waitable> Iterator for TaskSet<W> {
    type Item = W;

    fn next(&mut self) -> Option<W> {
        self.next_before(Deadline::NEVER)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl<W: Waitable> fmt::Debug for TaskSet<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskSet").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// The time was over before the next task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedOut {
    /// How many had not ended.
    pub unfinished: usize,
    /// How many there were in all, those that had ended before included.
    pub total: usize,
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (of {}) tasks unfinished when the time was over", self.unfinished, self.total)
    }
}

impl std::error::Error for TimedOut {}
