//! `scaling [PASSES]`: how tasks scale with the workers, 1, 2, 4 and so on up to the machine's cores, in Markdown.
//!
//! Each number is the median of several passes over all rows of its table.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use tarae_bench::task::{Rows, batches, fork_join, submitters, sum_below};

/// A table, and what each run of it does.
struct Table {
    title: &'static str,
    rows: Rows,
    n: u64,
    answer: u64,
    /// What the time is divided by.
    items: u64,
}

const TASKS: u64 = 100 * batches::BATCH;

fn tables() -> [Table; 3] {
    let submits = |title, rows| Table { title, rows, n: TASKS, answer: sum_below(TASKS), items: TASKS };
    [
        submits("One thread submits, batches of 1000: ns a task", batches::ROWS),
        submits("As many threads submit as there are workers, batches of 1000: ns a task", submitters::ROWS),
        Table {
            title: "Fork-join, fib(25): ns a fork",
            rows: fork_join::ROWS,
            n: 25,
            answer: 75_025,
            items: fork_join::forks(25),
        },
    ]
}

fn main() -> ExitCode {
    let passes = std::env::args().nth(1).map_or(Ok(7), |passes| passes.parse());
    let Ok(passes @ 1..) = passes else {
        eprintln!("usage: scaling [PASSES]");
        return ExitCode::from(2);
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers: Vec<usize> =
        std::iter::successors(Some(1), |n| Some(2 * n)).take_while(|n| *n <= cores).collect();
    println!("# How tasks scale with the workers\n");
    println!("By the clock on the wall: what others do on the machine is in the numbers.\n");
    println!("{cores} cores of {}; {}; {}.", processor(), said_by("rustc", &["--version"]), commit());
    for table in tables() {
        table.print(passes, &workers);
    }
    ExitCode::SUCCESS
}

impl Table {
    fn print(&self, passes: u32, workers: &[usize]) {
        println!("\n{}\n", self.title);
        let heads: Vec<_> = workers.iter().map(|workers| workers.to_string()).collect();
        println!("| workers | {} |\n|---|{}", heads.join(" | "), "---:|".repeat(workers.len()));
        let mut times: BTreeMap<(usize, usize), Vec<Duration>> = BTreeMap::new();
        for _ in 0..passes {
            for (row, (_, make)) in self.rows.iter().enumerate() {
                for &workers in workers {
                    times.entry((row, workers)).or_default().push(self.time(make(workers)));
                }
            }
        }
        for (row, (name, _)) in self.rows.iter().enumerate() {
            let numbers = workers.iter().map(|&workers| {
                let mut passes = times.remove(&(row, workers)).expect("measured in each pass");
                passes.sort();
                format!("{:.1}", passes[passes.len() / 2].as_nanos() as f64 / self.items as f64)
            });
            println!("| {name} | {} |", numbers.collect::<Vec<_>>().join(" | "));
        }
    }

    /// The second run of a program: the first one warms it up.
    fn time(&self, mut program: impl FnMut(u64) -> u64) -> Duration {
        assert_eq!(program(self.n), self.answer);
        let start = Instant::now();
        assert_eq!(program(self.n), self.answer);
        start.elapsed()
    }
}

/// The name of the processor, if the system tells it.
fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or("an unknown processor".to_string(), |(_, name)| name.to_string())
}

fn commit() -> String {
    format!("commit {}", said_by("git", &["rev-parse", "--short", "HEAD"]))
}

/// What a program prints, or that it cannot be asked.
fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success());
    output.map_or(format!("{program} unknown"), |output| {
        String::from_utf8_lossy(&output.stdout).trim().to_string()
    })
}
