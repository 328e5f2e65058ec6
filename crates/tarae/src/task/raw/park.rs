//! A thread that sleeps until a task is settled.

use super::header::Header;
use super::observed;
use super::spawned::Spawned;
use super::waiter::{Kind, Waiter};
use crate::cancel::Deadline;
use crate::sync::{AtomicBool, Ordering, spin, thread};
use std::sync::Weak;

/// On the sleeping thread's stack.
#[repr(C)]
struct Parked {
    waiter: Waiter,
    /// Set by `tell`, which touches nothing of this after it.
    told: AtomicBool,
    thread: thread::Thread,
}

/// How often to look before giving way: most tasks are short. Each look lets the cache line go for a pause.
const LOOKS: u32 = if cfg!(loom) { 0 } else { 32 };
/// How often to let others have the core before going to sleep. Who sleeps is woken by whoever settles the task, for
/// microseconds, and then perhaps takes its core away from it, only to sleep for the next task of a thousand.
const GIVES_WAY: u32 = if cfg!(loom) { 0 } else { 4 };

/// Sleeps until `task` is settled, or the deadline; whether it is settled.
#[cold]
#[inline(never)]
pub(super) fn until_settled(task: &Header, deadline: Deadline) -> bool {
    observed::wait(task, || sleep_until_settled(task, deadline))
}

fn sleep_until_settled(task: &Header, deadline: Deadline) -> bool {
    for _ in 0..LOOKS {
        if task.word().is_settled() {
            return true;
        }
        std::hint::spin_loop();
    }
    for _ in 0..GIVES_WAY {
        thread::yield_now();
        if task.word().is_settled() {
            return true;
        }
    }
    let parked = Parked {
        waiter: Waiter::new(Kind::Thread, tell),
        told: AtomicBool::new(false),
        thread: thread::current(),
    };
    // SAFETY: we do not return before it has been told or is off the list.
    if !unsafe { task.register(&raw const parked.waiter) } {
        return true;
    }
    while !parked.told.load(Ordering::Acquire) {
        match deadline.remaining() {
            None => thread::park(),
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            // SAFETY: registered above.
            Some(_) if unsafe { task.unregister(&raw const parked.waiter) } => return false,
            // Off the list: whoever settled the task is telling us, and runs no user code before that.
            Some(_) => {
                let mut turn = 0;
                while !parked.told.load(Ordering::Acquire) {
                    spin(turn);
                    turn += 1;
                }
            }
        }
    }
    true
}

/// Sleeps until `task`, of a future, is settled, and takes the future's turns meanwhile. True: it is.
#[cold]
#[inline(never)]
pub(super) fn until_settled_by_turns(task: &Header, spawned: &Weak<dyn Spawned>) -> bool {
    struct Helper<'a>(&'a Weak<dyn Spawned>, thread::Thread);
    impl Drop for Helper<'_> {
        fn drop(&mut self) {
            if let Some(spawned) = self.0.upgrade() {
                spawned.remove_helper(&self.1);
            }
        }
    }
    let parked = Parked {
        waiter: Waiter::new(Kind::Thread, tell),
        told: AtomicBool::new(false),
        thread: thread::current(),
    };
    if let Some(spawned) = spawned.upgrade() {
        spawned.add_helper(parked.thread.clone());
    }
    let _helper = Helper(spawned, parked.thread.clone());
    // SAFETY: we do not return before it has been told; a turn's panics are caught in there.
    if !unsafe { task.register(&raw const parked.waiter) } {
        return true;
    }
    while !parked.told.load(Ordering::Acquire) {
        if !spawned.upgrade().is_some_and(Spawned::turn) {
            observed::wait(task, thread::park);
        }
    }
    true
}

unsafe fn tell(waiter: *const Waiter) {
    let parked = waiter.cast::<Parked>();
    // SAFETY: waiters with this function are the first field of a `Parked`, which is there until `told` is set.
    unsafe {
        let thread = (*parked).thread.clone();
        (*parked).told.store(true, Ordering::Release);
        thread.unpark();
    }
}
