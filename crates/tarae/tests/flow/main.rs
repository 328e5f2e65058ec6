//! What sends the items of an iterator through an executor, a file a promise, in one program. Apart is the one that has an
//! allocator of its own (`par_map_memory.rs`).
#![forbid(unsafe_code)]

#[path = "../executor_contract/support.rs"]
mod support;

mod par_for_each;
mod par_map_as_completed;
mod par_map_batches;
mod par_map_drop;
mod par_map_failures;
mod par_map_laziness;
mod par_map_python;
mod par_map_timeout;
mod par_stage;
mod prefetch_ahead;
mod prefetch_ends;
mod throttle;
