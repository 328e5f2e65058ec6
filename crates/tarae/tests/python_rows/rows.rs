//! A table of Python's behaviours, row by row, and the tests that carry the rows' numbers.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A row's number, and a test of that row.
type Entry = (u32, String);

/// A table, and where its tests are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    /// The table: its rows begin with a number, and their third column names the tests.
    pub(crate) table: &'static str,
    /// What stands before each number.
    pub(crate) letter: char,
    /// Rows are numbered from 1 to this.
    pub(crate) last: u32,
    /// The area whose name is left out: `file::test` is in `short/file.rs`, or in `short_file.rs`.
    pub(crate) short: &'static str,
    /// Other areas with tests: `area::file::test` is in `area/file.rs`, and `area_file::test` in `area_file.rs`.
    pub(crate) others: &'static [&'static str],
}

impl Rows {
    /// The table has each row once, in order.
    pub(crate) fn assert_complete(&self) {
        let numbers: Vec<u32> = self.rows().iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, Vec::from_iter(1..=self.last));
    }

    /// Each row has a test that carries its number, each test that the table names does so, and each number is in the row of
    /// its test.
    pub(crate) fn assert_tested(&self) {
        let carried = self.carried();
        let tested: BTreeSet<u32> = carried.iter().map(|(number, _)| *number).collect();
        assert_eq!(tested, BTreeSet::from_iter(1..=self.last));
        let named = self.named();
        let missing: Vec<_> = named.difference(&carried).collect();
        assert!(missing.is_empty(), "in the table, and not in the tests: {missing:?}");
        let missing: Vec<_> = carried.difference(&named).collect();
        assert!(missing.is_empty(), "in the tests, and not in the table: {missing:?}");
    }

    /// The numbers in a text: the letter and digits, a word of their own.
    pub(crate) fn numbers<'a>(&self, text: &'a str) -> impl Iterator<Item = u32> + use<'a> {
        let letter = self.letter;
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.filter_map(move |word| word.strip_prefix(letter)?.parse().ok())
    }

    /// The rows of the table: their numbers, and what they say.
    fn rows(&self) -> Vec<(u32, &'static str)> {
        let row = |line: &'static str| line.strip_prefix("| ")?.strip_prefix(self.letter)?.split_once(" | ");
        let rows = self.table.lines().filter_map(row);
        rows.map(|(number, row)| (number.parse().expect("a number"), row)).collect()
    }

    /// What the table names: all of its code words with a path of two names.
    fn named(&self) -> BTreeSet<Entry> {
        let row = |(number, row): (u32, &'static str)| {
            let tests = row.split('|').nth(2).expect("a column of tests");
            tests.split('`').filter(|word| word.contains("::")).map(move |test| (number, test.to_string()))
        };
        self.rows().into_iter().flat_map(row).collect()
    }

    /// Notes the numbers above the functions of a file, or of the files of a folder.
    fn read_target(&self, path: &Path, target: &str, entries: &mut BTreeSet<Entry>) {
        let sources = if path.is_dir() { files(path) } else { vec![path.to_path_buf()] };
        for source in sources.iter().filter(|path| is_rust(path)) {
            self.read_functions(source, target, entries);
        }
    }

    /// Notes the numbers above each function of a file.
    fn read_functions(&self, path: &Path, target: &str, entries: &mut BTreeSet<Entry>) {
        let mut above: Vec<u32> = Vec::new();
        for line in fs::read_to_string(path).expect("the file can be read").lines().map(str::trim_start) {
            if let Some(text) = line.strip_prefix("///") {
                above.extend(self.numbers(text));
            } else if !line.starts_with("#[") {
                let function = line.strip_prefix("pub(crate) ").unwrap_or(line).strip_prefix("fn ");
                let name = function.and_then(|rest| rest.split(['(', '<']).next());
                assert!(above.is_empty() || name.is_some(), "{}: a number above {line:?}", path.display());
                entries.extend(above.drain(..).map(|n| (n, format!("{target}::{}", name.unwrap()))));
            }
        }
    }

    /// What the tests say: the numbers above functions, and in the first lines of the refused programs.
    fn carried(&self) -> BTreeSet<Entry> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let mut entries = BTreeSet::new();
        for path in files(&tests) {
            let name = stem(&path);
            if path.join("main.rs").exists() {
                for file in files(&path) {
                    let target =
                        if name == self.short { stem(&file) } else { format!("{name}::{}", stem(&file)) };
                    if name == self.short || self.others.contains(&&*name) {
                        self.read_target(&file, &target, &mut entries);
                    }
                }
            } else if let Some((area, rest)) = name.split_once('_') {
                if area == self.short {
                    self.read_target(&path, rest, &mut entries);
                } else if self.others.contains(&area) {
                    self.read_target(&path, &name, &mut entries);
                }
            }
        }
        for path in files(&tests.join("refused")).iter().filter(|path| is_rust(path)) {
            let program = fs::read_to_string(path).expect("the file can be read");
            let head = self.numbers(program.lines().next().unwrap_or_default());
            entries.extend(head.map(|n| (n, format!("refused::{}", stem(path)))));
        }
        entries
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder).expect("the folder can be read").map(|file| file.unwrap().path()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_string()
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "rs")
}
