//! The task that runs on this thread, and its token.

use super::header::Header;
use super::waiter::{Kind, Waiter};
use super::{observed, shown};
use crate::cancel::CancelToken;
use crate::sync::thread_local;
use std::cell::{Cell, OnceCell};
use std::ptr;

thread_local! {
    /// The innermost task that runs on this thread; null outside one.
    static RUNNING: Cell<*const Running> = const { Cell::new(ptr::null()) };
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
        let failed = unsafe { observed::run(task) };
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
