//! A task that is awaited: the waker of the async task which polled it last, for each handle of the task.

use super::header::Header;
use super::waiter::{Kind, Waiter};
use crate::panics::drop_quietly;
use std::task::Waker;

/// On the heap, owned by the list it is in, then by whoever has taken it off. A task has at most one for each who polls.
#[repr(C)]
pub(super) struct Waking {
    waiter: Waiter,
    /// Tells those who poll apart.
    poller: usize,
    waker: Waker,
}

impl Waking {
    /// The one who polls a task that has one handle.
    pub(super) const ONLY: usize = 0;
    /// The scope that the task belongs to.
    pub(super) const SCOPE: usize = usize::MAX;

    /// Has `waker` woken when `task` is settled, instead of the one that `poller` had registered before. True, and nothing
    /// done, if it is settled.
    pub(super) fn register(task: &Header, poller: usize, waker: &Waker) -> bool {
        // SAFETY: the list is left as it was. `will_wake` compares addresses.
        let same = unsafe {
            task.with_waiters(|list| {
                list.find(|w| Waking::is_of(w, poller))
                    .is_some_and(|w| (*w.cast::<Waking>()).waker.will_wake(waker))
            })
        };
        match same {
            None => return true,
            Some(true) => return false,
            Some(false) => {}
        }
        // The user's code, clone and drop of a waker, runs before and after the lock is held.
        let waking = Box::into_raw(Box::new(Waking {
            waiter: Waiter::new(Kind::Waker, tell),
            poller,
            waker: waker.clone(),
        }));
        // SAFETY: it stays until it is taken off or told. What is removed was registered here.
        let before = unsafe {
            task.with_waiters(|list| {
                let before = list.remove(|w| Waking::is_of(w, poller));
                list.push(waking.cast_const().cast());
                before
            })
        };
        match before {
            Some(before) => {
                // SAFETY: off the list.
                drop(before.map(|waiter| unsafe { Self::from_waiter(waiter) }));
                false
            }
            None => {
                // SAFETY: the task was settled, so it was not registered.
                drop(unsafe { Box::from_raw(waking) });
                true
            }
        }
    }

    /// Takes off what `poller` has registered: it will not poll any more.
    pub(super) fn forget(task: &Header, poller: usize) {
        // SAFETY: the rest of the list stays as it was. What is removed was registered by `register`.
        unsafe {
            let waking = task.with_waiters(|list| list.remove(|w| Waking::is_of(w, poller)));
            if let Some(Some(waiter)) = waking {
                let waking = Self::from_waiter(waiter);
                drop_quietly(|| drop(waking)); // a panic here would leak the block
            }
        }
    }

    /// # Safety
    /// `waiter` is in a list.
    unsafe fn is_of(waiter: *const Waiter, poller: usize) -> bool {
        // SAFETY: the caller's promise. Those of the kind are the first field of a `Waking`.
        unsafe { (*waiter).kind() == Kind::Waker && (*waiter.cast::<Waking>()).poller == poller }
    }

    /// # Safety
    /// `waiter` was registered by `register`, and is off the list.
    pub(super) unsafe fn from_waiter(waiter: *const Waiter) -> Box<Self> {
        // SAFETY: the caller's promise.
        unsafe { Box::from_raw(waiter.cast::<Self>().cast_mut()) }
    }
}

unsafe fn tell(waiter: *const Waiter) {
    // SAFETY: waiters with this function were registered by `register`, and one that is told is off the list.
    let waking = unsafe { Waking::from_waiter(waiter) };
    drop_quietly(|| waking.waker.wake());
}
