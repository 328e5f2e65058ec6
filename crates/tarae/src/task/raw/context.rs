//! What the thread is doing: the task that runs on it, and whether it may run others while it waits.

use super::header::Header;
use super::shown;
use super::waiter::{Kind, Waiter};
use crate::cancel::CancelToken;
use std::cell::{Cell, OnceCell};
use std::ptr;

thread_local! {
    /// The innermost task that runs on this thread; null outside one.
    static RUNNING: Cell<*const Running> = const { Cell::new(ptr::null()) };
    /// Whether this thread is a worker: then it runs the task it waits for, if nobody else has begun to.
    static WORKER: Cell<bool> = const { Cell::new(false) };
    static OTHERS: OnceCell<Box<dyn Fn() -> Others>> = const { OnceCell::new() };
}

/// What the other workers of a pool do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// There are none.
    None,
    /// All have something to do, or wait.
    Busy,
    /// One has nothing to do: it begins whatever is in the queues.
    Idle,
}

/// Says that this thread is a worker, and how it can be asked about the others.
pub(crate) fn become_worker(others: impl Fn() -> Others + 'static) {
    WORKER.set(true);
    OTHERS.with(|ask| {
        ask.get_or_init(|| Box::new(others));
    });
}

/// What the other workers of this one's pool do.
pub(super) fn others() -> Others {
    OTHERS.try_with(|ask| ask.get().map_or(Others::None, |ask| ask())).unwrap_or(Others::None)
}

/// Whether this thread may run the task it waits for.
#[inline]
pub(crate) fn is_worker() -> bool {
    WORKER.get()
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
struct Stop {
    waiter: Waiter,
    token: CancelToken,
}

impl Running {
    /// Runs a claimed task's job. Returns whether it panicked, and whether it stopped as it was asked to.
    ///
    /// # Safety
    /// The caller has claimed `task`.
    #[inline(always)]
    pub(super) unsafe fn run(task: *const Header) -> (bool, bool) {
        let running = Running { task, stop: OnceCell::new(), outer: RUNNING.get() };
        RUNNING.set(&raw const running);
        // SAFETY: the caller's promise. A job's panic is caught in there.
        let failed = unsafe { shown::run(task) };
        RUNNING.set(running.outer);
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
        let stop = self
            .stop
            .get_or_init(|| Stop { waiter: Waiter::new(Kind::Stop, tell), token: CancelToken::new() });
        stop.token.clone()
    }
}

/// The token of the task that runs on this thread.
pub(crate) fn current_token() -> Option<CancelToken> {
    let running = RUNNING.get();
    if running.is_null() {
        return None;
    }
    // SAFETY: `run` sets the pointer to its own local and takes it back before that ends.
    let running = unsafe { &*running };
    let fresh = running.stop.get().is_none();
    let token = running.token();
    if fresh {
        let stop = running.stop.get().expect("made just now");
        // SAFETY: it stays where it is until `leave` takes it off, before the task is settled. If the stop was asked
        // for before, it is told now.
        unsafe { (*running.task).register(&raw const stop.waiter) };
        shown::token_made(&token);
    }
    Some(token)
}

/// Asks the job to stop. Runs under the task's lock: it only sets a flag.
unsafe fn tell(waiter: *const Waiter) {
    // SAFETY: waiters with this function are the first field of a `Stop`.
    unsafe { (*waiter.cast::<Stop>()).token.cancel() }
}
