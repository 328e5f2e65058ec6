//! The report: what was measured of all areas in one run, as a page and as charts.
//!
//! - [`rows`] says what the rows mean, from `rows.tsv`; [`peers`] which versions of whom.
//! - [`page`] writes the page, [`chart`] the charts, made of panels; [`quantity`] writes numbers for both.
//!
//! A number that was not measured is in neither.

pub mod chart;
pub mod page;
mod panel;
pub mod peers;
pub mod quantity;
pub mod rows;

use crate::goals::Goal;
use crate::results::{AREAS, Results, Run};
use rows::Rows;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What stands for all where there is room for one chart: of each area what it is used for most.
const OVERVIEW: [&str; 6] = [
    "generator/counting",
    "generator/tree20",
    "iter/combinations4",
    "task/batch",
    "flow/cpu80",
    "process/round_trip",
];

/// Writes the page and the charts into a folder.
///
/// # Errors
/// If an area was not measured, a row is not known, or a file cannot be written.
pub fn write(rows: &Rows, goals: &[Goal], results: &Results, folder: &Path) -> Result<(), String> {
    let page = page::write(rows, goals, results)?;
    let mut files = vec![("README.md".to_string(), page)];
    let runs: Vec<_> = in_order(&results.runs).collect();
    for (area, run) in &runs {
        let of_area = rows.groups.iter().filter(|group| group.is_of(area));
        let chart = chart::draw(of_area, title(area), &note(run), &results.measured)?;
        files.push((format!("{area}.svg"), chart));
    }
    let seen = OVERVIEW.iter().filter_map(|name| rows.group(name));
    let (_, run) = runs.first().ok_or("nothing has been measured")?;
    let chart = chart::draw(seen, "tarae, its peers and the limit", &note(run), &results.measured)?;
    files.push(("overview.svg".to_string(), chart));
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (name, text) in files {
        let file = folder.join(name);
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

fn in_order<'a>(runs: &'a BTreeMap<&str, Run>) -> impl Iterator<Item = (&'static str, &'a Run)> {
    AREAS.into_iter().filter_map(|area| Some((area, runs.get(area)?)))
}

/// What an area is called in a heading.
fn title(area: &str) -> &'static str {
    match area {
        "generator" => "Generators and coroutines",
        "iter" => "Iterator tools",
        "task" => "Tasks on threads",
        "flow" => "A map on threads",
        "process" => "Tasks of other processes",
        _ => unreachable!("`{area}` is no area"),
    }
}

/// What a chart says of its numbers, wherever it is shown.
fn note(run: &Run) -> String {
    format!(
        "{} cores of {}; {}; commit {}; {}. All numbers, and how they were measured: docs/bench/README.md",
        run.of("cores"),
        run.of("processor"),
        run.of("rustc").split(" (").next().unwrap_or_default(),
        page::short(run.of("commit")),
        run.of("date"),
    )
}

#[cfg(test)]
mod tests;
