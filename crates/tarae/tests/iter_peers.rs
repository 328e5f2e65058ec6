//! Equal to the itertools crate, or to std, where they have the same tool.

#[path = "iter_peers/arms.rs"]
mod arms;
