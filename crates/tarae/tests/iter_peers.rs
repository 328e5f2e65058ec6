//! What the itertools crate has as well gives the same, for inputs that nobody thought of.

#[path = "iter_peers/choose.rs"]
mod choose;
