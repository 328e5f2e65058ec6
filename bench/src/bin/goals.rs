//! `goals FOLDER COMMIT [AREA]`: one line for each goal, from what was measured of the commit into the folder. A missed goal is
//! no failure.

use std::path::Path;
use std::process::ExitCode;
use tarae_bench::goals::Goal;
use tarae_bench::results::Results;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (folder, commit, area) = match &arguments[..] {
        [folder, commit] => (folder, commit, None),
        [folder, commit, area] => (folder, commit, Some(area)),
        _ => {
            eprintln!("usage: goals FOLDER COMMIT [AREA]");
            return ExitCode::from(2);
        }
    };
    match lines(Path::new(folder), commit, area.map(String::as_str)) {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("failed to judge the goals: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn lines(folder: &Path, commit: &str, area: Option<&str>) -> Result<Vec<String>, String> {
    let goals = Goal::parse_all(include_str!("../../goals.tsv"))?;
    let results = Results::read(folder, commit, |of| area.is_none_or(|area| area == of))?;
    results.missing.iter().for_each(|why| eprintln!("{why}"));
    let of_area = goals.iter().filter(|goal| area.is_none_or(|area| goal.is_of(area)));
    let lines: Vec<_> = of_area.map(|goal| goal.judge(&results.measured).to_string()).collect();
    if lines.is_empty() { Err(format!("no goal is of the area {area:?}")) } else { Ok(lines) }
}
