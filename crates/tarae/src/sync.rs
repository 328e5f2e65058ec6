//! What threads share is made of these: std's, or loom's where the concurrent parts are model-checked. Chosen here and
//! nowhere else.

use std::time::Duration;

#[cfg(loom)]
pub(crate) use loom::cell::UnsafeCell;
#[cfg(loom)]
pub(crate) use loom::sync::{
    Arc, Condvar, Mutex,
    atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering, fence},
};
#[cfg(not(loom))]
pub(crate) use std::sync::{
    Arc, Condvar, Mutex,
    atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicUsize, Ordering, fence},
};
#[cfg(not(loom))]
pub(crate) use std::thread;

/// std's cell with loom's interface, which sees every access.
#[cfg(not(loom))]
#[derive(Debug)]
pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

#[cfg(not(loom))]
impl<T> UnsafeCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        UnsafeCell(std::cell::UnsafeCell::new(value))
    }

    #[inline(always)]
    pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        f(self.0.get())
    }
}

/// Waits a moment for another thread that is about to finish a few instructions.
#[inline]
pub(crate) fn spin(turn: u32) {
    if cfg!(loom) || turn % 64 == 63 {
        thread::yield_now(); // it may have been taken off its core
    } else {
        std::hint::spin_loop();
    }
}

/// Locks; a panic while it was held cannot have left anything half-done, since no user code runs under our locks.
#[inline]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Waits until the bell is rung, or for nothing: who waits looks again. As for [`lock`], a panic has left nothing half-done.
pub(crate) fn wait<'a, T>(bell: &Condvar, state: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    bell.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// The same, and no longer than `limit`, if there is one.
pub(crate) fn wait_for<'a, T>(
    bell: &Condvar,
    state: MutexGuard<'a, T>,
    limit: Option<Duration>,
) -> MutexGuard<'a, T> {
    match limit {
        Some(limit) => bell.wait_timeout(state, limit).unwrap_or_else(|poisoned| poisoned.into_inner()).0,
        None => wait(bell, state),
    }
}

#[cfg(loom)]
pub(crate) use loom::sync::MutexGuard;
#[cfg(not(loom))]
pub(crate) use std::sync::MutexGuard;

/// The deque of a worker's own submits.
#[cfg(not(loom))]
pub(crate) mod deque {
    pub(crate) use crossbeam_deque::{Steal, Stealer, Worker};
}

/// crossbeam's deque is made of std's atomics, which loom does not see. In its place: the same order, behind a lock of
/// loom's.
#[cfg(loom)]
pub(crate) mod deque {
    use super::{Arc, Mutex, lock};
    pub(crate) use crossbeam_deque::Steal;
    use std::collections::VecDeque;

    pub(crate) struct Worker<T>(Arc<Mutex<VecDeque<T>>>);

    pub(crate) struct Stealer<T>(Arc<Mutex<VecDeque<T>>>);

    impl<T> Worker<T> {
        pub(crate) fn new_lifo() -> Self {
            Worker(Arc::new(Mutex::new(VecDeque::new())))
        }

        pub(crate) fn push(&self, item: T) {
            lock(&self.0).push_back(item);
        }

        pub(crate) fn pop(&self) -> Option<T> {
            lock(&self.0).pop_back()
        }

        pub(crate) fn stealer(&self) -> Stealer<T> {
            Stealer(self.0.clone())
        }
    }

    impl<T> Stealer<T> {
        pub(crate) fn is_empty(&self) -> bool {
            self.len() == 0
        }

        pub(crate) fn len(&self) -> usize {
            lock(&self.0).len()
        }

        pub(crate) fn steal(&self) -> Steal<T> {
            lock(&self.0).pop_front().map_or(Steal::Empty, Steal::Success)
        }
    }
}

/// What each thread has of its own. loom's threads take turns on one of the system's, so they need variables of loom's.
/// Read and written by `with`, which both have.
#[cfg(not(loom))]
pub(crate) use std::thread_local;
#[cfg(loom)]
macro_rules! thread_local_of_loom {
    ($($(#[$attr:meta])* static $name:ident: $type:ty = const { $init:expr };)*) => {
        loom::thread_local! { $($(#[$attr])* static $name: $type = $init;)* }
    };
}
#[cfg(loom)]
pub(crate) use thread_local_of_loom as thread_local;

/// loom's threads. It has no clock: a park with a time limit gives way once.
#[cfg(loom)]
pub(crate) mod thread {
    use super::Duration;
    pub(crate) use loom::thread::{Thread, ThreadId, current, park, yield_now};

    pub(crate) fn park_timeout(_: Duration) {
        yield_now();
    }
}

/// Tries all orders with at most so many preemptions, if `LOOM_MAX_PREEMPTIONS` is no less. What takes minutes is for the
/// longer checks, which set `TARAE_LOOM_FULL`.
#[cfg(all(test, loom))]
pub(crate) fn model(preemptions: usize, in_full: usize, f: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    let full = std::env::var_os("TARAE_LOOM_FULL").is_some();
    let bound = if full { in_full } else { preemptions };
    builder.preemption_bound = Some(builder.preemption_bound.map_or(bound, |given| given.min(bound)));
    builder.check(f);
}
