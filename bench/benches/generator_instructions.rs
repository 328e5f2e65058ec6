//! Generators: instructions an item, counted under valgrind.
//!
//! Each row runs at two sizes; the difference, over the difference of the sizes, is what an item costs, exactly: what
//! comes before the first item and after the last cancels out. `tarae_bench::measured` does that sum. A row's id must
//! end in `n_SIZE`.

use gungraun::{Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use tarae_bench::generator;
use tarae_bench::generator::tree::Tree;

/// Rows that are given how many items to make, with the answer that each must give. They are in a module of their own,
/// since each group has a row `hand`.
macro_rules! rows {
    ($group:ident in $rows:ident: $answer:expr; $($row:ident = $program:expr;)*) => {
        mod $rows {
            use super::*;
            $(
                #[library_benchmark]
                #[bench::n_100000(100_000)]
                #[bench::n_300000(300_000)]
                fn $row(n: u64) {
                    assert_eq!(black_box($program(black_box(n))), $answer(n));
                }
            )*
            library_benchmark_group!(name = $group, benchmarks = [$($row),*]);
        }
        use $rows::$group;
    };
}

rows! { counting in counting_rows: generator::sum_to;
    hand = generator::counting::hand;
    hand_fold = generator::counting::hand_fold;
    hand_box_dyn = generator::counting::hand_box_dyn;
    fold = generator::counting::fold;
    pinned = generator::counting::pinned;
    movable = generator::counting::movable;
    boxed = generator::counting::boxed;
    handle_fold = generator::counting::handle_fold;
    handle_pinned = generator::counting::handle_pinned;
    handle_movable = generator::counting::handle_movable;
}

rows! { send in send_rows: generator::send::answer;
    hand = generator::send::hand;
    pinned = generator::send::pinned;
    movable = generator::send::movable;
}

rows! { stream in stream_rows: generator::sum_to;
    hand = generator::stream::hand;
    pinned = generator::stream::pinned;
    async_stream = generator::stream::async_stream;
    hand_box_dyn = generator::stream::hand_box_dyn;
    box_dyn = generator::stream::box_dyn;
    async_stream_box_dyn = generator::stream::async_stream_box_dyn;
}

rows! { delegation in delegation_rows: generator::sum_to;
    fold_depth_1 = |n| generator::delegation::fold(1, n);
    fold_depth_10 = |n| generator::delegation::fold(10, n);
    fold_depth_100 = |n| generator::delegation::fold(100, n);
    fold_depth_1000 = |n| generator::delegation::fold(1000, n);
    movable_depth_1 = |n| generator::delegation::movable(1, n);
    movable_depth_10 = |n| generator::delegation::movable(10, n);
    movable_depth_100 = |n| generator::delegation::movable(100, n);
    movable_depth_1000 = |n| generator::delegation::movable(1000, n);
}

rows! { creation in creation_rows: |n| n;
    hand = generator::creation::hand;
    pinned = generator::creation::pinned;
    movable = generator::creation::movable;
    bare_box = generator::creation::bare_box;
    hand_box = generator::creation::hand_box;
}

/// A full tree of this many nodes, and what the walks over it must answer. It stays, so that neither its making nor its
/// end is counted.
fn planted(nodes: u64) -> (&'static Tree, u64) {
    (Box::leak(Box::new(Tree::of(nodes))), generator::sum_to(nodes))
}

/// Rows that walk a tree.
macro_rules! tree_rows {
    ($($row:ident)*) => {
        mod tree_rows {
            use super::*;
            $(
                #[library_benchmark(setup = planted)]
                #[bench::n_16383((1 << 14) - 1)]
                #[bench::n_65535((1 << 16) - 1)]
                fn $row((tree, answer): (&'static Tree, u64)) {
                    assert_eq!(black_box(generator::tree::$row(black_box(tree))), answer);
                }
            )*
            library_benchmark_group!(name = tree, benchmarks = [$($row),*]);
        }
        use tree_rows::tree;
    };
}

tree_rows! { fold movable callback hand }

main!(
    // Caches are not simulated: instructions alone are exact on every machine.
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"]));
    library_benchmark_groups = counting, send, stream, delegation, creation, tree
);
