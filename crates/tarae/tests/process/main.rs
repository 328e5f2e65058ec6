//! Pools of processes. One program, since each of its workers is that program again.
#![cfg(all(target_os = "linux", not(any(loom, miri))))]

tarae::init!();

#[path = "../executor_contract/support.rs"]
mod support;

mod meeting;
mod odd;
mod system;

mod contract;
mod deaths;
mod ending;
mod misuse;
mod python;
mod values;
