//! What one run has measured, read from what the benchmarks left in a folder.
//!
//! ```text
//! FOLDER/gungraun/tarae-bench/AREA_instructions/GROUP/ROW.n_SIZE/summary.json   two sizes a row
//! FOLDER/criterion/AREA_GROUP/ROW/new/{benchmark,estimates,sample}.json         how many items, the median, the samples
//! FOLDER/criterion/AREA_GROUP/ROW/PASS/new/{benchmark,estimates,sample}.json    the same, if measured several times
//! FOLDER/timed.tsv                                                              AREA/GROUP/ROW <tab> nanoseconds an item;
//!                                                                               a line a pass
//! FOLDER/counted.tsv                                                            AREA/NAME <tab> number
//! ```
//!
//! A number's name is `AREA/GROUP/ROW`, or `AREA/NAME`. The scripts empty the folder before they measure, so that what
//! is in it belongs to this run.

mod instructions;
mod times;

use instructions::Totals;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use times::Times;

/// Numbers by name.
#[derive(Debug, Default)]
pub struct Measured {
    /// Instructions an item.
    pub instructions: BTreeMap<String, f64>,
    /// Median nanoseconds an item.
    pub time: BTreeMap<String, f64>,
    /// Between which two the middle half of the samples lies, nanoseconds an item.
    pub middle_half: BTreeMap<String, (f64, f64)>,
    /// Bytes and the like.
    pub counted: BTreeMap<String, f64>,
}

impl Measured {
    /// Reads all that is in `folder`. What has not been measured is not there; that is no error.
    ///
    /// # Errors
    /// If a file cannot be read or understood, or a row has not been run at two sizes: a tool has changed its format, or
    /// a benchmark its names. Numbers must not vanish silently.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let mut measured = Measured::default();

        let mut totals = Totals::default();
        for file in files_named("summary.json", &folder.join("gungraun"))? {
            totals.add(&json(&file)?).map_err(|problem| format!("{}: {problem}", file.display()))?;
        }
        measured.instructions = totals.instructions_an_item()?;

        let mut times = Times::default();
        for file in files_named("estimates.json", &folder.join("criterion"))? {
            if !file.parent().is_some_and(|parent| parent.ends_with("new")) {
                continue; // a copy that criterion keeps to compare with
            }
            let beside = |name| json(&file.with_file_name(name));
            times
                .add_pass(&beside("benchmark.json")?, &json(&file)?, &beside("sample.json")?)
                .map_err(|problem| format!("{}: {problem}", file.display()))?;
        }
        for (name, time) in table_of(&folder.join("timed.tsv"))? {
            times.add(name, time);
        }
        (measured.time, measured.middle_half) = times.of_rows();
        measured.counted = table_of(&folder.join("counted.tsv"))?.into_iter().collect();
        Ok(measured)
    }

    /// Adds what another folder holds.
    pub fn extend(&mut self, other: Measured) {
        self.instructions.extend(other.instructions);
        self.time.extend(other.time);
        self.middle_half.extend(other.middle_half);
        self.counted.extend(other.counted);
    }
}

/// What a file holds that need not be there.
fn table_of(file: &Path) -> Result<Vec<(String, f64)>, String> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    table(&text(file)?).map_err(|problem| format!("{}: {problem}", file.display()))
}

/// Lines of a name, a tab and a number.
fn table(table: &str) -> Result<Vec<(String, f64)>, String> {
    let number = |line: &str| {
        let (name, number) = line.split_once('\t')?;
        Some((name.to_string(), number.parse().ok()?))
    };
    let lines = table.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            number(line).ok_or_else(|| format!("expected a name, a tab and a number, found `{line}`"))
        })
        .collect()
}

fn field<'a>(value: &'a Value, pointer: &str) -> Result<&'a str, String> {
    value.pointer(pointer).and_then(Value::as_str).ok_or_else(|| format!("found no {pointer}"))
}

fn text(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn json(file: &Path) -> Result<Value, String> {
    serde_json::from_str(&text(file)?).map_err(|error| format!("{}: {error}", file.display()))
}

/// All files of this name below a folder, which need not be there.
fn files_named(name: &str, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|file| file == name) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_numbers_are_a_table() {
        let line = |number| ("a/b".to_string(), number);
        assert_eq!(table("a/b\t32\na/b\t0.5\n"), Ok(vec![line(32.0), line(0.5)]));
        assert!(table("a/b 32").is_err());
    }

    #[test]
    fn lines_of_one_row_are_its_passes() {
        let folder = std::env::temp_dir().join(format!("tarae-bench-measured-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("timed.tsv"), "a/b/c\t3\na/b/c\t90\na/b/d\t1\na/b/c\t2\n").unwrap();
        let measured = Measured::read(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let measured = measured.unwrap();
        let time = BTreeMap::from([("a/b/c".to_string(), 3.0), ("a/b/d".to_string(), 1.0)]);
        assert_eq!(measured.time, time);
        assert_eq!(measured.middle_half["a/b/d"], (1.0, 1.0));
    }

    #[test]
    fn a_folder_that_is_not_there_holds_nothing() {
        let measured = Measured::read(Path::new("/nowhere/at/all")).unwrap();
        assert!(measured.instructions.is_empty() && measured.time.is_empty() && measured.counted.is_empty());
    }
}
