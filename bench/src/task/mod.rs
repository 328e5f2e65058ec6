//! Tasks: handing jobs to other threads and taking their answers.
//!
//! A table lists its rows in `ROWS`: ours first, then the peers, each used as its users would use it. A row is made for so
//! many workers, and then runs a [`Program`] of so many tasks as often as it is asked to: starting and ending threads is
//! not in the numbers.
//!
//! The jobs do nothing but answer: what is measured is what a task costs. All rows of a table give the same answer.

pub mod batches;
pub mod pools;

/// Runs so many tasks; their answers, summed.
pub type Program = Box<dyn FnMut(u64) -> u64 + Send>;

/// The rows of a table: their names, and what makes the program for so many workers.
pub type Rows = &'static [(&'static str, fn(usize) -> Program)];

/// The row of this name.
pub fn row(rows: Rows, name: &str) -> Option<fn(usize) -> Program> {
    rows.iter().find(|(row, _)| *row == name).map(|(_, make)| *make)
}

/// What the jobs `0..n` answer, summed.
pub fn sum_below(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows give this answer, the second time too.
    fn agree(rows: Rows, tasks: u64, answer: u64) {
        for (name, make) in rows {
            for workers in [1, 2] {
                let mut program = make(workers);
                assert_eq!(program(tasks), answer, "{name}");
                assert_eq!(program(tasks), answer, "{name}");
            }
        }
    }

    #[test]
    fn rows_give_one_answer() {
        for tasks in [0, 1, 1000, 2500] {
            agree(batches::ROWS, tasks, sum_below(tasks));
        }
    }
}
