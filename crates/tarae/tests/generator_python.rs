//! `generator_python/README.md`, Python's behaviours row by row, and the tests that carry their numbers belong together.
#![forbid(unsafe_code)]

mod python_rows;

use python_rows::Rows;

const ROWS: Rows = Rows {
    table: include_str!("generator_python/README.md"),
    letter: 'G',
    last: 48,
    short: "generator_",
    others: &["stream_"],
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
    let text = "G1, G22: of DIFFERENCE to (G3). Not `G4x`, HG5, 6 or G.";
    assert_eq!(ROWS.numbers(text).collect::<Vec<_>>(), [1, 22, 3]);
}
