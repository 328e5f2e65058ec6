//! The rows of `task_python/README.md` about pools of processes, and the tests that carry their numbers.

use crate::rows::Rows;

const ROWS: Rows = Rows {
    table: include_str!("../task_python/README.md"),
    letter: 'P',
    last: 12,
    short: "process",
    others: &[],
};

#[test]
fn the_table_has_each_row_once() {
    ROWS.assert_complete();
}

#[test]
fn each_row_has_a_test_that_carries_its_number() {
    ROWS.assert_tested();
}
