//! The contract of all executors, `tests/executor_contract/`, on pools of processes: the same promises under the same names.
//!
//! Its jobs are closures that capture gates and counts, which cannot travel: here they are functions that meet the test at a
//! door and in a tally. What is said there and cannot hold here, and why, is in `CANNOT_HOLD`.

use super::meeting;
use super::support;

macro_rules! contract {
    ($name:ident, $workers:literal) => {
        mod $name {
            use super::{meeting, support};
            const WORKERS: usize = $workers;
            include!("suite.rs");
        }
    };
}

contract!(pool_of_one, 1);
contract!(pool_of_two, 2);
contract!(pool_of_four, 4);

const CANNOT_HOLD: [(&str, &str); 1] = [(
    "random_nested_waits_come_to_an_end",
    "a job in another process cannot submit to the pool that runs it; a pool of its own is a_job_submits_and_waits_three_deep",
)];

/// The names of the tests in a file.
fn tests(source: &'static str) -> impl Iterator<Item = &'static str> {
    let mut lines = source.lines();
    std::iter::from_fn(move || {
        lines.find(|line| *line == "#[test]")?;
        let function = lines.find(|line| line.starts_with("fn "))?;
        function["fn ".len()..].split('(').next()
    })
}

#[test]
fn each_promise_of_the_contract_is_here() {
    let promised = [
        include_str!("../executor_contract/every.rs"),
        include_str!("../executor_contract/workers.rs"),
        include_str!("../executor_contract/threads.rs"),
        include_str!("../executor_contract/shutdown.rs"),
    ];
    let promised: Vec<_> = promised.into_iter().flat_map(tests).collect();
    let kept: Vec<_> = tests(include_str!("suite.rs")).collect();
    let cannot = CANNOT_HOLD.map(|(name, _)| name);
    let missing: Vec<_> =
        promised.iter().filter(|name| !kept.contains(*name) && !cannot.contains(*name)).collect();
    assert!(missing.is_empty(), "neither kept nor explained: {missing:?}");
    let unknown: Vec<_> = kept.iter().chain(&cannot).filter(|name| !promised.contains(*name)).collect();
    assert!(unknown.is_empty(), "not in the contract: {unknown:?}");
    assert!(promised.len() > 15 && !cannot.iter().any(|name| kept.contains(name)));
}
