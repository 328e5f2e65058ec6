//! What tasks allocate, counted by the allocator: in a binary of its own. Each test counts for itself, on the threads that it
//! says are its own.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use tarae::executor::Ticket;
use tarae::prelude::*;
use tarae::task::promise;

/// Counts the allocations of those threads that have said to which heap they belong.
struct Counting;

#[derive(Debug, Default)]
struct Heap {
    allocations: AtomicUsize,
    live: AtomicIsize,
}

thread_local!(static HEAP: Cell<Option<&'static Heap>> = const { Cell::new(None) });

// SAFETY: all is passed on to `System`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if let Some(heap) = HEAP.get() {
            heap.allocations.fetch_add(1, Ordering::Relaxed);
            heap.live.fetch_add(layout.size() as isize, Ordering::Relaxed);
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if let Some(heap) = HEAP.get() {
            heap.live.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

impl Heap {
    /// A new one, to which this thread belongs from now on.
    fn here() -> &'static Self {
        let heap = Box::leak(Box::new(Heap::default()));
        heap.join();
        heap
    }

    /// This thread belongs to it from now on.
    fn join(&'static self) {
        HEAP.set(Some(self));
    }

    fn allocations(&self) -> usize {
        self.allocations.load(Ordering::Relaxed)
    }

    fn live(&self) -> isize {
        self.live.load(Ordering::Relaxed)
    }

    /// A pool whose workers belong to it.
    fn pool(&'static self, workers: usize) -> Arc<ThreadPool> {
        let pool = ThreadPool::new(workers).unwrap();
        let barrier = Arc::new(Barrier::new(workers));
        let joins = (0..workers).map(|_| {
            let barrier = barrier.clone();
            pool.submit(move || {
                barrier.wait(); // each worker has one
                self.join();
            })
        });
        for task in joins.collect::<Vec<_>>() {
            task.result().unwrap();
        }
        Arc::new(pool)
    }
}

#[test]
fn batches_of_tasks_that_are_submitted_and_waited_for_allocate_nothing() {
    let heap = Heap::here();
    for workers in [1, 2, 4] {
        let pool = heap.pool(workers);
        let mut tasks = Vec::with_capacity(1_000);
        let mut batch = || {
            tasks.extend((0..1_000u64).map(|n| pool.submit(move || n)));
            assert!(tasks.drain(..).map(|task| task.result().unwrap()).eq(0..1_000));
        };
        batch(); // the blocks, which this thread keeps
        let before = heap.allocations();
        (0..20).for_each(|_| batch());
        let allocations = heap.allocations() - before;
        // What a worker sets up when it first looks into another's queue, or sleeps.
        assert!(allocations <= 3 * workers, "{allocations} allocations for 20,000 tasks, {workers} workers");
    }
}

#[test]
fn a_round_trip_allocates_nothing() {
    let heap = Heap::here();
    let pool = heap.pool(1);
    pool.submit(|| ()).result().unwrap();
    let before = heap.allocations();
    for n in 0..1_000 {
        assert_eq!(pool.submit(move || n).result().unwrap(), n);
    }
    // What the worker sets up when it first sleeps.
    let allocations = heap.allocations() - before;
    assert!(allocations <= 3, "{allocations} allocations for 1,000 tasks");
}

/// Each wait runs the task and takes its runner's half out of the queue: no tombstone is left there. With a second worker there
/// are more allocations, by chance: one that is idle takes a tombstone as well, and if it is the last that had the task, its
/// thread keeps the block, of which there is a bound.
#[test]
fn a_job_that_submits_and_waits_a_hundred_thousand_times_leaves_nothing_behind() {
    const TIMES: u64 = 100_000;
    let heap = Heap::here();
    for workers in [1, 2] {
        let pool = heap.pool(workers);
        let inside = pool.clone();
        let job = move |times| {
            move || {
                (0..times)
                    .map(|n| {
                        let task = inside.submit(move || n);
                        let second = inside.submit(move || n);
                        // The first one first: the second is above it in the queue.
                        task.result().unwrap() + second.result().unwrap()
                    })
                    .sum::<u64>()
            }
        };
        pool.submit(job.clone()(1_000)).result().unwrap();
        let (before, live) = (heap.allocations(), heap.live());
        pool.submit(job(TIMES)).result().unwrap();
        let (allocations, grown) = (heap.allocations() - before, heap.live() - live);
        if workers == 1 {
            assert!(allocations < 100, "{allocations} allocations for {TIMES} tasks");
        }
        // All that were submitted are 11 megabytes.
        let kept = (workers as isize - 1) << 16;
        assert!(grown < 5_000 + kept, "grown by {grown} bytes, {workers} workers");
    }
}

/// What a thread that runs `f` leaves behind, in bytes.
fn left_by_a_thread(heap: &'static Heap, f: impl FnOnce() + Send + 'static) -> isize {
    let before = heap.live();
    thread::spawn(move || {
        heap.join();
        f();
    })
    .join()
    .unwrap();
    heap.live() - before
}

#[test]
fn a_thread_that_ends_gives_its_blocks_back() {
    let heap = Heap::here();
    let nothing = left_by_a_thread(heap, || ());
    let tasks = left_by_a_thread(heap, || {
        let before = heap.live();
        let tasks: Vec<_> = (0..500u64).map(|n| Ticket::new(Options::new(), move || n)).collect();
        for (ticket, task) in tasks {
            ticket.run();
            black_box(task.result().unwrap());
        }
        assert!(heap.live() - before > 500 * 40, "the thread keeps the blocks");
    });
    assert_eq!(tasks, nothing);
}

#[test]
fn a_pool_that_ends_gives_its_workers_blocks_back() {
    let heap = Heap::here();
    let left = |tasks: u64| {
        let before = heap.live();
        let (pool, held) = (heap.pool(2), Arc::new(Barrier::new(3)));
        for _ in 0..2 {
            let held = held.clone();
            pool.submit(move || held.wait().is_leader()).detach();
        }
        for n in 0..tasks {
            pool.submit(move || n).detach(); // so the worker frees the block
        }
        held.wait();
        drop(pool);
        heap.live() - before
    };
    // Not to the byte: crossbeam frees a pool's deques when it gets round to it.
    let (nothing, tasks) = (left(0), left(2_000));
    assert!(tasks - nothing < 20_000, "{tasks} bytes, {nothing} without tasks: 2,000 blocks are 112,000");
}

/// The entries of a set lie in chunks, each twice as long as the one before.
#[test]
fn a_set_of_n_tasks_allocates_about_log_n_times() {
    let heap = Heap::here();
    let count = |n: u64| {
        let (promises, tasks): (Vec<_>, Vec<_>) = (0..n).map(|_| promise()).unzip();
        let before = heap.allocations();
        let set = as_completed(tasks);
        for (n, promise) in (0..n).zip(promises) {
            promise.complete(n).unwrap();
        }
        assert_eq!(set.map(|task| task.result().unwrap()).sum::<u64>(), n * (n - 1) / 2);
        heap.allocations() - before
    };
    let (few, many) = (count(1_000), count(64_000));
    assert!(few <= 40, "{few} allocations for 1,000 tasks");
    assert!(many - few <= 3 * 6, "{} more for 64 times as many", many - few);
}

#[test]
fn a_set_that_is_refilled_allocates_nothing() {
    let heap = Heap::here();
    let mut set = TaskSet::new();
    let mut round = || {
        for n in 0..100u64 {
            let (answer, task) = promise();
            set.push(task);
            answer.complete(n).unwrap();
        }
        assert_eq!(set.by_ref().count(), 100);
    };
    round();
    round();
    let before = heap.allocations();
    (0..10).for_each(|_| round());
    assert_eq!(heap.allocations() - before, 0);
}

#[test]
fn results_are_freed_as_they_are_yielded() {
    const BYTES: isize = 100_000;
    let heap = Heap::here();
    let tasks: Vec<_> = (0..20).map(|_| Inline.submit(|| vec![0u8; BYTES as usize])).collect();
    let mut left = 20;
    for task in as_completed(tasks) {
        drop(black_box(task.result().unwrap()));
        left -= 1;
        let live = heap.live();
        assert!(live / BYTES == left, "{live} bytes are live with {left} results left");
    }
}
