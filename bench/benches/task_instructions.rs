//! Tasks: instructions a task, counted under valgrind.
//!
//! Those of all threads, from the beginning of the process to its end: a worker's are not below the function that
//! gungraun would count alone. The difference of two sizes leaves what a task costs, as in `generator_instructions`.
//!
//! One submitter and one worker. Valgrind runs one thread at a time, and which one is chance: how often they wait for
//! each other may differ from run to run, and with it the last digit.

use gungraun::{
    Callgrind, EntryPoint, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};
use std::hint::black_box;
use tarae_bench::task::{self, batches};

fn run(row: &str, tasks: u64) {
    let make = task::row(batches::ROWS, row).expect("a row of the table");
    assert_eq!(black_box(make(1)(black_box(tasks))), task::sum_below(tasks));
}

macro_rules! rows {
    ($($row:ident)*) => {
        $(
            #[library_benchmark]
            #[bench::n_2000(2_000)]
            #[bench::n_22000(22_000)]
            fn $row(tasks: u64) {
                run(stringify!($row), tasks);
            }
        )*
        library_benchmark_group!(name = batch, benchmarks = [$($row),*]);
    };
}

rows! { ours rayon channel tokio_spawn tokio_blocking futures_pool }

main!(
    config = LibraryBenchmarkConfig::default().tool(
        // Caches are not simulated: instructions alone are what is counted.
        Callgrind::with_args(["--cache-sim=no"]).entry_point(EntryPoint::None)
    );
    library_benchmark_groups = batch
);
