//! The other side: what runs in a worker's process.
//!
//! - `init.rs`: how a program finds out that it is to be a worker.
//! - `hello.rs`: what a pool says first.
//! - `serve.rs`: takes jobs, does them, sends what comes of them.
//! - `site.rs`: the worker, as a job sees it.
//! - `lifeline.rs`: ends the process when its pool has gone.
//! - `place.rs`: where a panic was.

pub(super) mod hello;
pub(super) mod init;
mod lifeline;
mod place;
mod serve;
mod site;
