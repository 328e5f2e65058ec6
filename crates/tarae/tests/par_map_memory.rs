//! A long source through a small window: the heap stays as small as the window, however long the source is.
#![allow(unsafe_code)] // a global allocator is an unsafe trait

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tarae::prelude::*;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Counts the bytes that are allocated, and the most there were.
struct Counting;

// SAFETY: passes everything on to `System`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(live, Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promise; `alloc` got it from there.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// How much the heap grows at most while `run` runs.
fn growth(run: impl FnOnce()) -> usize {
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    run();
    PEAK.load(Relaxed) - before
}

const ITEMS: u64 = if cfg!(miri) { 500 } else { 1_000_000 };
const WINDOW: usize = 64;
/// Of one item, with its allocation.
const ITEM: usize = 256;

/// One test in this file: another beside it would be counted.
#[test]
fn a_million_items_through_a_window_of_64_leave_the_peak_flat() {
    let pool = ThreadPool::new(2).unwrap();
    let items = |n: u64| (0..n).map(|n| Box::new([n; ITEM / 8]));
    let sum = |n: u64| n * (n - 1) / 2;
    let in_order = |n| {
        let firsts = items(n).par_map(&pool, |item| item[0]);
        assert_eq!(firsts.buffer(WINDOW).sum::<u64>(), sum(n));
    };
    let as_completed = |n| {
        let same = items(n).par_map(&pool, |item| item);
        assert_eq!(same.buffer(WINDOW).as_completed().map(|item| item[1]).sum::<u64>(), sum(n));
    };
    let stage = |n| {
        let same = items(n).par_stage(&pool, |batch| batch.filter(|_| true));
        assert_eq!(same.buffer(WINDOW).map(|item| item[1]).sum::<u64>(), sum(n));
    };
    let runs: [(&str, &dyn Fn(u64)); 3] =
        [("in order", &in_order), ("as completed", &as_completed), ("stage", &stage)];
    for (name, run) in runs {
        run(1_000.min(ITEMS)); // the threads have what they keep
        let few = growth(|| run(1_000.min(ITEMS)));
        let many = growth(|| run(ITEMS));
        // Items of the window, and of the batch that is handed out, and as much again for all that is around them.
        let bound = 2 * WINDOW * (ITEM + 64);
        assert!(many <= bound, "{name}: {many} bytes for {ITEMS} items, {few} for few");
    }
}
