//! Tasks, a file a promise, in one program: so no test may count what others do too, as threads and allocations, and only
//! `model.rs` sets the failure hook. Apart are those that do (`task_allocations.rs`, `task_failures.rs`).
#![forbid(unsafe_code)]

#[path = "../executor_contract/support.rs"]
mod support;

mod as_completed;
mod awaited;
mod bad_input;
mod callback_chains;
mod callbacks;
mod memory;
mod model;
mod options;
mod promises;
mod races;
mod results;
mod shared;
mod states;
mod wait;
