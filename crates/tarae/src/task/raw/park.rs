//! A thread that sleeps until a task is settled.

use super::header::Header;
use super::observed;
use super::waiter::{Kind, Waiter};
use crate::cancel::Deadline;
use crate::sync::{AtomicBool, Ordering, spin, thread};

/// On the sleeping thread's stack.
#[repr(C)]
struct Parked {
    waiter: Waiter,
    /// Set by `tell`, which touches nothing of this after it.
    told: AtomicBool,
    thread: thread::Thread,
}

/// How often to look before going to sleep: most tasks are short, and a sleep costs microseconds.
const LOOKS: u32 = if cfg!(loom) { 0 } else { 8 };
/// How long to pause between two looks, so that the cache line stays with whoever is about to settle the task.
const PAUSES: u32 = 8;

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
        for _ in 0..PAUSES {
            std::hint::spin_loop();
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

unsafe fn tell(waiter: *const Waiter) {
    let parked = waiter.cast::<Parked>();
    // SAFETY: waiters with this function are the first field of a `Parked`, which is there until `told` is set.
    unsafe {
        let thread = (*parked).thread.clone();
        (*parked).told.store(true, Ordering::Release);
        thread.unpark();
    }
}
