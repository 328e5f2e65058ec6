//! Generators: time an item, by criterion.
//!
//! A peer is one more `row` in the group of what it is compared with; what it runs is beside ours in
//! `tarae_bench::generator`. Each group says how many items one run makes: goals are ratios of the time an item.

mod thread_time;

use corosensei::stack::DefaultStack;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use std::cell::RefCell;
use std::hint::black_box;
use std::time::Duration;
use tarae_bench::generator::tree::{self, Tree};
use tarae_bench::generator::{counting, creation, delegation, send, stream, sum_to, words};
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

/// Rows that a load on the machine moves more than others are timed in several passes over all rows that are compared:
/// what others do meanwhile is then in all rows, or in one pass only. The median of the passes counts.
const PASSES: u32 = 3;

fn row_of_pass<I: Copy, A: PartialEq + std::fmt::Debug>(
    group: &mut Group<'_>,
    pass: u32,
    name: &str,
    program: impl Fn(I) -> A,
    input: I,
    answer: A,
) {
    group.bench_function(BenchmarkId::new(name, pass), |bencher| {
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
    row("movable", counting::movable);
    row("boxed", counting::boxed);
    row("handle_pinned", counting::handle_pinned);
    row("handle_movable", counting::handle_movable);
    row("genawaiter_stack", counting::genawaiter_stack);
    row("genawaiter_rc", counting::genawaiter_rc);
    row("corosensei", counting::corosensei);
    row("next_gen", counting::next_gen);
    row("remit_pinned", counting::remit_pinned);
    row("fauxgen_pinned", counting::fauxgen_pinned);
    row("generator_rs", counting::generator_rs);
}

fn splits_words(criterion: &mut Criterion<ThreadTime>) {
    const WORDS: usize = 100_000;
    let (text, letters) = words::text(WORDS);
    let mut group = criterion.benchmark_group("generator/words");
    group.throughput(Throughput::Elements(WORDS as u64));
    row(&mut group, "hand", words::hand, &text[..], letters);
    row(&mut group, "pinned", words::pinned, &text[..], letters);
    row(&mut group, "movable", words::movable, &text[..], letters);
    row(&mut group, "genawaiter_stack", words::genawaiter_stack, &text[..], letters);
    row(&mut group, "genawaiter_rc", words::genawaiter_rc, &text[..], letters);
    row(&mut group, "fauxgen_pinned", words::fauxgen_pinned, &text[..], letters);
    row(&mut group, "corosensei", words::corosensei, &text[..], letters);
}

fn sends(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 100_000;
    let mut group = criterion.benchmark_group("generator/send");
    group.throughput(Throughput::Elements(N));
    let mut row = |name, program: fn(u64) -> f64| row(&mut group, name, program, N, send::answer(N));
    row("hand", send::hand);
    row("pinned", send::pinned);
    row("movable", send::movable);
    row("genawaiter_stack", send::genawaiter_stack);
    row("genawaiter_rc", send::genawaiter_rc);
    row("corosensei", send::corosensei);
    row("fauxgen_pinned", send::fauxgen_pinned);
    row("generator_rs", send::generator_rs);
}

fn streams(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 100_000;
    let mut group = criterion.benchmark_group("generator/stream");
    group.throughput(Throughput::Elements(N));
    let mut row = |name, program: fn(u64) -> u64| row(&mut group, name, program, N, sum_to(N));
    row("hand", stream::hand);
    row("pinned", stream::pinned);
    row("async_stream", stream::async_stream);
    row("hand_box_dyn", stream::hand_box_dyn);
    row("box_dyn", stream::box_dyn);
    row("async_stream_box_dyn", stream::async_stream_box_dyn);
}

fn creates(criterion: &mut Criterion<ThreadTime>) {
    const N: u64 = 10_000;
    let mut group = criterion.benchmark_group("generator/creation");
    group.throughput(Throughput::Elements(N));
    for pass in 1..=PASSES {
        let mut row = |name, program: fn(u64) -> u64| row_of_pass(&mut group, pass, name, program, N, N);
        row("hand", creation::hand);
        row("pinned", creation::pinned);
        row("bare_box", creation::bare_box);
        row("movable", creation::movable);
        row("hand_box", creation::hand_box);
    }
    let mut row = |name, program: fn(u64) -> u64| row(&mut group, name, program, N, N);
    row("hand_box_dyn", creation::hand_box_dyn);
    row("genawaiter_stack", creation::genawaiter_stack);
    row("genawaiter_rc", creation::genawaiter_rc);
    row("next_gen", creation::next_gen);
    row("remit_pinned", creation::remit_pinned);
    row("fauxgen_pinned", creation::fauxgen_pinned);
    row("fauxgen_boxed", creation::fauxgen_boxed);
    row("corosensei_reused_stack", creation::corosensei_reused_stack);

    // These map a stack each: a thousand times slower.
    const FEW: u64 = 100;
    group.throughput(Throughput::Elements(FEW));
    let mut row = |name, program: fn(u64) -> u64| self::row(&mut group, name, program, FEW, FEW);
    row("corosensei", creation::corosensei);
    row("generator_rs", creation::generator_rs);
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
        let name = format!("movable_depth_{depth}");
        row_of_chain(&mut group, &name, delegation::chain(depth, ENDLESS), 10_000);
    }
    for depth in [1, 1000] {
        let name = |peer| format!("{peer}_depth_{depth}");
        row_of_chain(&mut group, &name("genawaiter"), delegation::genawaiter_rc(depth, ENDLESS), 100);
        row_of_chain(&mut group, &name("genawaiter_co"), delegation::genawaiter_co(depth, ENDLESS), 100);
        row_of_chain(&mut group, &name("fauxgen"), delegation::fauxgen(depth, ENDLESS), 100);
        row_of_chain(&mut group, &name("box_dyn"), delegation::box_dyn(depth, ENDLESS), 100);
        row_of_chain(&mut group, &name("corosensei"), delegation::corosensei(depth, ENDLESS), 100);
    }
}

/// In passes: a walk over a large tree waits for memory, which others use too.
fn walks_trees(criterion: &mut Criterion<ThreadTime>, group: &str, nodes: u64) {
    let tree = Tree::of(nodes);
    let stack = RefCell::new(DefaultStack::default());
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Elements(nodes));
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    group.warm_up_time(Duration::from_millis(100)).measurement_time(Duration::from_millis(500));
    for pass in 1..=PASSES {
        let mut row = |name: &str, program: &dyn Fn(&Tree) -> u64| {
            row_of_pass(&mut group, pass, name, program, &tree, sum_to(nodes));
        };
        row("fold", &tree::fold);
        row("corosensei_stackful", &|tree| tree::corosensei(&mut stack.borrow_mut(), tree));
        row("genawaiter_co", &tree::genawaiter_co);
        row("genawaiter_for", &tree::genawaiter_for);
        row("movable", &tree::movable);
        row("callback", &tree::callback);
        row("hand", &tree::hand);
        row("box_dyn", &tree::box_dyn);
    }
}

/// Larger than the caches: 33 MB.
fn walks_tree_of_depth_20(criterion: &mut Criterion<ThreadTime>) {
    walks_trees(criterion, "generator/tree20", (1 << 20) - 1);
}

/// Within the caches: what the walks themselves cost.
fn walks_tree_of_depth_16(criterion: &mut Criterion<ThreadTime>) {
    walks_trees(criterion, "generator/tree16", (1 << 16) - 1);
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
    targets = counts, splits_words, sends, streams, creates, delegates, walks_tree_of_depth_20, walks_tree_of_depth_16
}
criterion_main!(generator);
