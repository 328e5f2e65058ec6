//! Python's executors of processes: a program of Python's that takes its own time, and does so much when it is told to.

use super::Program;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Names the interpreter. `ci/measure.sh` sets it to one that is recent enough and has all peers.
const PYTHON: &str = "TARAE_PYTHON";

struct Python {
    /// There until it is dropped: the program ends when it is gone.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    process: Child,
}

/// A table's row by one of the executors; none if it cannot be had.
pub fn row(executor: &'static str, table: &'static str) -> Option<Program> {
    let mut python = match Python::start(executor) {
        Ok(python) => python,
        Err(problem) => {
            eprintln!("process/{table}/{executor} is NOT MEASURED: {problem}");
            return None;
        }
    };
    Some(Box::new(move |items| python.time(table, items).expect("an answer in time")))
}

impl Python {
    fn start(executor: &str) -> io::Result<Self> {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/src/process/python/executors.py");
        let python = env::var_os(PYTHON).ok_or_else(|| io::Error::other(format!("{PYTHON} is not set")))?;
        let mut process = Command::new(python)
            .args([program, executor])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ends = process.stdin.take().zip(process.stdout.take());
        let (orders, answers) = ends.expect("both are pipes");
        let mut python = Python { orders: Some(orders), answers: BufReader::new(answers), process };
        match python.answer()?.as_str() {
            "ready" => Ok(python),
            // It has said why.
            "" => Err(io::Error::other(format!("Python has no executor `{executor}`"))),
            other => Err(io::Error::other(format!("Python said `{other}`"))),
        }
    }

    fn time(&mut self, table: &str, items: u64) -> io::Result<Duration> {
        let orders = self.orders.as_mut().expect("there until it is dropped");
        writeln!(orders, "{table} {items}")?;
        let nanoseconds = self.answer()?;
        let not_a_number = |_| io::Error::other(format!("Python said `{nanoseconds}`"));
        nanoseconds.parse().map(Duration::from_nanos).map_err(not_a_number)
    }

    fn answer(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line.trim_end().to_string())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        self.orders.take();
        self.process.wait().expect("it ends");
    }
}
