//! `budgets FOLDER`: fails if more instructions, allocations or bytes were counted than `budgets.tsv` allows.

use std::path::Path;
use std::process::ExitCode;
use tarae_bench::budgets::{Budget, judge_all};
use tarae_bench::measured::Measured;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: budgets FOLDER");
        return ExitCode::from(2);
    };
    match judge(Path::new(&folder)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!(
                "a budget is exceeded: make it cheaper, or say in bench/budgets.tsv why it costs more now"
            );
            ExitCode::FAILURE
        }
        Err(problem) => {
            eprintln!("failed to judge the budgets: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn judge(folder: &Path) -> Result<bool, String> {
    let budgets = Budget::parse_all(include_str!("../../budgets.tsv"))?;
    let measured = Measured::read(folder)?;
    println!("instructions an item:");
    for (row, instructions) in &measured.instructions {
        println!("  {row:<48} {instructions:>10.2}");
    }
    let (lines, all_kept) = judge_all(&budgets, &measured);
    lines.iter().for_each(|line| println!("{line}"));
    Ok(all_kept)
}
