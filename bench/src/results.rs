//! The results of `ci/measure.sh`: a folder an area, with what was measured, and of which commit and on which machine.
//!
//! Only what was measured of the commit that is asked for counts: else a number would be praised, or blamed, for code that it
//! is not of.

use crate::measured::Measured;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What the project's numbers are of, in the order in which they are shown.
pub const AREAS: [&str; 5] = ["generator", "iter", "task", "flow", "process"];

/// What an area was measured on: the lines of its `run.tsv`, a name, a tab and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Run(BTreeMap<String, String>);

impl Run {
    const NAMES: [&str; 9] =
        ["commit", "date", "rustc", "processor", "cores", "system", "python", "load", "seconds"];

    /// # Errors
    /// If a line is missing.
    pub fn parse(table: &str) -> Result<Self, String> {
        let lines = table.lines().filter_map(|line| line.split_once('\t'));
        let run = Run(lines.map(|(name, what)| (name.to_string(), what.to_string())).collect());
        match Self::NAMES.iter().find(|name| !run.0.contains_key(**name)) {
            None => Ok(run),
            Some(missing) => Err(format!("expected a line that begins with `{missing}` and a tab")),
        }
    }

    /// One of `commit`, `date`, `rustc`, `processor`, `cores`, `system`, `python`, `seconds`, and `load`: how many
    /// cores others kept busy just before it began.
    pub fn of(&self, name: &str) -> &str {
        &self.0[name]
    }
}

/// What was measured of one commit.
#[derive(Debug, Default)]
pub struct Results {
    pub measured: Measured,
    /// By area: those that were measured.
    pub runs: BTreeMap<&'static str, Run>,
    /// Why an area is not among them.
    pub missing: Vec<String>,
}

impl Results {
    /// Reads the areas that are wanted, of this commit.
    ///
    /// # Errors
    /// If what was measured cannot be read or understood. What was not measured is no error: it is in `missing`.
    pub fn read(folder: &Path, commit: &str, wanted: impl Fn(&str) -> bool) -> Result<Self, String> {
        let mut results = Results::default();
        for area in AREAS.into_iter().filter(|area| wanted(area)) {
            let folder = folder.join(area);
            let file = folder.join("run.tsv");
            let Ok(run) = fs::read_to_string(&file) else {
                results.missing.push(format!("{area} has not been measured: run ci/measure.sh {area}"));
                continue;
            };
            let run = Run::parse(&run).map_err(|problem| format!("{}: {problem}", file.display()))?;
            if run.of("commit") != commit {
                let measured = run.of("commit");
                results.missing.push(format!(
                    "{area} has been measured of {measured}, not of {commit}: run ci/measure.sh {area}"
                ));
                continue;
            }
            results.measured.extend(Measured::read(&folder)?);
            results.runs.insert(area, run);
        }
        Ok(results)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn run(commit: &str) -> Run {
        let lines = [
            ("commit", commit),
            ("date", "2026-01-02"),
            ("rustc", "rustc 1.2.3"),
            ("processor", "A & B <processor>"),
            ("cores", "2"),
            ("system", "Linux 1.2"),
            ("python", "Python 3.13.0"),
            ("load", "0.25"),
            ("seconds", "120"),
        ];
        let lines: Vec<_> = lines.iter().map(|(name, what)| format!("{name}\t{what}\n")).collect();
        Run::parse(&lines.concat()).unwrap()
    }

    #[test]
    fn a_run_says_all_about_itself() {
        assert_eq!(run("c1").of("processor"), "A & B <processor>");
        assert!(Run::parse("commit\tc1\n").unwrap_err().contains("`date`"));
    }

    #[test]
    fn what_is_of_another_commit_does_not_count() {
        let folder = std::env::temp_dir().join(format!("tarae-bench-results-{}", std::process::id()));
        for (area, commit) in [("iter", "c1"), ("task", "c2")] {
            let folder = folder.join(area);
            fs::create_dir_all(&folder).unwrap();
            let lines: String =
                run(commit).0.iter().map(|(name, what)| format!("{name}\t{what}\n")).collect();
            fs::write(folder.join("run.tsv"), lines).unwrap();
            fs::write(folder.join("counted.tsv"), format!("{area}/x\t1\n")).unwrap();
        }
        let results = Results::read(&folder, "c1", |area| area != "flow");
        fs::remove_dir_all(&folder).unwrap();
        let results = results.unwrap();
        assert_eq!(results.measured.counted, BTreeMap::from([("iter/x".to_string(), 1.0)]));
        assert_eq!(results.runs.keys().collect::<Vec<_>>(), [&"iter"]);
        assert_eq!(results.missing.len(), 3, "{:?}", results.missing);
        assert!(results.missing[1].contains("of c2, not of c1"));
    }
}
