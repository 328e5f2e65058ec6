//! Where settled tasks of a set queue up: every teller appends, one consumer takes all.
//!
//! A lock, held for a few instructions, rather than a stack without one: that would need a full fence for the sleeping
//! consumer's sake, which costs as much, and its order would have to be turned round.
//!
//! The queue may go when its consumer has taken all that was registered for it: a teller that has appended, and given the
//! lock back, touches nothing of it any more.

use super::observed;
use super::spin_lock::SpinLock;
use super::waiter::{Kind, Waiter};
use crate::cancel::Deadline;
use crate::sync::{AtomicBool, Ordering, thread};
use std::cell::Cell;
use std::ptr;

/// The set's end of a task: its waiter, and the link to the one that was settled after it.
#[repr(C)]
pub(super) struct Slot {
    waiter: Waiter,
    queue: *const Queue,
    /// Written under the queue's lock, then by the consumer alone.
    next: Cell<*const Slot>,
}

impl Slot {
    /// One that will be told, or taken off its task, while the queue is there.
    pub(super) fn new(queue: *const Queue) -> Self {
        Slot { waiter: Waiter::new(Kind::Thread, tell), queue, next: Cell::new(ptr::null()) }
    }

    pub(super) fn waiter(this: *const Self) -> *const Waiter {
        this.cast()
    }

    /// Queues a slot up whose task was settled before it could be registered.
    ///
    /// # Safety
    /// The slot and its queue are valid, and it was not registered.
    pub(super) unsafe fn tell_now(this: *const Self) {
        // SAFETY: the caller's promise.
        unsafe { tell(this.cast()) }
    }
}

/// Settled tasks, in the order they were settled.
pub(super) struct Queue {
    state: SpinLock<State>,
    /// Whether there is anything in it: written under the lock, for who looks without taking it.
    some: AtomicBool,
}

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
        let state = State { first: ptr::null(), last: ptr::null(), sleeper: None };
        Queue { state: SpinLock::new(state), some: AtomicBool::new(false) }
    }

    /// Takes all: the first of a list linked by [`next_of`](Self::next_of), or null.
    pub(super) fn take(&self) -> *const Slot {
        self.state.with(|state| {
            self.some.store(false, Ordering::Relaxed);
            state.last = ptr::null();
            std::mem::replace(&mut state.first, ptr::null())
        })
    }

    /// Whether there is anything to take. A glance: it says nothing of what was written before, and may be a moment late.
    #[inline]
    pub(super) fn has_some(&self) -> bool {
        self.some.load(Ordering::Relaxed)
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
            let thread = thread::current();
            let (outcome, before) = self.state.with(|state| {
                let outcome = match left {
                    _ if !state.first.is_null() => Some(true),
                    Some(left) if left.is_zero() => Some(false),
                    _ => None,
                };
                let sleeper = if outcome.is_none() { Some(thread) } else { None };
                (outcome, std::mem::replace(&mut state.sleeper, sleeper))
            });
            drop(before);
            match (outcome, left) {
                (Some(outcome), _) => return outcome,
                (None, None) => observed::wait_for_any(thread::park),
                (None, Some(left)) => observed::wait_for_any(|| thread::park_timeout(left)),
            }
        }
    }

    /// # Safety
    /// `slot` is valid, and in no list; so is the queue, until its consumer has taken the slot.
    unsafe fn append(this: *const Self, slot: *const Slot) {
        // SAFETY: the caller's promise; what is in the list is valid.
        let sleeper = unsafe {
            SpinLock::with_raw(&raw const (*this).state, |state| {
                (*this).some.store(true, Ordering::Relaxed);
                if state.last.is_null() {
                    state.first = slot;
                } else {
                    (*state.last).next.set(slot);
                }
                state.last = slot;
                state.sleeper.take()
            })
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
    // The queue is there until its consumer has taken the slot.
    unsafe { Queue::append((*slot).queue, slot) }
}
