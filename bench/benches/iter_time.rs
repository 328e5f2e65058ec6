//! Iterator tools: time an item, by criterion.
//!
//! What is run is in `tarae_bench::iter`, a table a file; each answer is that of the table's first row. All rows of a
//! table are timed in several passes, since most are so fast that a load on the machine moves them: what others do
//! meanwhile is then in all rows, or in one pass only. The median of the passes counts.

mod thread_time;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use tarae_bench::iter::{
    Rows, accumulate, batched, combinations, groupby, numbers, permutations, product, tee, windows,
};
use thread_time::ThreadTime;

const PASSES: u32 = 5;

/// Times all rows of a table; one run makes, or reads, so many items.
fn table<T>(criterion: &mut Criterion<ThreadTime>, name: &str, rows: Rows<T>, input: &[T], items: usize) {
    let mut group = criterion.benchmark_group(format!("iter/{name}"));
    group.throughput(Throughput::Elements(items as u64));
    let answer = rows[0].1(input);
    for pass in 1..=PASSES {
        for (row, program) in rows {
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter(|| assert_eq!(program(black_box(input)), answer));
            });
        }
    }
}

/// Goes through a tool.
const N: usize = 100_000;

fn combinatorics(criterion: &mut Criterion<ThreadTime>) {
    const CHOSEN: usize = 48 * 47 * 46 * 45 / 24;
    let numbers = numbers(100);
    table(criterion, "product3", product::ROWS, &numbers[..58], 58 * 58 * 58);
    table(criterion, "combinations4", combinations::ROWS, &numbers[..48], CHOSEN);
    table(criterion, "permutations9", permutations::ROWS, &numbers[..9], 362_880);
    table(criterion, "permutations4of22", permutations::four::ROWS, &numbers[..22], 22 * 21 * 20 * 19);
    table(criterion, "combinations4_drain", combinations::drain::ROWS, &numbers[..48], CHOSEN);
    table(criterion, "permutations9_drain", permutations::drain::ROWS, &numbers[..9], 362_880);
    table(criterion, "product4_drain", product::drain::ROWS, &numbers[..21], 21 * 21 * 21 * 21);
}

fn groups(criterion: &mut Criterion<ThreadTime>) {
    table(criterion, "groupby5", groupby::ROWS, &groupby::runs(N, 5)[..], N);
    table(criterion, "groupby50", groupby::ROWS, &groupby::runs(N, 50)[..], N);
}

fn passages(criterion: &mut Criterion<ThreadTime>) {
    let numbers = &numbers(N)[..];
    table(criterion, "accumulate", accumulate::ROWS, numbers, N);
    table(criterion, "batched8", batched::ROWS, numbers, N);
    table(criterion, "window2", windows::two::ROWS, numbers, N);
    table(criterion, "window5", windows::five::ROWS, numbers, N);
    table(criterion, "tee", tee::ROWS, numbers, N);
}

/// Short: medians of ratios within one run are what counts, not the third digit of a nanosecond.
fn short() -> Criterion<ThreadTime> {
    Criterion::default()
        .with_measurement(ThreadTime)
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(100))
        .sample_size(15)
        .nresamples(2000)
        .without_plots()
}

criterion_group! {
    name = iter;
    config = short();
    targets = combinatorics, groups, passages
}
criterion_main!(iter);
