//! `batches ROW TASKS`: so many tasks in batches of a thousand, by one row of `task::batches`, on one worker. For looking
//! into with a profiler; see `ci/task_instructions.sh`.

use std::process::ExitCode;
use tarae_bench::task::{batches, row, sum_below};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let found = match &arguments[..] {
        [name, tasks] => row(batches::ROWS, name).zip(tasks.parse().ok()),
        _ => None,
    };
    let Some((make, tasks)) = found else {
        let names: Vec<_> = batches::ROWS.iter().map(|(name, _)| *name).collect();
        eprintln!("usage: batches ROW TASKS, where ROW is one of {}", names.join(", "));
        return ExitCode::from(2);
    };
    assert_eq!(make(1)(tasks), sum_below(tasks));
    ExitCode::SUCCESS
}
