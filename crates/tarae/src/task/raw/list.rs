//! Tasks that wait for a worker, first in, first out, linked through their blocks: a queue that allocates nothing.
//!
//! A lock, held for a few instructions and never while other code runs. A queue without one costs as many
//! read-modify-writes, and memory of its own: here, whoever is slow at the lock would have been slow at the cache line.

use super::header::Header;
use super::runner::Erased;
use super::spin_lock::SpinLock;
use crate::sync::{AtomicUsize, Ordering};
use std::ptr::{self, NonNull};

/// A queue of runners' halves of tasks. Those that are in it when it is dropped end as Cancelled.
pub(crate) struct List {
    ends: SpinLock<Ends>,
    /// Written under the lock. Read by who only wants to know whether a look is worth it.
    len: AtomicUsize,
    /// How many were ever pushed. Written under the lock, which is taken anyway.
    pushed: AtomicUsize,
}

/// Both null, or neither. The links of those between lead from the first to the last, whose own means nothing.
struct Ends {
    first: *const Header,
    last: *const Header,
}

// SAFETY: the links between the ends are touched under the lock, too; what is in the list is `Erased`, which is `Send`.
unsafe impl Send for Ends {}

impl List {
    pub(crate) fn new() -> Self {
        List {
            ends: SpinLock::new(Ends { first: ptr::null(), last: ptr::null() }),
            len: AtomicUsize::new(0),
            pushed: AtomicUsize::new(0),
        }
    }

    /// How many are in it, a moment ago.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many were pushed, a moment ago. What was moved here was not.
    pub(crate) fn pushed(&self) -> usize {
        self.pushed.load(Ordering::Acquire)
    }

    /// Appends one.
    #[inline(always)]
    pub(crate) fn push(&self, task: Erased) {
        let task = task.into_raw().as_ptr().cast_const();
        self.locked(|ends, len| {
            // SAFETY: the list has the runners' halves of what is in it, and with each the right to its link.
            unsafe { ends.append(task, task) };
            self.pushed.store(self.pushed.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
            len + 1
        });
    }

    /// Takes the first.
    #[inline(always)]
    pub(crate) fn pop(&self) -> Option<Erased> {
        if self.is_empty() {
            return None;
        }
        let mut first = ptr::null();
        self.locked(|ends, len| {
            first = ends.first;
            if len > 1 {
                // SAFETY: it is in the list, and not the last.
                ends.first = unsafe { Header::next(first) };
                return len - 1;
            }
            *ends = Ends { first: ptr::null(), last: ptr::null() };
            0
        });
        // SAFETY: `push` was given its runner's half, and it is taken out once.
        NonNull::new(first.cast_mut()).map(|task| unsafe { Erased::from_raw(task) })
    }

    /// Takes the first, and moves those that follow it to `to`, so many of `len` in all as `share` says.
    #[inline]
    pub(crate) fn pop_and_move(&self, to: &List, share: impl FnOnce(usize) -> usize) -> Option<Erased> {
        if self.is_empty() {
            return None;
        }
        let (mut first, mut last, mut taken) = (ptr::null(), ptr::null(), 0);
        self.locked(|ends, len| {
            if len == 0 {
                return 0;
            }
            taken = share(len).clamp(1, len);
            first = ends.first;
            if taken == len {
                last = ends.last;
                *ends = Ends { first: ptr::null(), last: ptr::null() };
                return 0;
            }
            last = first;
            for _ in 1..taken {
                // SAFETY: it is in the list, and not the last.
                last = unsafe { Header::next(last) };
            }
            // SAFETY: as above: more are left.
            ends.first = unsafe { Header::next(last) };
            len - taken
        });
        if taken > 1 {
            // SAFETY: the part that was cut off is ours, and `first` is not the last of it.
            let second = unsafe { Header::next(first) };
            to.locked(|ends, len| {
                // SAFETY: as above.
                unsafe { ends.append(second, last) };
                len + taken - 1
            });
        }
        // SAFETY: `push` was given its runner's half, and it is taken out once.
        NonNull::new(first.cast_mut()).map(|task| unsafe { Erased::from_raw(task) })
    }

    /// Runs `f` under the lock, with how many there are; it says how many there are then.
    #[inline(always)]
    fn locked(&self, f: impl FnOnce(&mut Ends, usize) -> usize) {
        self.ends.with(|ends| {
            let len = f(ends, self.len.load(Ordering::Relaxed));
            self.len.store(len, Ordering::Relaxed);
        });
    }
}

impl Ends {
    /// # Safety
    /// The links lead from `first` to `last`, and these are the caller's.
    #[inline(always)]
    unsafe fn append(&mut self, first: *const Header, last: *const Header) {
        if self.first.is_null() {
            self.first = first;
        } else {
            // SAFETY: the last one's link is the list's.
            unsafe { Header::set_next(self.last, first) };
        }
        self.last = last;
    }
}

impl Drop for List {
    fn drop(&mut self) {
        while let Some(task) = self.pop() {
            drop(task);
        }
    }
}
