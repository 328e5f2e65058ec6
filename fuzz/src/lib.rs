//! Bounds what a fuzzed function may ask the allocator for.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which counts what a thread asks for at once.
struct Counting;

thread_local! {
    /// The most that was asked for at once.
    static MOST: Cell<usize> = const { Cell::new(0) };
}

fn asked_for(bytes: usize) {
    let _ = MOST.try_with(|most| most.set(most.get().max(bytes)));
}

// SAFETY: it is the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        asked_for(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        asked_for(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        asked_for(size);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What `serde` sets aside for a sequence at most, however long that says to be.
const CAUTIOUS: usize = 1 << 20;

/// Runs a property, which must not ask for what a length claims: at once no more than `serde` is cautious with, or some
/// times what there is.
pub fn bounded(bytes: &[u8], property: fn(&[u8])) {
    MOST.set(0);
    property(bytes);
    let most = MOST.get();
    assert!(most <= CAUTIOUS + 64 * bytes.len(), "{most} bytes were asked for, of {}", bytes.len());
}
