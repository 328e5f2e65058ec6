//! `task_python/README.md`, Python's behaviours row by row, and the tests that carry their numbers belong together.
#![forbid(unsafe_code)]

mod python_rows;

use python_rows::Rows;

const ROWS: Rows = Rows {
    table: include_str!("task_python/README.md"),
    letter: 'F',
    last: 62,
    short: "task_",
    others: &["executor_", "par_map_", "cancel_"],
};

#[test]
fn the_table_has_each_row_once() {
    ROWS.assert_complete();
}

#[test]
#[cfg_attr(miri, ignore = "reads the tests: no code of ours is executed")]
fn each_row_has_a_test_that_carries_its_number() {
    ROWS.assert_tested();
}

#[test]
fn a_number_is_a_word_of_its_own() {
    let text = "F1, F22: of DIFFERENCE to (F3). Not `f64`, EF5, 6 or F.";
    assert_eq!(ROWS.numbers(text).collect::<Vec<_>>(), [1, 22, 3]);
}
