//! `task_python/README.md`, Python's behaviours row by row, and the tests that carry their numbers belong together.

use crate::rows::Rows;

const ROWS: Rows = Rows {
    table: include_str!("../task_python/README.md"),
    letter: 'F',
    last: 62,
    short: "task",
    others: &["executor", "flow", "cancel"],
};

#[test]
fn the_table_has_each_row_once() {
    ROWS.assert_complete();
}

#[test]
fn each_row_has_a_test_that_carries_its_number() {
    ROWS.assert_tested();
}

#[test]
fn a_number_is_a_word_of_its_own() {
    let text = "F1, F22: of DIFFERENCE to (F3). Not `f64`, EF5, 6 or F.";
    assert_eq!(ROWS.numbers(text).collect::<Vec<_>>(), [1, 22, 3]);
}
