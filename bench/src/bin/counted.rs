//! `counted [AREA]`: bytes, allocations and the like, a name, a tab and a number on each line.

use std::hint::black_box;
use tarae_bench::counting_allocator::{CountingAllocator, live_bytes};
use tarae_bench::generator::counting::count;

#[global_allocator]
static COUNTING: CountingAllocator = CountingAllocator;

fn main() {
    let area = std::env::args().nth(1);
    let wanted = |of: &str| area.as_deref().is_none_or(|area| area == of);
    if wanted("generator") {
        println!("generator/heap_bytes\t{}", suspended_generator_bytes());
    }
}

/// What a counting generator that waits at a yield keeps on the heap.
fn suspended_generator_bytes() -> usize {
    let before = live_bytes();
    let mut generator = black_box(count(5));
    assert_eq!(generator.next(), Some(1));
    let bytes = live_bytes() - before;
    assert_eq!(black_box(generator).sum::<u64>(), 2 + 3 + 4 + 5);
    assert_eq!(live_bytes(), before);
    bytes
}
