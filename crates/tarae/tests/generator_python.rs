//! `generator_python/README.md`, Python's behaviours row by row, and the tests that carry their numbers belong together.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const TABLE: &str = include_str!("generator_python/README.md");
const LAST: u32 = 48;

/// A row's number, and a test of that row.
type Entry = (u32, String);

/// The numbers in a text: a letter, G, and digits.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter_map(|word| word.strip_prefix('G')?.parse().ok())
}

/// The rows of the table: their numbers, and what they say.
fn rows() -> Vec<(u32, &'static str)> {
    let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| G")?.split_once(" | "));
    rows.map(|(number, row)| (number.parse().expect("a number"), row)).collect()
}

/// What the table names: all of its code words with a path of two names.
fn named() -> BTreeSet<Entry> {
    let row = |(number, row): (u32, &'static str)| {
        let tests = row.split('|').nth(2).expect("a column of tests");
        tests.split('`').filter(|word| word.contains("::")).map(move |test| (number, test.to_string()))
    };
    rows().into_iter().flat_map(row).collect()
}

/// Notes the numbers above each function of a file.
fn read_functions(path: &Path, target: &str, entries: &mut BTreeSet<Entry>) {
    let mut above: Vec<u32> = Vec::new();
    for line in fs::read_to_string(path).expect("the file can be read").lines().map(str::trim_start) {
        if let Some(text) = line.strip_prefix("///") {
            above.extend(numbers(text));
        } else if !line.starts_with("#[") {
            let function = line.strip_prefix("pub(crate) ").unwrap_or(line).strip_prefix("fn ");
            let name = function.and_then(|rest| rest.split(['(', '<']).next());
            assert!(above.is_empty() || name.is_some(), "{}: a number above {line:?}", path.display());
            entries.extend(above.drain(..).map(|n| (n, format!("{target}::{}", name.unwrap()))));
        }
    }
}

/// What the tests say: the numbers above functions in `generator_*` and `stream_*`, and in the first lines of the refused
/// programs.
fn carried() -> BTreeSet<Entry> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = |folder: &Path| -> Vec<_> {
        fs::read_dir(folder).expect("the folder can be read").map(|file| file.unwrap().path()).collect()
    };
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_string();
    let mut entries = BTreeSet::new();
    for path in files(&tests) {
        let name = stem(&path);
        let target = name.strip_prefix("generator_").unwrap_or(&name);
        if target == name && !name.starts_with("stream_") {
            continue;
        }
        let sources = if path.is_dir() { files(&path) } else { vec![path] };
        for source in sources.iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
            read_functions(source, target, &mut entries);
        }
    }
    for path in
        files(&tests.join("refused")).iter().filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let program = fs::read_to_string(path).expect("the file can be read");
        let head = numbers(program.lines().next().unwrap_or_default());
        entries.extend(head.map(|n| (n, format!("refused::{}", stem(path)))));
    }
    entries
}

#[test]
fn the_table_has_each_row_once() {
    assert_eq!(rows().iter().map(|(number, _)| *number).collect::<Vec<_>>(), Vec::from_iter(1..=LAST));
}

#[test]
#[cfg_attr(miri, ignore = "reads the tests: no code of ours is executed")]
fn each_row_has_a_test_that_carries_its_number() {
    let carried = carried();
    let tested: BTreeSet<u32> = carried.iter().map(|(number, _)| *number).collect();
    assert_eq!(tested, BTreeSet::from_iter(1..=LAST));
    let named = named();
    let missing: Vec<_> = named.difference(&carried).collect();
    assert!(missing.is_empty(), "in the table, and not in the tests: {missing:?}");
    let missing: Vec<_> = carried.difference(&named).collect();
    assert!(missing.is_empty(), "in the tests, and not in the table: {missing:?}");
}

#[test]
fn a_number_is_a_word_of_its_own() {
    assert_eq!(
        numbers("G1, G22: of DIFFERENCE to (G3). Not `G4x`, HG5, 6 or G.").collect::<Vec<_>>(),
        [1, 22, 3]
    );
}
