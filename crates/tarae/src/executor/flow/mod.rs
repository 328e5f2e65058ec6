//! Iterators that run on an executor: lazy, bounded, driven by their consumer.
//!
//! ```text
//!              pulled by the consumer's `next`, never more than the buffer takes
//! source ──▶ [batch] ──submit──▶ window of tasks ──▶ [results of one batch] ──▶ next()
//!    ▲                          run by the executor                               │
//!    └──────────────── demand: an item handed out makes room for one ─────────────┘
//! ```
//!
//! The consumer drives everything. So the source need not be `Send`, is never locked, and is not asked for more than
//! the window holds.
//!
//! - `batch.rs`: what an executor runs: a few items, and what is done with them.
//! - `portable_batch.rs`: the same for another process.
//! - `window.rs`: the tasks of these, in order or as they end.
//! - `handed_out.rs`: the results of one batch, handed out one by one.
//! - `engine.rs`: when to pull, how much to submit, when it is over.
//! - `par_map.rs`, `par_results.rs`: what users hold.

mod batch;
mod engine;
mod handed_out;
mod par_map;
mod par_results;
#[cfg(feature = "process")]
mod portable_batch;
mod window;

pub use batch::{MapBatch, Mapped, StageBatch};
pub use par_map::ParMap;
pub use par_results::ParResults;
