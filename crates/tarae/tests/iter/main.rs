//! The iterator tools, a file a promise, and in it a file a kind of tool, in one program.
#![forbid(unsafe_code)]

#[path = "../iter_support/mod.rs"]
mod support;

mod auto_traits;
mod bounds;
mod cost;
mod fused;
mod laziness;
mod names;
mod outputs;
mod peers;
mod progress;
mod specializations;
