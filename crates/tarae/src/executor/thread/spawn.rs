//! Futures as tasks of a pool: thousands wait on one worker, since one that is pending holds none. What one turn does is in
//! `driven.rs`; here is who takes it, and when.
//!
//! ```text
//!            wake: a turn is queued          a worker, or one who waits for the task, polls
//! Waiting ─────────────────────────▶ Waiting, ready ──────────────▶ Polled ──────────▶ Over
//!    ▲                                                               │  │
//!    └──────────────────────────── pending ─────────────────────────┘  └▶ woken meanwhile: a turn is queued again
//! ```
//!
//! A turn is an ordinary task of the pool, which nobody waits for, in the queue for what comes from outside: so futures that
//! wake themselves take turns, and none is ahead of the others.
//!
//! Who owns what: wakers and queued turns own the future; the pool, the task and the token know it by weak pointers. So a
//! future that is pending, and that nothing can wake any more, goes with its last waker.

use super::ThreadPool;
use super::shared::Shared;
use crate::cancel::{Listen, Reason};
use crate::executor::driven::{Driven, token_below};
use crate::executor::{Job, Options};
use crate::sync::thread::Thread;
use crate::sync::{Mutex, lock};
use crate::task::{self, Spawned, Task};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, Location};
use std::sync::Arc;
use std::task::{Wake, Waker};

impl ThreadPool {
    /// Runs a future as a task. While it waits at an `.await` it holds no worker: thousands can wait on one.
    ///
    /// ```
    /// use tarae::prelude::*;
    /// use tarae::task::promise;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let (answer, question) = promise::<u32>();
    /// let task = pool.spawn(async move { question.await.map(|n| n + 1) });
    /// assert_eq!(pool.submit(|| "the worker is free").result()?, "the worker is free");
    /// answer.complete(41).unwrap();
    /// assert_eq!(task.result()??, 42);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The task is one like a job's, in all that can be done with it. It is Running from its first poll to its end.
    ///
    /// **Turns.** It is polled once for however many wakes come before that; woken while it is polled, it is polled again.
    /// Futures take turns: one that wakes itself goes to the end of the queue. A future that computes for long holds its worker
    /// as a job does: [`yield_now`](crate::executor::yield_now()) lets the others go on.
    ///
    /// **Cancelling.** `cancel` before the first poll: it is never polled, and dropped before `cancel` returns. `abort`, a
    /// time-out or a token: pending at an `.await`, it is dropped there, by the thread that asks, and the task ends as
    /// Cancelled; if it is just polled, its [token](crate::cancel::CancelToken::current) asks it, and it is dropped when it is next pending.
    ///
    /// **Waiting for it inside a job**, by [`result`](Task::result) or [`wait_within`](Task::wait_within)`(None)`, deadlocks on no
    /// pool: the waiting worker polls this future whenever it is to be polled, and nothing else. What it awaits must be
    /// ended by somebody else: if that is another spawned future of the same pool, and all workers wait, they wait for ever. So
    /// it is with `wait`, `as_completed` and `TaskSet`, which poll nothing. Inside a future, `.await` the task instead.
    ///
    /// **Dropped wakers.** If the future is pending and the last of its wakers is dropped, nothing could ever end it: it is
    /// dropped, and its task ends with an error that says so.
    ///
    /// # Errors
    /// As for a job: the task's error says whether the future panicked or was cancelled, or the pool has been shut down.
    ///
    /// # Cost
    /// Five allocations a future. A turn costs about as much as a task with nobody waiting for it, and allocates nothing: see the
    /// table in [the guide](crate::guide::concurrency).
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.spawn_with(Options::new(), future)
    }

    /// Runs a future as a task, with a name, a time-out or a token.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::prelude::*;
    /// use tarae::task::promise;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let (_answer, question) = promise::<u32>();
    /// let options = Options::new().name("patience").timeout(Duration::from_millis(5));
    /// let error = pool.spawn_with(options, async { question.await }).result().unwrap_err();
    /// assert!(error.is_timed_out());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    pub fn spawn_with<F>(&self, options: Options, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let (location, name) = (Location::caller(), options.name.clone());
        let stage =
            Mutex::new(Inner { stage: Stage::Polled, ready: false, queued: false, helpers: Vec::new() });
        let spawned = Arc::new(PoolFuture {
            pool: AssertUnwindSafe(self.shared.clone()),
            location,
            name,
            inner: stage,
        });
        let token = token_below(&self.shared.futures, &spawned);
        // Held before it is asked whether the pool ends: see `Sleep::hold`.
        let (driven, task) = Driven::new(Hold::new(&self.shared), future, options, location, token);
        driven.hang(&spawned);
        if self.shared.takes_no_more() {
            spawned.over();
            driven.refuse(self.shared.ending.cause());
        } else {
            let mut inner = lock(&spawned.inner);
            inner.stage = Stage::Waiting(driven);
            inner.ready = true;
            spawned.announce(inner);
        }
        task
    }
}

/// Keeps a pool from being over.
struct Hold(Arc<Shared>);

impl Hold {
    fn new(pool: &Arc<Shared>) -> Self {
        pool.sleep.hold();
        Hold(pool.clone())
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.sleep.release(|| !self.0.queues.is_empty());
    }
}

/// A future of a pool.
struct PoolFuture<F: Future<Output: Send>> {
    /// Whole whatever panics: no code of the user runs under its locks.
    pool: AssertUnwindSafe<Arc<Shared>>,
    location: &'static Location<'static>,
    name: Option<Cow<'static, str>>,
    inner: Mutex<Inner<F>>,
}

struct Inner<F: Future<Output: Send>> {
    stage: Stage<F>,
    /// It is to be polled.
    ready: bool,
    /// A turn is in the pool's queue. There is never more than one.
    queued: bool,
    /// Workers that wait for the task, and would take a turn.
    helpers: Vec<Thread>,
}

enum Stage<F: Future<Output: Send>> {
    Waiting(Driven<F, Hold>),
    /// By a worker; or it is not there yet.
    Polled,
    Over,
}

impl<F> PoolFuture<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// It is to be polled.
    fn wake(self: &Arc<Self>) {
        let mut inner = lock(&self.inner);
        if inner.ready || matches!(inner.stage, Stage::Over) {
            return;
        }
        inner.ready = true;
        if let Stage::Waiting(_) = inner.stage {
            self.announce(inner);
        }
    }

    /// Somebody is to take a turn.
    fn announce(self: &Arc<Self>, mut inner: crate::sync::MutexGuard<'_, Inner<F>>) {
        let is_queued = std::mem::replace(&mut inner.queued, true);
        let helpers = inner.helpers.clone();
        drop(inner); // a push may end a pool, and what it has
        for helper in helpers {
            helper.unpark();
        }
        if !is_queued {
            let options = self.name.clone().map_or_else(Options::new, |name| Options::new().name(name));
            let (turn, nobody) = task::new(Turn(Some(self.clone())), self.location, options);
            drop(nobody);
            self.pool.push_turn(turn.erase());
        }
    }

    /// Polls it here, if it is to be polled and nobody does; whether it did.
    fn take_turn(self: Arc<Self>, from_queue: bool) -> bool {
        let driven = {
            let mut inner = lock(&self.inner);
            if from_queue {
                inner.queued = false;
            }
            if !inner.ready || matches!(inner.stage, Stage::Polled) {
                return false;
            }
            let Some(driven) = inner.take(Stage::Polled) else { return false };
            inner.ready = false;
            driven
        };
        match driven.poll(&Waker::from(self.clone())) {
            Some(driven) => {
                let mut inner = lock(&self.inner);
                inner.stage = Stage::Waiting(driven);
                if inner.ready {
                    self.announce(inner);
                }
            }
            None => self.over(),
        }
        true
    }
}

impl<F: Future<Output: Send>> PoolFuture<F> {
    /// Ends it, unless it is polled: then that is what ends it.
    fn end(&self, how: impl FnOnce(Driven<F, Hold>)) {
        let driven = {
            let mut inner = lock(&self.inner);
            inner.ready = true; // being polled, it has another turn, which finds its token cancelled
            inner.take(Stage::Over)
        };
        if let Some(driven) = driven {
            how(driven);
        }
    }

    /// The future is gone, and its task settled.
    fn over(&self) {
        lock(&self.inner).stage = Stage::Over;
    }
}

impl<F: Future<Output: Send>> Inner<F> {
    /// Takes the future out, if it is there.
    fn take(&mut self, stage: Stage<F>) -> Option<Driven<F, Hold>> {
        match std::mem::replace(&mut self.stage, stage) {
            Stage::Waiting(driven) => Some(driven),
            before => {
                self.stage = before;
                None
            }
        }
    }
}

/// The last waker was dropped, and no turn is queued.
impl<F: Future<Output: Send>> Drop for PoolFuture<F> {
    fn drop(&mut self) {
        self.end(Driven::leave_unwoken);
    }
}

impl<F> Wake for PoolFuture<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn wake(self: Arc<Self>) {
        PoolFuture::wake(&self);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        PoolFuture::wake(self);
    }
}

/// Its token was cancelled: by its task, or by the pool.
impl<F> Listen for PoolFuture<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn cancelled(&self, _: Reason) {
        self.end(Driven::stop);
    }
}

impl<F> Spawned for PoolFuture<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn settled(&self) {
        self.end(Driven::stop);
    }

    fn may_help(&self) -> bool {
        true
    }

    fn turn(self: Arc<Self>) -> bool {
        self.take_turn(false)
    }

    fn add_helper(&self, thread: Thread) {
        lock(&self.inner).helpers.push(thread);
    }

    fn remove_helper(&self, thread: &Thread) {
        let mut inner = lock(&self.inner);
        if let Some(index) = inner.helpers.iter().position(|helper| helper.id() == thread.id()) {
            inner.helpers.swap_remove(index);
        }
    }
}

/// A turn in the queue.
struct Turn<F>(Option<Arc<PoolFuture<F>>>)
where
    F: Future<Output: Send> + Send + 'static;

impl<F> Job for Turn<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    type Output = ();

    fn run(mut self) {
        if let Some(future) = self.0.take() {
            future.take_turn(true);
        }
    }
}

/// Not run: the pool gives up what is queued.
impl<F> Drop for Turn<F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn drop(&mut self) {
        if let Some(future) = self.0.take() {
            let cause = future.pool.ending.cause();
            future.end(|driven| driven.give_up(cause));
        }
    }
}

impl Shared {
    /// Whether a future is refused.
    fn takes_no_more(self: &Arc<Self>) -> bool {
        self.ending.has_begun() && self.ending.refuses(!self.is_own_thread())
    }
}
