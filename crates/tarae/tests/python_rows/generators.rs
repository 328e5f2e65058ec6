//! `generator_python/README.md`, Python's behaviours row by row, and the tests that carry their numbers belong together.

use crate::rows::Rows;

const ROWS: Rows = Rows {
    table: include_str!("../generator_python/README.md"),
    letter: 'G',
    last: 48,
    short: "generator",
    others: &["stream"],
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
    let text = "G1, G22: of DIFFERENCE to (G3). Not `G4x`, HG5, 6 or G.";
    assert_eq!(ROWS.numbers(text).collect::<Vec<_>>(), [1, 22, 3]);
}
