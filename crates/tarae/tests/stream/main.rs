//! Streams, a file a promise, in one program. Apart are those that have an allocator of their own (`stream_allocations.rs`), or
//! attributes of the whole crate (`stream_hostile.rs`).
#![forbid(unsafe_code)]

#[path = "../generator_support/mod.rs"]
mod generators;
#[path = "../stream_support/mod.rs"]
mod support;

mod attacks;
mod auto_traits;
mod drop_order;
mod errors;
mod for_await;
mod interleaving;
mod items;
mod waking;
