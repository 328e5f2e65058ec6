//! Iterator tools: instructions an item, counted under valgrind.
//!
//! The rows are those of `tarae_bench::iter`. Each runs at two sizes, as in `generator_instructions`; an id `n_SIZE` says
//! how many items are made or read.

use gungraun::{Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use tarae_bench::iter::{self, Rows};

/// What the rows of a table read, how often, and what they must answer. It stays, so that its end is not counted.
struct Input<T: 'static> {
    items: &'static [T],
    times: u32,
    answer: u64,
}

fn input<T>(rows: Rows<T>, items: Vec<T>, times: u32) -> Input<T> {
    let items = items.leak();
    Input { items, times, answer: rows[0].1(items) }
}

/// Rows of a table, at two sizes: what they read, and how often.
macro_rules! rows {
    (
        $group:ident in $module:ident: $($table:ident)::+, $item:ty;
        $few:ident = $few_input:expr, $few_times:literal; $many:ident = $many_input:expr, $many_times:literal;
        $($row:ident)*
    ) => {
        mod $module {
            use super::*;
            use $($table)::+ as table;

            fn read(items: Vec<$item>, times: u32) -> Input<$item> {
                input(table::ROWS, items, times)
            }
            $(
                #[library_benchmark]
                #[bench::$few(read($few_input, $few_times))]
                #[bench::$many(read($many_input, $many_times))]
                fn $row(input: Input<$item>) {
                    for _ in 0..input.times {
                        assert_eq!(black_box(table::$row(black_box(input.items))), input.answer);
                    }
                }
            )*
            library_benchmark_group!(name = $group, benchmarks = [$($row),*]);
        }
        use $module::$group;
    };
}

rows! { product3 in product3_rows: iter::product, u64;
    n_21952 = iter::numbers(28), 1; n_195112 = iter::numbers(58), 1;
    hand fold next slices_fold slices_next multi_cartesian_fold multi_cartesian_next
}

rows! { combinations4 in combinations4_rows: iter::combinations, u64;
    n_20475 = iter::numbers(28), 1; n_194580 = iter::numbers(48), 1;
    hand fold next slices_fold slices_next
    array_combinations_fold array_combinations_next combinations_vec_next
}

rows! { permutations9 in permutations9_rows: iter::permutations, u64;
    n_362880 = iter::numbers(9), 1; n_725760 = iter::numbers(9), 2;
    hand_next_permutation hand_values fold next slices_fold slices_next itertools_next
}

rows! { permutations4of22 in permutations4_rows: iter::permutations::four, u64;
    n_43680 = iter::numbers(16), 1; n_175560 = iter::numbers(22), 1;
    hand fold next slices_fold slices_next itertools_next
}

rows! { groupby5 in groupby5_rows: iter::groupby, iter::groupby::Entry;
    n_20000 = iter::groupby::runs(20_000, 5), 1; n_60000 = iter::groupby::runs(60_000, 5), 1;
    hand slice next_group_sum next_group_next fold_groups_fold fold_groups_next chunk_by
}

rows! { groupby50 in groupby50_rows: iter::groupby, iter::groupby::Entry;
    n_20000 = iter::groupby::runs(20_000, 50), 1; n_60000 = iter::groupby::runs(60_000, 50), 1;
    hand slice next_group_sum next_group_next fold_groups_fold fold_groups_next chunk_by
}

rows! { accumulate in accumulate_rows: iter::accumulate, u64;
    n_20000 = iter::numbers(20_000), 1; n_60000 = iter::numbers(60_000), 1;
    hand_map hand_push collect scan
}

rows! { batched8 in batched_rows: iter::batched, u64;
    n_20000 = iter::numbers(20_000), 1; n_60000 = iter::numbers(60_000), 1;
    slice_as_chunks vec_next vec_fold array_next array_fold chunks next_array
}

rows! { window2 in window2_rows: iter::windows::two, u64;
    n_20000 = iter::numbers(20_000), 1; n_60000 = iter::numbers(60_000), 1;
    slice_windows pairwise_next pairwise_fold sliding_next sliding_fold array_windows_next
}

rows! { window5 in window5_rows: iter::windows::five, u64;
    n_20000 = iter::numbers(20_000), 1; n_60000 = iter::numbers(60_000), 1;
    slice_windows sliding_next sliding_fold array_windows_next
}

rows! { tee in tee_rows: iter::tee, u64;
    n_20000 = iter::numbers(20_000), 1; n_60000 = iter::numbers(60_000), 1;
    hand_deque fold next itertools_fold itertools_next
}

main!(
    // Caches are not simulated: instructions alone are exact on every machine.
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"]));
    library_benchmark_groups =
        product3,
        combinations4,
        permutations9,
        permutations4of22,
        groupby5,
        groupby50,
        accumulate,
        batched8,
        window2,
        window5,
        tee
);
