//! What one run has measured, read from what the benchmarks left in a folder.
//!
//! ```text
//! FOLDER/gungraun/tarae-bench/AREA_instructions/GROUP/ROW.n_SIZE/summary.json   two sizes a row
//! FOLDER/criterion/AREA_GROUP/ROW/new/{benchmark,estimates}.json                the median, how many items
//! FOLDER/criterion/AREA_GROUP/ROW/PASS/new/{benchmark,estimates}.json           the same, if measured several times
//! FOLDER/timed.tsv                                                              AREA/GROUP/ROW <tab> nanoseconds an item;
//!                                                                               a line a pass
//! FOLDER/counted.tsv                                                            AREA/NAME <tab> number
//! ```
//!
//! A number's name is `AREA/GROUP/ROW`, or `AREA/NAME`. The scripts empty the folder before they measure, so that what
//! is in it belongs to this run.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Numbers by name.
#[derive(Debug, Default)]
pub struct Measured {
    /// Instructions an item.
    pub instructions: BTreeMap<String, f64>,
    /// Median nanoseconds an item.
    pub time: BTreeMap<String, f64>,
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

        let mut passes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for file in files_named("estimates.json", &folder.join("criterion"))? {
            if !file.parent().is_some_and(|parent| parent.ends_with("new")) {
                continue; // a copy that criterion keeps to compare with
            }
            let (name, time) = time_an_item(&json(&file.with_file_name("benchmark.json"))?, &json(&file)?)
                .map_err(|problem| format!("{}: {problem}", file.display()))?;
            passes.entry(name).or_default().push(time);
        }
        let file = folder.join("timed.tsv");
        if file.exists() {
            let lines = table(&text(&file)?).map_err(|problem| format!("{}: {problem}", file.display()))?;
            for (name, time) in lines {
                passes.entry(name).or_default().push(time);
            }
        }
        measured.time = passes.into_iter().map(|(name, times)| (name, median(times))).collect();

        let file = folder.join("counted.tsv");
        if file.exists() {
            let lines = table(&text(&file)?).map_err(|problem| format!("{}: {problem}", file.display()))?;
            measured.counted = lines.into_iter().collect();
        }
        Ok(measured)
    }
}

/// Instructions of whole runs: by row, then by size.
#[derive(Default)]
struct Totals(BTreeMap<String, BTreeMap<u64, u64>>);

impl Totals {
    fn add(&mut self, summary: &Value) -> Result<(), String> {
        let module = field(summary, "/module_path")?; // AREA_instructions::GROUP::ROW
        let id = field(summary, "/id")?; // n_SIZE
        let mut parts = module.splitn(2, "::");
        let (file, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let area = file
            .strip_suffix("_instructions")
            .ok_or_else(|| format!("expected a file AREA_instructions, found `{file}`"))?;
        let name = format!("{area}/{}", rest.replace("::", "/"));
        let size = id
            .strip_prefix("n_")
            .and_then(|size| size.parse().ok())
            .ok_or_else(|| format!("expected the id n_SIZE, found `{id}`"))?;
        let profiles = summary["profiles"].as_array().map_or(&[][..], Vec::as_slice);
        let callgrind = profiles
            .iter()
            .find(|profile| profile["tool"] == "Callgrind")
            .ok_or("found no profile of callgrind's")?;
        let total = callgrind
            .pointer("/data/total/metrics/Ir/values/new")
            .and_then(Value::as_u64)
            .ok_or("found no count of instructions")?;
        if self.0.entry(name.clone()).or_default().insert(size, total).is_some() {
            return Err(format!("`{name}` has been measured twice at {size}: remove old results first"));
        }
        Ok(())
    }

    /// What an item costs: what comes before the first and after the last cancels out.
    fn instructions_an_item(self) -> Result<BTreeMap<String, f64>, String> {
        let an_item = |(name, totals): (String, BTreeMap<u64, u64>)| {
            let mut totals = totals.into_iter();
            let (Some((few, small)), Some((many, large)), None) =
                (totals.next(), totals.next(), totals.next())
            else {
                return Err(format!("`{name}` must be measured at exactly two sizes"));
            };
            Ok((name, (large as f64 - small as f64) / (many - few) as f64))
        };
        self.0.into_iter().map(an_item).collect()
    }
}

/// From criterion's description of a benchmark and its estimates.
fn time_an_item(benchmark: &Value, estimates: &Value) -> Result<(String, f64), String> {
    let group = field(benchmark, "/group_id")?; // AREA/GROUP
    let row = field(benchmark, "/function_id")?;
    let items = benchmark
        .pointer("/throughput/Elements")
        .and_then(Value::as_f64)
        .ok_or("found no number of items: set the group's throughput")?;
    let median =
        estimates.pointer("/median/point_estimate").and_then(Value::as_f64).ok_or("found no median")?;
    Ok((format!("{group}/{row}"), median / items))
}

/// Of several passes over a row, so that a load that came and went during one of them is not in the number.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
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
    use serde_json::json;

    fn summary(id: &str, instructions: u64) -> Value {
        json!({
            "module_path": "generator_instructions::counting::pinned",
            "id": id,
            "profiles": [
                { "tool": "DHAT" },
                {
                    "tool": "Callgrind",
                    "data": { "total": { "metrics": { "Ir": { "values": { "new": instructions } } } } },
                },
            ],
        })
    }

    #[test]
    fn instructions_an_item_are_the_difference_of_two_sizes() {
        let mut totals = Totals::default();
        totals.add(&summary("n_300000", 2_100_026)).unwrap();
        totals.add(&summary("n_100000", 700_026)).unwrap();
        let numbers = totals.instructions_an_item().unwrap();
        assert_eq!(numbers, BTreeMap::from([("generator/counting/pinned".to_string(), 7.0)]));
    }

    #[test]
    fn one_size_is_an_error() {
        let mut totals = Totals::default();
        totals.add(&summary("n_100000", 1)).unwrap();
        assert!(totals.instructions_an_item().unwrap_err().contains("two sizes"));
    }

    #[test]
    fn a_result_of_another_run_is_an_error() {
        let mut totals = Totals::default();
        totals.add(&summary("n_100000", 1)).unwrap();
        assert!(totals.add(&summary("n_100000", 2)).unwrap_err().contains("twice"));
    }

    #[test]
    fn a_summary_that_is_not_understood_is_an_error() {
        assert!(Totals::default().add(&summary("small", 1)).unwrap_err().contains("n_SIZE"));
        assert!(Totals::default().add(&json!({})).is_err());
        let no_count = json!({
            "module_path": "generator_instructions::counting::pinned", "id": "n_1", "profiles": [{ "tool": "Callgrind" }],
        });
        assert!(Totals::default().add(&no_count).unwrap_err().contains("instructions"));
    }

    #[test]
    fn time_is_the_median_over_the_items() {
        let benchmark =
            json!({ "group_id": "generator/send", "function_id": "hand", "throughput": { "Elements": 200 } });
        let estimates = json!({ "mean": { "point_estimate": 9e9 }, "median": { "point_estimate": 500.0 } });
        assert_eq!(time_an_item(&benchmark, &estimates), Ok(("generator/send/hand".to_string(), 2.5)));
        let no_items = json!({ "group_id": "generator/send", "function_id": "hand", "throughput": null });
        assert!(time_an_item(&no_items, &estimates).unwrap_err().contains("throughput"));
    }

    #[test]
    fn of_several_passes_the_median_counts() {
        assert_eq!(median(vec![2.5]), 2.5);
        assert_eq!(median(vec![2.5, 90.0, 2.0]), 2.5);
    }

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
        let time = BTreeMap::from([("a/b/c".to_string(), 3.0), ("a/b/d".to_string(), 1.0)]);
        assert_eq!(measured.unwrap().time, time);
    }

    #[test]
    fn a_folder_that_is_not_there_holds_nothing() {
        let measured = Measured::read(Path::new("/nowhere/at/all")).unwrap();
        assert!(measured.instructions.is_empty() && measured.time.is_empty() && measured.counted.is_empty());
    }
}
