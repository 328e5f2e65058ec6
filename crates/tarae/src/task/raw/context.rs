//! What the thread is doing: the task that runs on it, and whether it may run others while it waits.

use super::header::Header;
use super::runner::Erased;
use super::shown;
use super::waiter::{Kind, Waiter};
use crate::cancel::CancelToken;
use crate::sync::thread_local;
use std::cell::{Cell, OnceCell};
use std::ptr::{self, NonNull};

thread_local! {
    /// The innermost task that runs on this thread; null outside one.
    static RUNNING: Cell<*const Running> = const { Cell::new(ptr::null()) };
    /// The worker that this thread is.
    static WORKER: Cell<Option<AtWork>> = const { Cell::new(None) };
    /// How many tasks this worker has claimed and left in its queue, below others: about, since they leave in other ways, too.
    static LEFT_BEHIND: Cell<usize> = const { Cell::new(0) };
}

/// A worker of a pool, as tasks see it that run on its thread.
pub(crate) trait Worker {
    /// What the other workers of its pool do.
    fn others(&self) -> Others;

    /// Takes a task that is submitted by a job it runs.
    fn push(&self, task: Erased);

    /// Gives back what it took last, if nobody else has that by now.
    fn pop(&self) -> Option<Erased>;

    /// Takes what it has just given back, and sees to it that it is found: meanwhile others saw it nowhere.
    fn put_back(&self, task: Erased);
}

/// What the other workers of an executor do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// There are none.
    None,
    /// All have something to do, or wait; or nobody knows.
    Busy,
    /// One has nothing to do: it begins whatever is in the queues.
    Idle,
}

#[derive(Clone, Copy)]
struct AtWork {
    /// Tells pools apart.
    pool: *const (),
    worker: NonNull<dyn Worker>,
}

/// Runs `f` as a worker of a pool, which is known by an address: what `f` waits for and nobody has begun, it runs itself.
pub(crate) fn work<W: Worker + 'static, P>(worker: &W, pool: *const P, f: impl FnOnce()) {
    struct Restore(Option<AtWork>);
    impl Drop for Restore {
        fn drop(&mut self) {
            WORKER.with(|worker| worker.set(self.0));
        }
    }
    let at_work = AtWork { pool: pool.cast(), worker: NonNull::from(worker) };
    let _restore = Restore(WORKER.with(|worker| worker.replace(Some(at_work))));
    f();
}

/// What the worker that this thread is says to `f`.
#[inline]
fn with_worker<R>(f: impl FnOnce(&dyn Worker) -> R) -> Option<R> {
    // SAFETY: set by `work`, which borrows the worker until it takes the pointer back.
    WORKER.with(Cell::get).map(|at_work| f(unsafe { at_work.worker.as_ref() }))
}

/// A worker of an executor that knows nothing of tasks.
struct Foreign(Others);

impl Worker for Foreign {
    fn others(&self) -> Others {
        in_rayon().unwrap_or(self.0)
    }

    fn push(&self, _: Erased) {
        unreachable!("no pool of ours has its address");
    }

    fn pop(&self) -> Option<Erased> {
        None
    }

    fn put_back(&self, _: Erased) {
        unreachable!("it gives nothing back");
    }
}

/// Runs `run` on a thread that is a worker meanwhile, and may be none after that; `others` is what can be said of those
/// beside it.
///
/// Whoever runs a task is one, whatever executor it runs it for: what its job waits for may stand behind the job in the
/// one queue.
#[inline]
pub(crate) fn as_worker(others: Others, run: impl FnOnce()) {
    if WORKER.with(Cell::get).is_some() {
        run();
    } else {
        work(&Foreign(others), ptr::null::<()>(), run);
    }
}

/// What the other workers do, as far as can be known.
pub(super) fn others() -> Others {
    with_worker(|worker| worker.others()).or_else(in_rayon).unwrap_or(Others::Busy)
}

/// Whether this thread may run the task it waits for.
#[inline]
pub(crate) fn is_worker() -> bool {
    WORKER.with(Cell::get).is_some() || in_rayon().is_some()
}

/// On a thread of a rayon pool, what its others do. It is a worker also where rayon has it run something else than a task
/// (`install`, `join`, a parallel iterator): the task may stand in its own queue.
#[cfg(feature = "rayon")]
fn in_rayon() -> Option<Others> {
    rayon_core::current_thread_index()?;
    Some(if rayon_core::current_num_threads() == 1 { Others::None } else { Others::Busy })
}

#[cfg(not(feature = "rayon"))]
fn in_rayon() -> Option<Others> {
    None
}

/// Whether this thread runs tasks, of whatever executor.
#[inline(always)]
pub(crate) fn is_at_work() -> bool {
    WORKER.with(|worker| worker.get().is_some())
}

/// Whether this thread is a worker of that pool.
#[inline]
pub(crate) fn is_worker_of<P>(pool: *const P) -> bool {
    WORKER.with(Cell::get).is_some_and(|at_work| at_work.pool == pool.cast())
}

/// Hands a task to the worker that this thread is; gives it back if that is none of the pool's.
#[inline]
pub(crate) fn push_own<P>(pool: *const P, task: Erased) -> Option<Erased> {
    if !is_worker_of(pool) {
        return Some(task);
    }
    with_worker(|worker| worker.push(task));
    None
}

/// Takes the runner's half of a task out of the queue of the worker that this thread is; true if it was the latest there,
/// and the caller is its runner from now on. Those after it that somebody else has begun or cancelled leave on the way: a
/// job that submits and waits, again and again, would leave one behind each time. So do those before it, if this worker has
/// left any there: a job that submits two and waits for the first one first would leave that behind each time.
///
/// # Safety
/// The caller has claimed the task.
pub(super) unsafe fn take_back(task: *const Header) -> bool {
    let mut found = false;
    while !found || LEFT_BEHIND.with(Cell::get) > 0 {
        let Some(Some(latest)) = with_worker(|worker| worker.pop()) else {
            LEFT_BEHIND.with(|left| left.set(0));
            break;
        };
        if latest.is(task) {
            let _ = latest.into_raw();
            found = true;
        } else if latest.is_pending() {
            with_worker(|worker| worker.put_back(latest));
            if !found {
                LEFT_BEHIND.with(|left| left.set(left.get() + 1));
            }
            break;
        } else {
            latest.run(); // nothing to run: it leaves
            LEFT_BEHIND.with(|left| left.set(left.get().saturating_sub(1)));
        }
    }
    found
}

/// Takes the runner's half of a task out of the queue of the worker that this thread is, from below what was pushed after
/// it; false if somebody else has it.
///
/// # Safety
/// It was pushed on this thread.
#[inline]
pub(super) unsafe fn dig_out(task: *const Header) -> bool {
    match with_worker(|worker| worker.pop()) {
        Some(Some(latest)) if latest.is(task) => {
            let _ = latest.into_raw();
            true
        }
        Some(Some(latest)) => dig_deeper(task, latest),
        _ => false,
    }
}

/// The job before it has left submits behind: that is rare.
#[cold]
#[inline(never)]
fn dig_deeper(task: *const Header, latest: Erased) -> bool {
    let mut above = vec![latest];
    let found = loop {
        match with_worker(|worker| worker.pop()) {
            Some(Some(next)) if next.is(task) => {
                let _ = next.into_raw();
                break true;
            }
            Some(Some(next)) => above.push(next),
            _ => break false,
        }
    };
    // In the order they were; what is none any more leaves.
    for task in above.into_iter().rev() {
        if task.is_pending() {
            with_worker(|worker| worker.put_back(task));
        } else {
            task.run();
        }
    }
    found
}

/// A task that runs on this thread.
pub(super) struct Running {
    task: *const Header,
    /// Made when the job first asks for it.
    stop: OnceCell<Stop>,
    outer: *const Running,
}

/// The task's token, hung on the task so that `abort` finds it.
#[repr(C)]
pub(super) struct Stop {
    waiter: Waiter,
    token: CancelToken,
}

impl Stop {
    pub(super) fn new(waiter: Waiter, token: CancelToken) -> Self {
        Stop { waiter, token }
    }
}

/// Runs a part of a task that has its token already: meanwhile that is the one of what runs on this thread. Gives it back.
pub(crate) fn with_token<R>(token: CancelToken, f: impl FnOnce() -> R) -> (R, CancelToken) {
    struct Restore(*const Running);
    impl Drop for Restore {
        fn drop(&mut self) {
            RUNNING.with(|innermost| innermost.set(self.0));
        }
    }
    let outer = RUNNING.with(Cell::get);
    let stop = Stop::new(Waiter::new(Kind::Stop, never), token);
    // The task is not needed: it is asked only by who makes a token.
    let running = Running { task: ptr::null(), stop: OnceCell::from(stop), outer };
    RUNNING.with(|innermost| innermost.set(&raw const running));
    let restore = Restore(outer); // dropped before `running` is
    let result = f();
    drop(restore);
    (result, running.stop.into_inner().expect("put there above").token)
}

impl Running {
    /// Runs a claimed task's job. Returns whether it panicked, and whether it stopped as it was asked to.
    ///
    /// # Safety
    /// The caller has claimed `task`.
    #[inline(always)]
    pub(super) unsafe fn run(task: *const Header) -> (bool, bool) {
        let running = Running { task, stop: OnceCell::new(), outer: RUNNING.with(Cell::get) };
        RUNNING.with(|innermost| innermost.set(&raw const running));
        // SAFETY: the caller's promise. A job's panic is caught in there.
        let failed = unsafe { shown::run(task) };
        RUNNING.with(|innermost| innermost.set(running.outer));
        let stopped = running.stop.get().is_some_and(|stop| running.leave(stop));
        (failed, stopped)
    }

    /// Takes the token off the task; whether the job stopped because of it.
    #[cold]
    fn leave(&self, stop: &Stop) -> bool {
        shown::token_done();
        // SAFETY: it was registered by `token`, and the task is still running, so it is in the list.
        unsafe { (*self.task).unregister(&raw const stop.waiter) };
        stop.token.was_obeyed()
    }

    /// The token, made and registered on first use.
    fn token(&self) -> CancelToken {
        let stop = self.stop.get_or_init(|| Stop::new(Waiter::new(Kind::Stop, never), CancelToken::new()));
        stop.token.clone()
    }
}

/// The token of the task that runs on this thread.
pub(crate) fn current_token() -> Option<CancelToken> {
    let running = RUNNING.with(Cell::get);
    if running.is_null() {
        return None;
    }
    // SAFETY: `run` and `with_token` set the pointer to a local of theirs and take it back before that ends.
    let running = unsafe { &*running };
    let fresh = running.stop.get().is_none();
    let token = running.token();
    if fresh {
        let stop = running.stop.get().expect("made just now");
        // SAFETY: it stays where it is until `leave` takes it off, before the task is settled.
        let asked = unsafe {
            (*running.task).register(&raw const stop.waiter);
            (*running.task).is_asked_to_stop()
        };
        shown::token_made(&token);
        if asked {
            token.cancel();
        }
    }
    Some(token)
}

/// The token that a waiter belongs to. Runs under the task's lock: it only counts up.
///
/// # Safety
/// `waiter` is valid, and of a kind that has one.
pub(super) unsafe fn token_of(waiter: *const Waiter) -> CancelToken {
    // SAFETY: waiters of these kinds are the first field of a `Stop`, or of what begins with one.
    unsafe { (*waiter.cast::<Stop>()).token.clone() }
}

/// Not called: a token is taken off before its task is settled, or not hung on one.
unsafe fn never(_: *const Waiter) {
    unreachable!("the token of a task that is over was left in its list");
}
