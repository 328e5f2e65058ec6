//! What tasks allocate. Needs [`CountingAllocator`](crate::counting_allocator::CountingAllocator) as the program's
//! allocator.

use super::batches::BATCH;
use super::held::Held;
use super::pools::Pool;
use super::{Program, sum_below};
use crate::counting_allocator::{allocations, live_bytes};

const WORKERS: usize = 2;

/// Allocations a task, by all threads: batches of a thousand, after others have warmed the program up. The caller's
/// vector of handles is one of them for each batch.
pub fn allocations_a_task(make: fn(usize) -> Program) -> f64 {
    const TASKS: u64 = 100 * BATCH;
    let mut program = make(WORKERS);
    assert_eq!(program(TASKS), sum_below(TASKS));
    let before = allocations();
    assert_eq!(program(TASKS), sum_below(TASKS));
    (allocations() - before) as f64 / TASKS as f64
}

/// Bytes on the heap for each of many tasks that are pending, of a job of eight bytes: its memory, and its place in the
/// queue. Not the handle, which the caller keeps: eight bytes, ours.
pub fn bytes_a_pending_task<P: Pool>() -> f64 {
    const TASKS: usize = 100_000;
    let mut held = Held::<P>::of(WORKERS);
    let mut handles = Vec::with_capacity(TASKS);
    let before = live_bytes();
    for n in 0..TASKS as u64 {
        handles.push(held.pool.submit(move || n));
    }
    let bytes = live_bytes() - before;
    held.release();
    assert_eq!(held.pool.results(handles), sum_below(TASKS as u64));
    bytes as f64 / TASKS as f64
}
