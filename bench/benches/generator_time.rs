//! Generators: time an item, by criterion.
//!
//! A peer is one more `row` in the group of what it is compared with; what it runs is beside ours in
//! `tarae_bench::generator`. Each group says how many items one run makes: goals are ratios of the time an item.

mod thread_time;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use tarae_bench::generator::{counting, creation, delegation, send, sum_to, words};
use thread_time::ThreadTime;

type Group<'a> = BenchmarkGroup<'a, ThreadTime>;

/// Times a program and asserts its answer.
fn row<I: Copy, A: PartialEq + std::fmt::Debug>(
    group: &mut Group<'_>,
    name: &str,
    program: impl Fn(I) -> A,
    input: I,
    answer: A,
) {
    group.bench_function(name, |bencher| {
        bencher.iter(|| assert_eq!(program(black_box(input)), answer));
    });
}

fn counts(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 100_000;
    let mut group = criterion.benchmark_group("generator/counting");
    group.throughput(Throughput::Elements(N));
    let mut row = |name, program: fn(u64) -> u64| row(&mut group, name, program, N, sum_to(N));
    row("hand", counting::hand);
    row("pinned", counting::pinned);
    row("hand_box_dyn", counting::hand_box_dyn);
    row("boxed", counting::boxed);
    row("handle_pinned", counting::handle_pinned);
    row("handle_boxed", counting::handle_boxed);
    row("genawaiter_rc", counting::genawaiter_rc);
    row("corosensei", counting::corosensei);
}

fn splits_words(criterion: &mut Criterion<ThreadTime>) {
    const WORDS: usize = 100_000;
    let (text, letters) = words::text(WORDS);
    let mut group = criterion.benchmark_group("generator/words");
    group.throughput(Throughput::Elements(WORDS as u64));
    row(&mut group, "hand", words::hand, &text[..], letters);
    row(&mut group, "pinned", words::pinned, &text[..], letters);
    row(&mut group, "boxed", words::boxed, &text[..], letters);
}

fn sends(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 100_000;
    let mut group = criterion.benchmark_group("generator/send");
    group.throughput(Throughput::Elements(N));
    let mut row = |name, program: fn(u64) -> f64| row(&mut group, name, program, N, send::answer(N));
    row("hand", send::hand);
    row("pinned", send::pinned);
    row("boxed", send::boxed);
    row("corosensei", send::corosensei);
}

fn creates(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 10_000;
    let mut group = criterion.benchmark_group("generator/creation");
    group.throughput(Throughput::Elements(N));
    let mut row = |name, program: fn(u64) -> u64| row(&mut group, name, program, N, N);
    row("hand", creation::hand);
    row("pinned", creation::pinned);
    row("bare_box", creation::bare_box);
    row("boxed", creation::boxed);
}

/// Times items of a chain that has been built: its making is not in it.
fn row_of_chain(group: &mut Group<'_>, name: &str, mut chain: impl Iterator<Item = u64>, items: u64) {
    group.throughput(Throughput::Elements(items));
    let mut taken = 0;
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let sum = delegation::step(&mut chain, items);
            assert_eq!(sum, sum_to(taken + items) - sum_to(taken));
            taken += items;
        });
    });
}

fn delegates(criterion: &mut Criterion<ThreadTime>) {
    const ENDLESS: u64 = u64::MAX;
    let mut group = criterion.benchmark_group("generator/delegation");
    for depth in [1, 1000, 1_000_000] {
        let name = format!("boxed_depth_{depth}");
        row_of_chain(&mut group, &name, delegation::chain(depth, ENDLESS), 10_000);
    }
    row_of_chain(&mut group, "genawaiter_depth_1000", delegation::genawaiter_rc(1000, ENDLESS), 100);
}

/// Short: medians of ratios within one run are what counts, not the third digit of a nanosecond.
fn short() -> Criterion<ThreadTime> {
    Criterion::default()
        .with_measurement(ThreadTime)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(50)
        .without_plots()
}

criterion_group! {
    name = generator;
    config = short();
    targets = counts, splits_words, sends, creates, delegates
}
criterion_main!(generator);
