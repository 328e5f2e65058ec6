//! Where settled tasks of a set queue up: every teller appends, one consumer takes all.
//!
//! A lock, held for a few instructions, rather than a stack without one: that would need a full fence for the sleeping
//! consumer's sake, which costs as much, and its order would have to be turned round.

use super::waiter::{Kind, Waiter};
use crate::cancel::Deadline;
use crate::sync::{Arc, Mutex, lock, thread};
use std::cell::Cell;
use std::ptr;

/// The set's end of a task: its waiter, and the link to the one that was settled after it.
#[repr(C)]
pub(super) struct Slot {
    waiter: Waiter,
    /// Taken by `tell`, so that the queue outlives what a teller still does with it after it has appended.
    queue: Cell<Option<Arc<Queue>>>,
    /// Written under the queue's lock, then by the consumer alone.
    next: Cell<*const Slot>,
}

impl Slot {
    pub(super) fn new(queue: Arc<Queue>) -> Self {
        Slot {
            waiter: Waiter::new(Kind::Thread, tell),
            queue: Cell::new(Some(queue)),
            next: Cell::new(ptr::null()),
        }
    }

    pub(super) fn waiter(this: *const Self) -> *const Waiter {
        this.cast()
    }

    /// Queues a slot up whose task was settled before it could be registered.
    ///
    /// # Safety
    /// The slot is valid, and was not registered.
    pub(super) unsafe fn tell_now(this: *const Self) {
        // SAFETY: the caller's promise.
        unsafe { tell(this.cast()) }
    }

    /// Gives its queue back: it will not be told.
    pub(super) fn forget_queue(&self) {
        self.queue.take();
    }
}

/// Settled tasks, in the order they were settled.
pub(super) struct Queue(Mutex<State>);

struct State {
    first: *const Slot,
    last: *const Slot,
    /// The consumer, if it sleeps. Whoever takes it wakes it.
    sleeper: Option<thread::Thread>,
}

// SAFETY: slots are linked under the lock, and each stays until the consumer, who has taken it, lets it go.
unsafe impl Send for State {}

impl Queue {
    pub(super) fn new() -> Self {
        Queue(Mutex::new(State { first: ptr::null(), last: ptr::null(), sleeper: None }))
    }

    /// Takes all: the first of a list linked by [`next_of`](Self::next_of), or null.
    pub(super) fn take(&self) -> *const Slot {
        let mut state = lock(&self.0);
        state.last = ptr::null();
        std::mem::replace(&mut state.first, ptr::null())
    }

    /// The slot after this one in a list that was taken.
    ///
    /// # Safety
    /// `slot` is in such a list.
    pub(super) unsafe fn next_of(slot: *const Slot) -> *const Slot {
        // SAFETY: the caller's promise.
        unsafe { (*slot).next.get() }
    }

    /// Sleeps until something is settled, or the deadline; whether something is.
    pub(super) fn wait(&self, deadline: Deadline) -> bool {
        loop {
            let left = deadline.remaining();
            {
                let mut state = lock(&self.0);
                state.sleeper = None;
                if !state.first.is_null() {
                    return true;
                }
                if left.is_some_and(|left| left.is_zero()) {
                    return false;
                }
                state.sleeper = Some(thread::current());
            }
            match left {
                None => thread::park(),
                Some(left) => thread::park_timeout(left),
            }
        }
    }

    /// # Safety
    /// `slot` is valid, and in no list.
    unsafe fn append(&self, slot: *const Slot) {
        let sleeper = {
            let mut state = lock(&self.0);
            if state.last.is_null() {
                state.first = slot;
            } else {
                // SAFETY: what is in the list is valid.
                unsafe { (*state.last).next.set(slot) };
            }
            state.last = slot;
            state.sleeper.take()
        };
        if let Some(thread) = sleeper {
            thread.unpark();
        }
    }
}

unsafe fn tell(waiter: *const Waiter) {
    let slot = waiter.cast::<Slot>();
    // SAFETY: waiters with this function are the first field of a `Slot`, which stays until it has been appended and
    // taken. Its link is null: a slot is told once.
    unsafe {
        let queue = (*slot).queue.take().expect("a slot is told once");
        queue.append(slot);
    }
}
