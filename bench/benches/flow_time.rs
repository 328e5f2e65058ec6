//! Flow: time an item, by criterion.
//!
//! `cpu80` has the CPU time of all threads, for items of about 80 ns: the sequential row is the work itself, what the others
//! have over it is what it costs them to hand items around. `wall16` has the time by the clock on the wall, for items of about
//! 16 ns: what others do on the machine is in it. All rows are measured in several passes, whose median counts.

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;
use tarae_bench::flow::{STEPS_OF_16_NS, STEPS_OF_80_NS, answer, map};

const PASSES: u32 = 5;

/// The CPU time of this process: of all its threads.
fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn costs(criterion: &mut Criterion) {
    const ITEMS: u64 = 100_000;
    let answer = answer(ITEMS, STEPS_OF_80_NS);
    let mut group = criterion.benchmark_group("flow/cpu80");
    group.throughput(Throughput::Elements(ITEMS)).sampling_mode(SamplingMode::Flat);
    for pass in 1..=PASSES {
        for (row, make) in map::ROWS {
            let mut program = make(STEPS_OF_80_NS);
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter_custom(|runs| {
                    let before = process_time();
                    for _ in 0..runs {
                        assert_eq!(program(ITEMS), answer);
                    }
                    process_time() - before
                });
            });
        }
    }
}

fn is_done_sooner(criterion: &mut Criterion) {
    const ITEMS: u64 = 500_000;
    /// Hundreds of nanoseconds an item: seconds a pass, which say nothing that `cpu80` does not.
    const TOO_SLOW: [&str; 2] = ["pariter", "futures_buffered"];
    let answer = answer(ITEMS, STEPS_OF_16_NS);
    let mut group = criterion.benchmark_group("flow/wall16");
    group.throughput(Throughput::Elements(ITEMS)).sampling_mode(SamplingMode::Flat);
    for pass in 1..=PASSES {
        for (row, make) in map::ROWS.iter().filter(|(row, _)| !TOO_SLOW.contains(row)) {
            let mut program = make(STEPS_OF_16_NS);
            group.bench_function(BenchmarkId::new(*row, pass), |bencher| {
                bencher.iter(|| assert_eq!(program(ITEMS), answer));
            });
        }
    }
}

fn short() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(30))
        .measurement_time(Duration::from_millis(300))
        .sample_size(10)
        .nresamples(2000)
        .without_plots()
}

criterion_group! {
    name = flow;
    config = short();
    targets = costs, is_done_sooner
}
criterion_main!(flow);
