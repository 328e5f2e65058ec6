//! The window, and what slides it.

use std::mem;
use std::num::NonZeroUsize;

/// The items of the window that is lent, and those that may be in the next.
#[derive(Clone, Debug)]
pub(super) struct Buffer<T> {
    n: NonZeroUsize,
    step: NonZeroUsize,
    /// Whether a last, shorter window is asked for.
    pub(super) partial: bool,
    // What was pulled and may be needed; before `start`, what is needed no more and not yet dropped.
    pub(super) items: Vec<T>,
    // Where in `items` the window begins. It goes on to the end.
    start: usize,
    // Up to where in `items` they have been in a window. Not before `start`.
    seen: usize,
}

impl<T> Buffer<T> {
    /// Nothing yet.
    #[inline]
    pub(super) fn new(n: NonZeroUsize, step: NonZeroUsize) -> Self {
        Buffer { n, step, partial: false, items: Vec::new(), start: 0, seen: 0 }
    }

    /// How many items that are needed no more may be there, so that not every step has to move the others.
    #[inline]
    fn slack(&self) -> usize {
        let n = self.n.get();
        // Those for whose drop someone may wait are not kept longer than it takes to pay for the moves.
        if mem::needs_drop::<T>() { n } else { n.max(1024 / size_of::<T>().max(1)) }
    }

    /// Makes room for all that will be here at once, if the source has so much.
    #[cold]
    pub(super) fn reserve(&mut self, (low, high): (usize, Option<usize>)) {
        let most = self.n.get().saturating_add(self.slack()).min(high.unwrap_or(usize::MAX));
        self.items.reserve_exact(most.min(low.max(4096 / size_of::<T>().max(1))));
    }

    #[inline]
    pub(super) fn is_complete(&self) -> bool {
        self.items.len() - self.start >= self.n.get()
    }

    /// The window. From now on its items have been seen.
    #[inline]
    pub(super) fn lend(&mut self) -> &[T] {
        self.seen = self.items.len();
        &self.items[self.start..]
    }

    /// A last, shorter window, if it is asked for and has something new.
    #[inline]
    pub(super) fn rest(&self) -> Option<&[T]> {
        (self.partial && self.items.len() > self.seen).then(|| &self.items[self.start..])
    }

    /// Goes from a complete window on to the next, except for the items between the two.
    #[inline]
    pub(super) fn advance(&mut self) {
        if self.step >= self.n {
            (self.start, self.seen) = (0, 0);
            self.items.clear();
            return;
        }
        self.start += self.step.get();
        if self.start >= self.slack() {
            let done = mem::take(&mut self.start);
            self.seen -= done;
            self.items.drain(..done);
        }
    }

    /// How many items of the source are between two windows.
    #[inline]
    pub(super) fn gap(&self) -> usize {
        self.step.get().saturating_sub(self.n.get())
    }

    /// How many windows there are if the source has so many items. None if the items cannot be counted.
    pub(super) fn windows_of(&self, items: usize, lent: bool) -> Option<usize> {
        let (n, step) = (self.n.get(), self.step.get());
        // Counted from the beginning of the next window on. First what is here already.
        let (here, seen, gap) = if lent {
            let shared = n.saturating_sub(step);
            (shared, shared, self.gap())
        } else {
            (self.items.len() - self.start, self.seen - self.start, 0)
        };
        let items = items.saturating_sub(gap).checked_add(here)?;
        let whole = if items < n { 0 } else { (items - n) / step + 1 };
        // Up to where they are in whole windows, or between two.
        let used = match whole {
            0 => seen,
            _ => ((whole - 1) * step).saturating_add(n.max(step)),
        };
        Some(whole + usize::from(self.partial && items > used))
    }
}
