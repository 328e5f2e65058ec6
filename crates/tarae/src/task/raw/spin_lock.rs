//! A lock that is held for a few instructions, and never while code of the user's runs.

use crate::sync::{AtomicBool, Ordering, UnsafeCell, spin};

/// A value that one thread at a time may touch. Whoever finds it taken looks again: the holder is about to finish, unless
/// it was taken off its core.
pub(super) struct SpinLock<T> {
    taken: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is touched by one thread at a time.
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    pub(super) fn new(value: T) -> Self {
        SpinLock { taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    /// Runs `f` with the value.
    #[inline(always)]
    pub(super) fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: it is there as long as it is borrowed.
        unsafe { Self::with_raw(self, f) }
    }

    /// The same, by a pointer: whoever takes the lock next may free it, as nothing of it is touched after it is given back.
    /// A reference would have to be good until this returns.
    ///
    /// # Safety
    /// It is there until then.
    #[inline(always)]
    pub(super) unsafe fn with_raw<R>(this: *const Self, f: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: the caller's promise, and we are the only one who has taken it.
        unsafe {
            let mut turn = 0;
            while (*this)
                .taken
                .compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed)
                .is_err()
            {
                spin(turn);
                turn += 1;
            }
            let result = (*this).value.with_mut(|value| f(&mut *value));
            (*this).taken.store(false, Ordering::Release);
            result
        }
    }
}
