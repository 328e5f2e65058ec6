//! Where settled tasks of a set queue up: a stack that every teller pushes to and one consumer takes whole.

use super::waiter::{Kind, Waiter};
use crate::cancel::Deadline;
use crate::sync::{Arc, AtomicBool, AtomicPtr, Mutex, Ordering, fence, lock, thread};
use std::cell::Cell;
use std::ptr;

/// The set's end of a task: its waiter, and the link to the one that was settled before it.
#[repr(C)]
pub(super) struct Slot {
    waiter: Waiter,
    /// Taken by `tell`, so that the queue outlives what a teller still does with it after the push.
    queue: Cell<Option<Arc<Queue>>>,
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

/// Settled tasks, the latest first.
pub(super) struct Queue {
    settled: AtomicPtr<Slot>,
    /// Whether the consumer sleeps, or is about to. Set by the consumer before it looks a last time; a teller that
    /// clears it wakes the consumer.
    asleep: AtomicBool,
    sleeper: Mutex<Option<thread::Thread>>,
}

impl Queue {
    pub(super) fn new() -> Self {
        Queue {
            settled: AtomicPtr::new(ptr::null_mut()),
            asleep: AtomicBool::new(false),
            sleeper: Mutex::new(None),
        }
    }

    fn is_empty(&self) -> bool {
        self.settled.load(Ordering::Relaxed).is_null()
    }

    /// Takes all, in the order they were settled: the first of a list linked by [`next_of`](Self::next_of), or null.
    pub(super) fn take(&self) -> *const Slot {
        let mut at = self.settled.swap(ptr::null_mut(), Ordering::Acquire).cast_const();
        let mut ordered: *const Slot = ptr::null();
        while !at.is_null() {
            // SAFETY: a slot stays until the consumer, who is us, lets it go; its teller has done with it.
            let next = unsafe { (*at).next.replace(ordered) };
            ordered = at;
            at = next;
        }
        ordered
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
            *lock(&self.sleeper) = Some(thread::current());
            self.asleep.store(true, Ordering::Relaxed);
            // With the fence in `push`: either we see what was pushed, or the teller sees that we sleep.
            fence(Ordering::SeqCst);
            let ready = !self.is_empty();
            if ready || deadline.has_passed() {
                self.asleep.store(false, Ordering::Relaxed);
                return ready;
            }
            match deadline.remaining() {
                None => thread::park(),
                Some(left) => park_timeout(left),
            }
        }
    }

    /// # Safety
    /// `slot` is valid, and in no list.
    unsafe fn push(&self, slot: *const Slot) {
        let mut head = self.settled.load(Ordering::Relaxed);
        loop {
            // SAFETY: the caller's promise; the slot is ours until it is pushed.
            unsafe { (*slot).next.set(head) };
            match self.settled.compare_exchange_weak(
                head,
                slot.cast_mut(),
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => break,
                Err(changed) => head = changed,
            }
        }
        fence(Ordering::SeqCst);
        if self.asleep.load(Ordering::Relaxed) && self.asleep.swap(false, Ordering::Relaxed) {
            if let Some(thread) = lock(&self.sleeper).take() {
                thread.unpark();
            }
        }
    }
}

unsafe fn tell(waiter: *const Waiter) {
    let slot = waiter.cast::<Slot>();
    // SAFETY: waiters with this function are the first field of a `Slot`, which stays until it has been pushed and taken.
    unsafe {
        let queue = (*slot).queue.take().expect("a slot is told once");
        queue.push(slot);
    }
}

#[cfg(not(loom))]
use thread::park_timeout;

/// loom has no clock.
#[cfg(loom)]
fn park_timeout(_: std::time::Duration) {
    thread::yield_now();
}
