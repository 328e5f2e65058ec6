//! Tasks: handing jobs to other threads and taking their answers.
//!
//! A table lists its rows in `ROWS`: ours and the peers, each used as its users would use it. A row is made for so many
//! workers, and its [`Program`] then runs as often as it is asked to: starting and ending threads is not in the
//! numbers. Where the time to get there must not be in them either, a table has programs that take their own time.
//!
//! The jobs do nothing but answer: what is measured is what a task costs. All rows of a table give the same answer.

pub mod as_completed;
pub mod batches;
pub mod cancellable;
pub mod fork_join;
pub mod held;
pub mod idle;
pub mod memory;
pub mod pools;
pub mod round_trip;
pub mod stopping;
pub mod submitters;
pub mod wait_any;
pub mod wait_pending;

/// Runs so many tasks, or whatever its table counts; what they answered, summed.
pub type Program = Box<dyn FnMut(u64) -> u64 + Send>;

/// The rows of a table: their names, and what makes the program for so many workers, if nothing else is said.
pub type Rows<F = fn(usize) -> Program> = &'static [(&'static str, F)];

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
    fn agree(rows: Rows, n: u64, answer: u64) {
        for (name, make) in rows {
            for workers in [1, 2] {
                let mut program = make(workers);
                assert_eq!(program(n), answer, "{name}");
                assert_eq!(program(n), answer, "{name}");
            }
        }
    }

    #[test]
    fn rows_give_one_answer() {
        for tasks in [0, 1, 1000, 2500] {
            agree(batches::ROWS, tasks, sum_below(tasks));
            agree(submitters::ROWS, tasks, sum_below(tasks));
            agree(as_completed::ROWS, tasks, sum_below(tasks));
        }
        agree(round_trip::ROWS, 100, sum_below(100));
        for (n, answer) in [(0, 0), (1, 1), (2, 1), (15, 610)] {
            agree(fork_join::ROWS, n, answer);
        }
        for (name, program) in wait_any::ROWS {
            assert_eq!(program(100).1, sum_below(100), "{name}");
        }
        for (name, make) in wait_pending::ROWS {
            assert_eq!(make(100)(1), 100, "{name}");
        }
        for (name, program) in cancellable::ROWS {
            assert_eq!(program(1000), cancellable::ROWS[0].1(1000), "{name}");
        }
    }

    #[test]
    fn forks_are_counted() {
        assert_eq!([0, 1, 2, 3, 4, 25].map(fork_join::forks), [0, 0, 1, 2, 4, 121_392]);
    }
}
