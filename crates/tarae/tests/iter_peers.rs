//! Equal to the itertools crate, or to slices, where they have the same: on inputs that nobody chose.

#[path = "iter_peers/accumulate.rs"]
mod accumulate;
#[path = "iter_peers/batches.rs"]
mod batches;
#[path = "iter_peers/windows.rs"]
mod windows;
