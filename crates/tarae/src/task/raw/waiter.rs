//! Who is told when a task is settled: nodes that their owners keep, linked to the task.

use std::ptr;

/// The order in which waiters are told: first what runs no user code, since its owner may be waiting for just that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The token of the running job: found by who asks it to stop, taken off before the end, and never told.
    Stop,
    /// A parked thread, or a set.
    Thread,
    /// A waker of an async task.
    Waker,
    /// A callback.
    Callback,
    /// The future that gives the answer. Its token is found as one of kind `Stop` is.
    Spawned,
}

impl Kind {
    /// Whether it stands at the beginning of a task's token.
    pub(super) fn has_token(self) -> bool {
        matches!(self, Kind::Stop | Kind::Spawned)
    }
}

/// The first field of every waiter.
#[repr(C)]
pub(crate) struct Waiter {
    /// Guarded by the task's LOCKED while it is in its list, then by whoever has taken the list.
    next: std::cell::Cell<*const Waiter>,
    kind: Kind,
    /// Tells the owner. The waiter may be gone when this returns.
    tell: unsafe fn(*const Waiter),
}

impl Waiter {
    pub(super) const fn new(kind: Kind, tell: unsafe fn(*const Waiter)) -> Self {
        Waiter { next: std::cell::Cell::new(ptr::null()), kind, tell }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }
}

/// A list of waiters, the latest first.
pub(super) struct Waiters(*const Waiter);

impl Waiters {
    pub(super) const fn new() -> Self {
        Waiters(ptr::null())
    }

    #[inline(always)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_null()
    }

    #[inline(always)]
    pub(super) fn take(&mut self) -> Waiters {
        Waiters(std::mem::replace(&mut self.0, ptr::null()))
    }

    /// # Safety
    /// `waiter` stays valid while it is in the list.
    pub(super) unsafe fn push(&mut self, waiter: *const Waiter) {
        // SAFETY: the caller's promise.
        unsafe { (*waiter).next.set(self.0) };
        self.0 = waiter;
    }

    /// Takes off the first for which `which` is true.
    ///
    /// # Safety
    /// All in the list are valid.
    pub(super) unsafe fn remove(&mut self, which: impl Fn(*const Waiter) -> bool) -> Option<*const Waiter> {
        let mut before: *const Waiter = ptr::null();
        let mut at = self.0;
        // SAFETY: the caller's promise.
        unsafe {
            while !at.is_null() {
                let next = (*at).next.get();
                if which(at) {
                    if before.is_null() {
                        self.0 = next;
                    } else {
                        (*before).next.set(next);
                    }
                    return Some(at);
                }
                before = at;
                at = next;
            }
        }
        None
    }

    /// The first for which `which` is true.
    ///
    /// # Safety
    /// All in the list are valid.
    pub(super) unsafe fn find(&self, which: impl Fn(*const Waiter) -> bool) -> Option<*const Waiter> {
        let mut at = self.0;
        // SAFETY: the caller's promise.
        unsafe {
            while !at.is_null() && !which(at) {
                at = (*at).next.get();
            }
        }
        (!at.is_null()).then_some(at)
    }

    /// Takes off the first of a kind.
    ///
    /// # Safety
    /// All in the list are valid.
    unsafe fn remove_kind(&mut self, kind: Kind) -> Option<*const Waiter> {
        // SAFETY: the caller's promise.
        unsafe { self.remove(|waiter| (*waiter).kind == kind) }
    }

    /// Tells all, kind by kind, and within a kind in the order they were added.
    ///
    /// # Safety
    /// All in the list are valid until they are told, and the list is not the task's any more.
    #[inline(always)]
    pub(super) unsafe fn tell_all(self) {
        if !self.is_empty() {
            // SAFETY: the caller's promise.
            unsafe { self.tell_each() };
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn tell_each(self) {
        // SAFETY: the caller's promise. Each is taken off, and its successor read, before it is told.
        unsafe {
            // Reversed: the list has the latest first.
            let mut ordered = Waiters::new();
            let mut at = self.0;
            while !at.is_null() {
                let next = (*at).next.get();
                ordered.push(at);
                at = next;
            }
            for kind in [Kind::Thread, Kind::Waker, Kind::Callback, Kind::Spawned] {
                while let Some(waiter) = ordered.remove_kind(kind) {
                    ((*waiter).tell)(waiter);
                }
            }
        }
    }
}
