//! Threads of this process.

mod builder;
mod pool;
#[allow(unsafe_code)]
mod queue;
mod sleep;
mod worker;

pub use builder::{BuildError, ThreadPoolBuilder};
pub use pool::ThreadPool;
