//! `report FOLDER COMMIT INTO`: writes the page and the charts of what was measured of the commit into FOLDER.
//! `report --known`: reads what `--list` of the benchmarks prints, and fails if the report would not know a row.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use tarae_bench::goals::Goal;
use tarae_bench::report;
use tarae_bench::report::rows::Rows;
use tarae_bench::results::Results;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match &arguments[..] {
        [known] if known == "--known" => known_rows(),
        [folder, commit, into] => write(Path::new(folder), commit, Path::new(into)),
        _ => {
            eprintln!("usage: report FOLDER COMMIT INTO, or report --known");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("failed to write the report: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, commit: &str, into: &Path) -> Result<(), String> {
    let rows = Rows::of_the_project()?;
    let goals = Goal::parse_all(include_str!("../../goals.tsv"))?;
    let results = Results::read(folder, commit, |_| true)?;
    for row in rows.groups.iter().flat_map(|group| &group.rows).chain(&rows.counted) {
        let measured = &results.measured;
        let is_known = [&measured.time, &measured.counted, &measured.instructions]
            .iter()
            .any(|numbers| numbers.contains_key(&row.name));
        if !is_known {
            eprintln!("{} was NOT MEASURED", row.name);
        }
    }
    report::write(&rows, &goals, &results, into)
}

/// A line is `AREA/GROUP/ROW: benchmark`, or `AREA/GROUP/ROW/PASS: benchmark`.
fn known_rows() -> Result<(), String> {
    let lines = io::read_to_string(io::stdin()).map_err(|error| error.to_string())?;
    let names = lines.lines().filter_map(|line| line.strip_suffix(": benchmark"));
    let rows: Vec<String> =
        names.map(|name| name.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")).collect();
    if rows.is_empty() {
        return Err("no benchmark was listed".to_string());
    }
    Rows::of_the_project()?.know(rows.iter().map(String::as_str))?;
    println!("{} benchmarks are of known rows", rows.len());
    Ok(())
}
