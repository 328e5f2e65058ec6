//! A trace, and how it is compared with the recorded one.

use crate::support::Log;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::LazyLock;

/// Python's traces by the names of the tests.
pub(crate) static RECORDED: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let file = include_str!("../../data/yield_from/traces.json");
    let mut file: serde_json::Value =
        serde_json::from_str(file).expect("traces.json is what record.py wrote");
    serde_json::from_value(file["traces"].take()).expect("traces.json holds lists of lines")
});

/// What a test does, line by line, and where that differs from Python.
#[derive(Default)]
pub(crate) struct Trace {
    lines: Log,
    differences: std::cell::RefCell<Vec<Difference>>,
}

struct Difference {
    line: usize,
    python: &'static str,
    rust: &'static str,
    reason: &'static str,
}

/// A trace is written like a log.
impl Deref for Trace {
    type Target = Log;
    fn deref(&self) -> &Log {
        &self.lines
    }
}

impl Trace {
    /// Line `line` of Python's trace (the first is 0) is `python`; in Rust it is `rust`, for this reason.
    pub(crate) fn difference(
        &self,
        line: usize,
        python: &'static str,
        rust: &'static str,
        reason: &'static str,
    ) {
        self.differences.borrow_mut().push(Difference { line, python, rust, reason });
    }

    /// The last line so far.
    pub(crate) fn last(&self) -> Option<String> {
        let lines = self.lines.take();
        lines.iter().for_each(|line| self.lines.note(line));
        lines.last().cloned()
    }

    /// Compares with the trace recorded under this name, in which every difference must be found where it is said to be.
    pub(crate) fn compare(&self, name: &str) {
        let mut expected = RECORDED.get(name).expect("a trace is recorded under this name").clone();
        for Difference { line, python, rust, reason } in self.differences.take() {
            assert_ne!(python, rust, "line {line} does not differ; {reason}");
            assert_eq!(
                expected.get(line).map(|line| &**line),
                Some(python),
                "Python's line {line}; {reason}"
            );
            expected[line] = rust.to_string();
        }
        assert_eq!(self.lines.take(), expected);
    }
}

#[test]
#[should_panic(expected = "Python's line 1")]
fn a_difference_that_does_not_occur_fails() {
    let trace = Trace::default();
    trace.difference(1, "Starting g2", "starting g2", "it says \"finishing g\"");
    trace.compare("test_attempting_to_send_to_non_generator");
}

#[test]
#[should_panic(expected = "Python's line 2")]
fn a_difference_beyond_the_end_fails() {
    let trace = Trace::default();
    trace.difference(2, "finishing g", "done", "there are two lines");
    trace.compare("test_attempting_to_send_to_non_generator");
}

#[test]
#[should_panic(expected = "left == right")]
fn another_trace_fails() {
    let trace = Trace::default();
    trace.note("starting g");
    trace.compare("test_attempting_to_send_to_non_generator");
}
