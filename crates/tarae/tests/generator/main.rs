//! Generators and coroutines, a file a promise. One program: each by itself takes seconds to compile and to link. Apart are
//! those that have an allocator of their own (`generator_allocations.rs`), or attributes or names of the whole crate
//! (`generator_hostile.rs`, `generator_own_core.rs`).
#![forbid(unsafe_code)]

#[path = "../generator_support/mod.rs"]
mod support;

mod attacks;
mod auto_traits;
mod borrows;
mod boxed;
mod delegation;
mod endings;
mod ergonomics;
mod handles;
mod interleaving;
mod iteration;
mod layouts;
mod life_cycle;
mod panics;
mod reentrancy;
mod sending;
mod throwing;
mod throwing_chains;
mod walker;
mod walker_forms;
mod yield_from_traces;
