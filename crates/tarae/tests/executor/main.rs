//! Executors, a file a promise, in one program: so a test that counts threads runs itself in a process of its own
//! (`support::alone`), and only `scope_attacks.rs` sets the failure hook. Apart are those that hear of all tasks there are
//! (`executor_timeline.rs`, `executor_tracing.rs`), and what all executors promise (`executor_contract.rs`).
#![forbid(unsafe_code)]

#[path = "../executor_contract/door.rs"]
mod door;
#[path = "../executor_contract/support.rs"]
mod support;

mod counters;
mod initializer;
mod join;
mod local;
mod nested;
mod racing;
mod rayon;
mod retry;
mod scope;
mod scope_attacks;
mod shutdown;
mod shutdown_races;
mod spawn;
mod stuck;
mod third_party;
mod threads;
mod tokio;
