//! Threads of this process.

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
mod sleep;
mod spawn;
mod worker;

#[cfg(all(test, loom))]
mod loom_tests;

pub use builder::{BuildError, ThreadPoolBuilder};
pub use counters::Counters;
pub use pool::ThreadPool;
pub use scope::Scope;
