//! Tasks: time a task, by criterion.
//!
//! What is run is in `tarae_bench::task`, a table a file. Tables in which threads hand work to each other are timed by
//! the clock on the wall, which counts what others do on the machine, too: all rows of a table are timed in several
//! passes, so that this is in all rows, or in one pass only. The median of the passes counts. What one thread does alone
//! is timed by that thread's own clock.

mod thread_time;

use criterion::measurement::{Measurement, WallTime};
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use std::hint::black_box;
use std::time::Duration;
use tarae_bench::task::{
    Rows, as_completed, batches, cancellable, fork_join, round_trip, sum_below, wait_any, wait_pending,
};
use thread_time::ThreadTime;

const WORKERS: usize = 2;

const PASSES: u32 = 7;
/// Over tables of which a run takes tens of milliseconds: each pass has many of them.
const LONG_PASSES: u32 = 5;

/// A group whose runs go through so many items.
fn group<'a, M: Measurement>(
    criterion: &'a mut Criterion<M>,
    table: &str,
    items: u64,
) -> BenchmarkGroup<'a, M> {
    let mut group = criterion.benchmark_group(format!("task/{table}"));
    group.throughput(Throughput::Elements(items));
    group
}

/// Times all rows of a table, each of which answers `answer` for `n`.
fn table(group: &mut BenchmarkGroup<'_, WallTime>, rows: Rows, passes: u32, n: u64, answer: u64) {
    for pass in 1..=passes {
        for (row, make) in rows {
            let mut program = make(WORKERS);
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter(|| assert_eq!(program(black_box(n)), answer));
            });
        }
    }
}

fn hands_over(criterion: &mut Criterion) {
    const BATCH: u64 = batches::BATCH;
    table(&mut group(criterion, "batch", BATCH), batches::ROWS, PASSES, BATCH, sum_below(BATCH));
    table(&mut group(criterion, "round_trip", 100), round_trip::ROWS, PASSES, 100, sum_below(100));
}

fn forks(criterion: &mut Criterion) {
    table(&mut group(criterion, "fork_join", fork_join::forks(25)), fork_join::ROWS, PASSES, 25, 75_025);
}

/// As few runs as criterion allows: see `LONG_PASSES`.
fn long<M: Measurement>(group: &mut BenchmarkGroup<'_, M>) {
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
}

fn collects(criterion: &mut Criterion) {
    const TASKS: u64 = 100_000;
    let mut group = group(criterion, "as_completed", TASKS);
    long(&mut group);
    table(&mut group, as_completed::ROWS, LONG_PASSES, TASKS, sum_below(TASKS));
}

fn waits_for_any(criterion: &mut Criterion) {
    const TASKS: u64 = 10_000;
    let mut group = group(criterion, "wait_any", TASKS);
    long(&mut group);
    for pass in 1..=LONG_PASSES {
        for (row, program) in wait_any::ROWS {
            let run = |_| {
                let (took, answer) = program(TASKS);
                assert_eq!(answer, sum_below(TASKS));
                took
            };
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter_custom(|runs| (0..runs).map(run).sum());
            });
        }
    }
}

fn looks(criterion: &mut Criterion<ThreadTime>) {
    const TASKS: u64 = 10_000;
    let mut group = group(criterion, "wait_pending", TASKS);
    for pass in 1..=PASSES {
        for (row, make) in wait_pending::ROWS {
            let mut program = make(TASKS);
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter(|| assert_eq!(program(black_box(1)), TASKS));
            });
        }
    }
}

fn asks_whether_to_stop(criterion: &mut Criterion<ThreadTime>) {
    const ITEMS: u64 = 100_000;
    let mut group = group(criterion, "cancellable", ITEMS);
    let answer = cancellable::plain(ITEMS);
    for pass in 1..=PASSES {
        for (row, program) in cancellable::ROWS {
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter(|| assert_eq!(program(black_box(ITEMS)), answer));
            });
        }
    }
}

/// Short: medians of ratios within one run are what counts, not the third digit of a nanosecond.
fn short<M: Measurement + 'static>(measurement: M) -> Criterion<M> {
    Criterion::default()
        .with_measurement(measurement)
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(100))
        .sample_size(15)
        .nresamples(2000)
        .without_plots()
}

criterion_group! {
    name = together;
    config = short(WallTime);
    targets = hands_over, forks, collects, waits_for_any
}
criterion_group! {
    name = alone;
    config = short(ThreadTime);
    targets = looks, asks_whether_to_stop
}
criterion_main!(together, alone);
