//! `counted [AREA]`: bytes, allocations and the like, a name, a tab and a number on each line.

use std::hint::black_box;
use tarae_bench::counting_allocator::{CountingAllocator, live_bytes};
use tarae_bench::generator::counting::count;
use tarae_bench::task::pools::{Channel, FuturesPool, Ours, Rayon, TokioBlocking, TokioSpawn};
use tarae_bench::task::{batches, idle, memory, stopping};

#[global_allocator]
static COUNTING: CountingAllocator = CountingAllocator;

fn main() {
    let area = std::env::args().nth(1);
    let wanted = |of: &str| area.as_deref().is_none_or(|area| area == of);
    if wanted("generator") {
        println!("generator/heap_bytes\t{}", suspended_generator_bytes());
    }
    if wanted("task") {
        tasks();
    }
}

fn tasks() {
    for (row, make) in batches::ROWS {
        println!("task/allocations_per_task{}\t{}", peer(row), memory::allocations_a_task(*make));
    }
    let pending = [
        ("ours", memory::bytes_a_pending_task::<Ours>()),
        ("rayon", memory::bytes_a_pending_task::<Rayon>()),
        ("channel", memory::bytes_a_pending_task::<Channel>()),
        ("tokio_spawn", memory::bytes_a_pending_task::<TokioSpawn>()),
        ("tokio_blocking", memory::bytes_a_pending_task::<TokioBlocking>()),
        ("futures_pool", memory::bytes_a_pending_task::<FuturesPool>()),
    ];
    for (row, bytes) in pending {
        println!("task/bytes_per_pending{}\t{bytes}", peer(row));
    }
    println!("task/stop_latency_us\t{}", stopping::median_latency().as_nanos() as f64 / 1e3);
    match idle::wakeups_in_a_second() {
        Ok(wakeups) => println!("task/idle_wakeups\t{wakeups}"),
        Err(problem) => eprintln!("the wake-ups of idle workers were not counted: {problem}"),
    }
}

/// What a row's numbers are called: ours have the goal's name, the peers' say whose they are.
fn peer(row: &str) -> String {
    if row == "ours" { String::new() } else { format!("_of_{row}") }
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
