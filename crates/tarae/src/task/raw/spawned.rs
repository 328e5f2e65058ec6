//! What a task of a future has hung on it: who asks it to stop, waits for it or settles it from outside gets at the
//! future by this.
//!
//! ```text
//! handle ──▶ block ──waiters──▶ Hook ──weak──▶ the future, with the task's promise
//!              ▲                                            │ strong
//!              └──────────── runner's half ◀────────────────┘
//! ```
//!
//! The future owns the duty to settle the task, so it is settled, and the hook told, before the future is gone for good.

use super::header::Header;
use super::park;
use super::running::Stop;
use super::waiter::{Kind, Waiter};
use super::worker;
use crate::cancel::CancelToken;
use crate::sync::thread::Thread;
use std::sync::{Arc, Weak};

/// A future that is driven in turns, as its task sees it.
pub(crate) trait Spawned: Send + Sync {
    /// The task is over, perhaps since it was cancelled before its first turn. Called with nothing locked.
    fn settled(&self);

    /// This thread waits for the task, without a limit: whether it may poll the future itself, if it is a worker.
    ///
    /// # Panics
    /// If the wait would have no end.
    fn may_help(&self) -> bool;

    /// Polls the future here, if it is to be polled; whether it did. This and what follows is called by helpers only.
    fn turn(self: Arc<Self>) -> bool {
        false
    }

    /// Has the thread unparked whenever the future is to be polled.
    fn add_helper(&self, _thread: Thread) {}

    /// The thread waits no more.
    fn remove_helper(&self, _thread: &Thread) {}
}

/// Owned by the list it is in, from its registering to its telling.
#[repr(C)]
struct Hook {
    /// First: it is found as the token of the running task.
    stop: Stop,
    spawned: Weak<dyn Spawned>,
}

/// Hangs a future and its token on its task; false if that is settled already.
pub(super) fn hang(task: &Header, spawned: Weak<dyn Spawned>, token: CancelToken) -> bool {
    let stop = Stop::new(Waiter::new(Kind::Spawned, tell), token);
    let hook = Box::into_raw(Box::new(Hook { stop, spawned }));
    // SAFETY: it stays until it is told, which frees it.
    if unsafe { task.register(hook.cast_const().cast()) } {
        return true;
    }
    // SAFETY: the task was settled, so it was not registered.
    drop(unsafe { Box::from_raw(hook) });
    false
}

/// Waits until the task is settled, if it is one of a future that this thread may poll: does that whenever it is to be
/// polled, and sleeps meanwhile. False, and nothing done, if it is none.
#[cold]
#[inline(never)]
pub(super) fn help_to_the_end(task: &Header) -> bool {
    let Some(spawned) = of(task) else { return false };
    let may_help = spawned.upgrade().is_some_and(|spawned| spawned.may_help());
    // By a weak pointer: a future that nobody can wake any more is to end meanwhile.
    may_help && worker::is_worker() && park::until_settled_by_turns(task, &spawned)
}

/// The future of a task, if it has one and is not settled.
fn of(task: &Header) -> Option<Weak<dyn Spawned>> {
    // SAFETY: the list is left as it was. Waiters of the kind are the first field of a `Hook`; to clone a weak pointer only
    // counts up.
    unsafe {
        task.with_waiters(|list| {
            let hook = list.find(|waiter| (*waiter).kind() == Kind::Spawned)?;
            Some((*hook.cast::<Hook>()).spawned.clone())
        })
    }
    .flatten()
}

unsafe fn tell(waiter: *const Waiter) {
    // SAFETY: waiters with this function are the first field of a `Hook`, boxed by `hang`; one that is told is off the list.
    let hook = unsafe { Box::from_raw(waiter.cast::<Hook>().cast_mut()) };
    if let Some(spawned) = hook.spawned.upgrade() {
        spawned.settled();
    }
}
