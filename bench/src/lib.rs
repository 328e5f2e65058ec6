//! x
#[allow(unsafe_code)] // a global allocator is an unsafe trait
pub mod counting_allocator;
pub mod generator;
