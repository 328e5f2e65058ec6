//! What is allocated, counted by the allocator: in a binary of its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::pin::pin;
use tarae::generator;
use tarae::prelude::*;

/// Counts the allocations of this thread.
struct Counting;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Heap {
    allocations: usize,
    live: usize,
    peak: usize,
    /// Of the last allocation.
    size: usize,
}

thread_local!(static HEAP: Cell<Heap> = const { Cell::new(Heap { allocations: 0, live: 0, peak: 0, size: 0 }) });

// SAFETY: all is passed on to `System`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = HEAP.try_with(|heap| {
            let mut now = heap.get();
            now.allocations += 1;
            now.size = layout.size();
            now.live = now.live.wrapping_add(layout.size());
            now.peak = now.peak.max(now.live);
            heap.set(now);
        });
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let _ = HEAP.try_with(|heap| {
            let mut now = heap.get();
            now.live = now.live.wrapping_sub(layout.size());
            heap.set(now);
        });
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `f` does to the heap, and what it returns.
fn measure<T>(f: impl FnOnce() -> T) -> (Heap, T) {
    HEAP.set(Heap::default());
    let value = f();
    (HEAP.get(), value)
}

fn counting(n: u64) -> Generator<impl Yields<u64>> {
    generator!({
        for i in 0..n {
            yield i;
        }
    })
}

fn nested(depth: u64, n: u64) -> Generator<impl Yields<u64>> {
    generator!({
        if depth == 0 {
            for i in 0..n {
                yield i;
            }
        } else {
            yield_from!(nested(depth - 1, n));
        }
    })
}

#[test]
fn creation_allocates_nothing() {
    let (heap, generator) = measure(|| counting(5));
    assert_eq!(heap.allocations, 0);
    let (heap, ()) = measure(|| drop(generator));
    assert_eq!(heap.allocations, 0);
}

#[test]
fn folding_allocates_nothing() {
    let (heap, sum) = measure(|| counting(black_box(100)).map(|n| n * 2).filter(|n| n % 3 == 0).sum::<u64>());
    assert_eq!((heap.allocations, sum), (0, 3366));
    let (heap, ()) = measure(|| counting(100).for_each(|n| assert!(n < 100)));
    assert_eq!(heap.allocations, 0);
    let handled = generator::from_fn(async |mut y| {
        for n in 0..100u64 {
            y.yield_(n).await;
        }
    });
    let (heap, sum) = measure(|| handled.sum::<u64>());
    assert_eq!((heap.allocations, sum), (0, 4950));
}

#[test]
fn a_pinned_generator_allocates_nothing() {
    let (heap, sum) = measure(|| {
        let mut sum = 0;
        for n in pin!(counting(black_box(100)).pinned()) {
            sum += n;
        }
        sum
    });
    assert_eq!((heap.allocations, sum), (0, 4950));
}

#[test]
fn a_boxed_generator_allocates_its_body_once() {
    let make = |n: u64| {
        generator!({
            let mut i = 0;
            while i < n {
                yield i;
                i += 1;
            }
        })
    };
    let mut generator = make(100);
    let (heap, _) = measure(|| generator.next());
    assert_eq!((heap.allocations, heap.size), (1, 24));
    let (heap, sum) = measure(|| generator.by_ref().sum::<u64>());
    assert_eq!((heap.allocations, sum), (0, 4950));
    assert_eq!(heap.live, 0usize.wrapping_sub(24), "freed at its end");
    assert_eq!(generator.state(), State::Closed);

    let mut generator = make(100);
    generator.next();
    let (heap, ()) = measure(|| generator.close());
    assert_eq!((heap.allocations, heap.live), (0, 0usize.wrapping_sub(24)), "freed by `close`");
}

/// Neither the item nor what is sent is kept in the body.
#[test]
fn large_items_make_no_large_body() {
    let mut generator = coroutine!({
        let mut n = 0;
        loop {
            let sent: [u8; 256] = yield [n; 256];
            n += sent[0];
        }
    });
    let (heap, step) = measure(|| generator.start());
    assert_eq!(step, Step::<_, ()>::Yield([0; 256]));
    assert!(heap.size <= 16, "{} bytes", heap.size);
    let (heap, _) = measure(|| generator.send([1; 256]));
    assert_eq!(heap.allocations, 0);
}

/// One node a level, and one for all that a level delegates to one after another.
#[test]
fn delegation_allocates_a_node_a_level() {
    for depth in [1, 2, 10, 100] {
        let (heap, sum) = measure(|| nested(depth, 100).sum::<u64>());
        assert_eq!((heap.allocations, sum), (depth as usize, 4950));
        assert_eq!(heap.live, 0);
    }
}

#[test]
fn nodes_are_used_again() {
    let in_turn = |children: u64| {
        generator!({
            for n in 0..children {
                yield_from!(counting(n % 3));
            }
        })
    };
    for children in [1, 10, 1000] {
        let (heap, _) = measure(|| in_turn(children).count());
        assert_eq!((heap.allocations, heap.live), (1, 0), "{children} children");
    }

    fn tree(depth: u64) -> Generator<impl Yields<u64>> {
        generator!({
            if depth > 0 {
                yield_from!(tree(depth - 1));
                yield depth;
                yield_from!(tree(depth - 1));
            }
        })
    }
    let (heap, count) = measure(|| tree(10).count());
    assert_eq!((heap.allocations, heap.live, count), (10, 0, 1023));
}

#[test]
fn an_iterator_that_is_handed_on_allocates_nothing() {
    let (heap, sum) = measure(|| {
        generator!({
            yield_from!(0..50u64);
            yield_from!((50..100).filter(|n| n % 2 == 0));
        })
        .sum::<u64>()
    });
    assert_eq!((heap.allocations, sum), (0, 1225 + 1850));
}

/// The point of generators: what is endless runs in a few bytes.
#[test]
fn an_endless_pipeline_stays_flat() {
    fn numbers() -> Generator<impl Yields<u64>> {
        generator!({
            let mut n = 0;
            loop {
                yield_from!(counting(n % 7));
                yield n;
                n += 1;
            }
        })
    }
    fn texts() -> Generator<impl Yields<String>> {
        generator!({
            for n in numbers() {
                yield format!("{n:020}");
            }
        })
    }
    let length = |items: usize| {
        let (heap, length) = measure(|| texts().take(items).map(|text| text.len()).sum::<usize>());
        assert_eq!((length, heap.live), (20 * items, 0));
        heap.peak
    };
    let (short, long) = (length(100), length(if cfg!(miri) { 500 } else { 100_000 }));
    assert_eq!(short, long);
    assert!(long < 1024, "{long} bytes");
}

/// Frees what it has, wherever it is stopped.
#[test]
fn nothing_is_left() {
    for items in 0..20 {
        let (heap, ()) = measure(|| {
            let mut generator = nested(10, 8);
            generator.by_ref().take(items).for_each(drop);
            generator.close();
            generator.close();
            let mut generator = Box::pin(nested(10, 8).pinned());
            generator.as_mut().take(items).for_each(drop);
        });
        assert_eq!(heap.live, 0);
    }
}
