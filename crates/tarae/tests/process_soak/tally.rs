//! What was counted.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::fate::DEATHS;
use std::fmt;
use std::time::Duration;

#[derive(Debug, Default)]
pub struct Tally {
    pub tasks: u64,
    /// By cause, as in `DEATHS`; then those that were killed from outside.
    pub deaths: [u64; DEATHS.len() + 1],
    /// Of the kills from outside: how many found a task.
    pub blamed_kills: u64,
    pub lost: u64,
    pub misblamed: u64,
    /// Processes that are there when the pool has gone.
    pub orphans: u64,
    pub descriptors: u64,
    pub threads: u64,
    /// KiB, when a quarter of the tasks had been done, and so on.
    pub resident: Vec<u64>,
    pub elapsed: Duration,
}

/// The place of those that were killed from outside.
pub const KILLED: usize = DEATHS.len();

impl Tally {
    pub fn all_deaths(&self) -> u64 {
        self.deaths.iter().sum()
    }

    /// As `bench/goals.tsv` calls them: a name, a tab, a number.
    pub fn goals(&self) -> String {
        format!(
            "process/deaths_survived\t{}\nprocess/deaths_lost\t{}\nprocess/deaths_misblamed\t{}\nprocess/deaths_leaked\t{}\n",
            self.all_deaths() - self.lost - self.misblamed,
            self.lost,
            self.misblamed,
            self.orphans + self.descriptors
        )
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.elapsed.as_secs_f64();
        writeln!(f, "{} deaths over {} tasks in {seconds:.1} s:", self.all_deaths(), self.tasks)?;
        for (cause, count) in DEATHS.iter().chain(&["SIGKILL from outside"]).zip(self.deaths) {
            writeln!(f, "  {count:6} {cause}")?;
        }
        writeln!(f, "  ({} of those from outside found a task begun)", self.blamed_kills)?;
        write!(f, "{} lost, {} misblamed, 0 hangs, ", self.lost, self.misblamed)?;
        write!(
            f,
            "{} orphans, {} descriptors and {} threads left, ",
            self.orphans, self.descriptors, self.threads
        )?;
        write!(f, "resident at the quarters, in KiB: {:?}", self.resident)
    }
}
