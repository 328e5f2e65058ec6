//! Tables of Python's behaviours, row by row, and the tests that carry the rows' numbers: they belong together.
#![forbid(unsafe_code)]

mod rows;

use rows::Rows;

/// Generators and coroutines: `G1` to `G48`.
const GENERATORS: Rows = Rows {
    table: include_str!("../generator_python/README.md"),
    letter: 'G',
    last: 48,
    short: "generator",
    others: &["stream"],
};

/// Tasks and executors: `F1` to `F62`.
const TASKS: Rows = Rows {
    table: include_str!("../task_python/README.md"),
    letter: 'F',
    last: 62,
    short: "task",
    others: &["executor", "flow", "cancel"],
};

/// Pools of processes, in the same page as tasks: `P1` to `P12`.
const PROCESSES: Rows = Rows { letter: 'P', last: 12, short: "process", others: &[], ..TASKS };

const TABLES: [Rows; 3] = [GENERATORS, TASKS, PROCESSES];

#[test]
fn each_table_has_each_row_once() {
    TABLES.iter().for_each(Rows::assert_complete);
}

#[test]
fn each_row_has_a_test_that_carries_its_number() {
    TABLES.iter().for_each(Rows::assert_tested);
}

#[test]
fn a_number_is_a_word_of_its_own() {
    let text = "F1, F22: of DIFFERENCE to (F3). Not `f64`, EF5, G4, `F4x`, 6 or F.";
    assert_eq!(TASKS.numbers(text).collect::<Vec<_>>(), [1, 22, 3]);
}
