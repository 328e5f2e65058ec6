//! `goals FOLDER [AREA]`: one line for each goal, from what was measured into the folder. A missed goal is no failure.

use std::path::Path;
use std::process::ExitCode;
use tarae_bench::goals::Goal;
use tarae_bench::measured::Measured;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (folder, area) = match &arguments[..] {
        [folder] => (folder, None),
        [folder, area] => (folder, Some(area)),
        _ => {
            eprintln!("usage: goals FOLDER [AREA]");
            return ExitCode::from(2);
        }
    };
    match lines(Path::new(folder), area.map(String::as_str)) {
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

fn lines(folder: &Path, area: Option<&str>) -> Result<Vec<String>, String> {
    let goals = Goal::parse_all(include_str!("../../goals.tsv"))?;
    let measured = Measured::read(folder)?;
    let of_area = goals.iter().filter(|goal| area.is_none_or(|area| goal.is_of(area)));
    let lines: Vec<_> = of_area.map(|goal| goal.judge(&measured).to_string()).collect();
    if lines.is_empty() { Err(format!("no goal is of the area {area:?}")) } else { Ok(lines) }
}
