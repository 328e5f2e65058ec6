//! Threads of this process.
//!
//! - `pool.rs`, `builder.rs`: what users hold; `join.rs`, `scope.rs`, `spawn.rs`, `counters.rs`: what it does besides jobs, each
//!   with the pool's method for it.
//! - `shared.rs`: what the pool and its workers share: `queue.rs`, `sleep.rs`, `ending.rs`.
//! - `worker.rs`: what a worker's thread does; `initializer.rs`: first of all.
//! - `padded.rs`: a cache line of its own.

mod builder;
mod counters;
mod ending;
mod initializer;
mod join;
mod padded;
mod pool;
#[allow(unsafe_code)]
mod queue;
#[allow(unsafe_code)]
mod scope;
mod shared;
mod sleep;
mod spawn;
mod worker;

#[cfg(all(test, loom))]
mod loom_tests;

pub use builder::{BuildError, ThreadPoolBuilder};
pub use counters::Counters;
pub use pool::ThreadPool;
pub use scope::Scope;
