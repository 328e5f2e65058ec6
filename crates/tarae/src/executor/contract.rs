//! What every executor does.

use super::{Job, Options, Ticket};
use crate::task::Task;
use std::num::NonZeroUsize;
use std::panic::Location;
use std::sync::Arc;

/// Runs jobs. One method is required; everything else is built on it.
///
/// ```
/// use std::cell::RefCell;
/// use tarae::executor::{Runnable, Ticket};
/// use tarae::prelude::*;
///
/// /// Keeps its jobs until it is told to run them.
/// #[derive(Default)]
/// struct Later(RefCell<Vec<Runnable>>);
///
/// impl<J: Job + 'static> Executor<J> for Later {
///     fn execute(&self, ticket: Ticket<J>) {
///         self.0.borrow_mut().push(ticket.into_runnable());
///     }
/// }
///
/// let later = Later::default();
/// let task = later.submit(|| 42);
/// assert_eq!(task.state(), TaskState::Pending);
/// later.0.take().into_iter().for_each(Runnable::run);
/// assert_eq!(task.result().unwrap(), 42);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run `{J}`",
    note = "closures run on `ThreadPool` (if they are `'static`) and on `Inline`"
)]
pub trait Executor<J: Job> {
    /// Takes a job. It must run, reject or drop the ticket at some time; one that is dropped ends as Cancelled, and one
    /// that is forgotten never ends.
    ///
    /// A job that waits, without a limit, for a task that nobody has begun runs it itself, if that task's ticket was
    /// [made a runnable](Ticket::into_runnable): so nested waits do not deadlock, even on one thread. What is run by
    /// [`Ticket::run`] is left to its executor, and a job that waits for it needs another thread to run it.
    fn execute(&self, ticket: Ticket<J>);

    /// How many jobs run at a time: for those who cut work into pieces.
    fn parallelism(&self) -> NonZeroUsize {
        NonZeroUsize::MIN
    }

    /// Submits a job; the task is the handle of its answer.
    ///
    /// ```
    /// # use tarae::prelude::*;
    /// assert_eq!(Inline.submit(|| 6 * 7).result().unwrap(), 42);
    /// ```
    #[track_caller]
    #[inline]
    fn submit(&self, job: J) -> Task<J::Output> {
        self.submit_with(Options::new(), job)
    }

    /// Submits a job with a name, a time-out or a token.
    #[track_caller]
    #[inline]
    fn submit_with(&self, options: Options, job: J) -> Task<J::Output> {
        let (ticket, task) = Ticket::new(options, job);
        self.execute(ticket);
        task
    }
}

/// Submits a job that an iterator makes, as if from the place where that was built.
pub(super) fn submit_at<E: Executor<J>, J: Job>(
    executor: &E,
    job: J,
    location: &'static Location<'static>,
) -> Task<J::Output> {
    let (ticket, task) = Ticket::at(location, Options::new(), job);
    executor.execute(ticket);
    task
}

/// Passes everything on to what a pointer points to.
macro_rules! forward {
    () => {
        #[inline]
        fn execute(&self, ticket: Ticket<J>) {
            (**self).execute(ticket);
        }

        fn parallelism(&self) -> NonZeroUsize {
            (**self).parallelism()
        }
    };
}

impl<J: Job, E: Executor<J> + ?Sized> Executor<J> for &E {
    forward!();
}

impl<J: Job, E: Executor<J> + ?Sized> Executor<J> for Arc<E> {
    forward!();
}

impl<J: Job, E: Executor<J> + ?Sized> Executor<J> for Box<E> {
    forward!();
}
