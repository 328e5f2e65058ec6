//! An allocator that counts. A binary opts in: `#[global_allocator] static COUNTING: CountingAllocator = ..`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static LIVE_BYTES: AtomicUsize = AtomicUsize::new(0);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator; see [`live_bytes`] and [`allocations`].
pub struct CountingAllocator;

/// How many bytes are allocated now, as they were asked for: what the allocator adds is not seen.
pub fn live_bytes() -> usize {
    LIVE_BYTES.load(Relaxed)
}

/// How many allocations there have been.
pub fn allocations() -> usize {
    ALLOCATIONS.load(Relaxed)
}

// SAFETY: passes everything on to `System`. `realloc` and `alloc_zeroed` are the trait's, and use these two.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE_BYTES.fetch_add(layout.size(), Relaxed);
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE_BYTES.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promise; `alloc` got it from there.
        unsafe { System.dealloc(pointer, layout) }
    }
}
