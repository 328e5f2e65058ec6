//! Jobs that borrow.

use super::ThreadPool;
use super::shared::Shared;
use crate::cancel::{CancelToken, Deadline, Listen};
use crate::executor::{Executor, Job, Options, Ticket};
use crate::task::{self, Crew};
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::{Arc, Weak};

impl ThreadPool {
    /// Runs `f` with a scope, an executor whose jobs may borrow whatever outlives the call: when this returns, all of them
    /// are over.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let text = vec![String::from("a b"), String::from("c")];
    /// let mut counts = vec![0; text.len()];
    /// let (letters, first) = pool.scope(|s| {
    ///     for (line, count) in text.iter().zip(&mut counts) {
    ///         s.submit(move || *count = line.split(' ').count());
    ///     }
    ///     let first = s.submit(|| text[0].as_str());
    ///     let letters: usize = text.iter().par_map(s, |line| line.len()).sum();
    ///     (letters, first)
    /// });
    /// assert_eq!((letters, counts), (4, vec![2, 1]));
    /// assert_eq!(first.result()?, "a b"); // a task may leave the scope, if its value may
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Jobs may submit to their scope, and open scopes of their own. Dropping a task detaches it, and forgetting one changes
    /// nothing: the scope waits for the job, not for its handle.
    ///
    /// **Waiting** for the end, a worker, of this pool or another, runs the scope's own jobs that nobody has begun, and
    /// nothing else: scopes in scopes, and in jobs of a pool of one worker, do not deadlock. Any other thread sleeps.
    ///
    /// **Stopping**: [`Scope::token`] asks all of its tasks to stop. So does whatever asks the task to stop that opens the
    /// scope. A job of a task that was cancelled is dropped when its turn comes, at the latest at the end of the scope.
    ///
    /// **A pool that is shut down** meanwhile refuses or cancels tasks, as those of any job; the scope ends all the same.
    ///
    /// # Panics
    /// If `f` panics, with its panic, when all jobs are over.
    ///
    /// If a job panics, that is its task's error. If the task's handle is dropped before anybody has looked at that, this
    /// panics with what the job panicked with, when all are over; of several, with the first, and the others go to the
    /// [failure hook](crate::task::set_failure_hook), as do all if `f` panics. A task that leaves the scope keeps its error.
    ///
    /// # Cost
    /// A scope takes a few allocations, and makes the token of the task that opens it. A job costs about as much as two that
    /// are submitted to the pool; for two halves of a piece of work, [`join`](Self::join) costs a small part of that.
    #[doc(alias = "TaskGroup")]
    pub fn scope<'env, F, R>(&self, f: F) -> R
    where
        F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> R,
    {
        let inner = Arc::new(Inner { crew: Crew::new(), shared: self.shared.clone() });
        let listener: Weak<Crew> = Arc::downgrade(&inner.crew);
        let token = CancelToken::current().listened_to(Deadline::NEVER, listener);
        if let Some(reason) = token.reason() {
            inner.crew.cancelled(reason); // born cancelled: nobody tells it
        }
        let scope = Scope { inner, token, scope: PhantomData, env: PhantomData };
        scope.inner.crew.scope(|| f(&scope))
    }
}

/// An executor whose jobs may borrow; see [`ThreadPool::scope`].
///
/// Two lifetimes, as in std: `'scope` is that of the scope itself, `'env` that of what its jobs may borrow from around it.
pub struct Scope<'scope, 'env: 'scope> {
    inner: Arc<Inner>,
    token: CancelToken,
    /// Invariant, both: a longer or shorter `'scope` would let jobs borrow what goes before they are over.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

struct Inner {
    crew: Arc<Crew>,
    shared: Arc<Shared>,
}

impl Scope<'_, '_> {
    /// The token of the scope: cancelling it cancels the tasks that have not begun, asks those that run to stop, and cancels
    /// those that are submitted after that.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let numbers = [3, 1, 4, 1, 5];
    /// let found = pool.scope(|s| {
    ///     let endless = s.submit(|| numbers.iter().cycle().cancellable(&CancelToken::current()).count());
    ///     let found = s.submit(|| numbers.contains(&4)).result();
    ///     s.token().cancel(); // the first answer is enough
    ///     assert!(endless.result().unwrap_err().is_cancelled());
    ///     found
    /// });
    /// assert!(found?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// It is a child of the token of the task that opens the scope. To have all stopped also when something panics, keep its
    /// [`drop_guard`](CancelToken::drop_guard) in the scope.
    ///
    /// # Cost
    /// Nothing for each task. Cancelling it is O(n) with n tasks that are not over.
    pub fn token(&self) -> &CancelToken {
        &self.token
    }
}

impl<'scope, J: Job + 'scope> Executor<J> for Scope<'scope, '_> {
    fn execute(&self, ticket: Ticket<J>) {
        let Inner { crew, shared } = &*self.inner;
        let (runner, location) = ticket.into_parts();
        if shared.ending.has_begun() && shared.ending.refuses(!shared.is_own_thread()) {
            // SAFETY: as below.
            return unsafe { crew.refuse(runner, shared.ending.refusal()) };
        }
        // SAFETY: what the job borrows outlives `'scope`, which outlives the call of `ThreadPool::scope`: its caller cannot
        // name it, and so not end it; and that returns after `Crew::scope`.
        if unsafe { crew.add(runner) } {
            let (runner, handle) = task::new(Errand(Some(self.inner.clone())), location, Options::new());
            drop(handle);
            shared.push(runner.erase());
        }
    }

    fn parallelism(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.inner.shared.queues.workers()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// What the pool gets for a job: to run one of the scope. Dropped unrun, it ends one.
struct Errand(Option<Arc<Inner>>);

impl Job for Errand {
    type Output = ();

    fn run(mut self) {
        if let Some(inner) = self.0.take() {
            inner.crew.come();
        }
    }
}

impl Drop for Errand {
    fn drop(&mut self) {
        if let Some(inner) = self.0.take() {
            inner.crew.stay_away(|| inner.shared.ending.giving_up());
        }
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}
