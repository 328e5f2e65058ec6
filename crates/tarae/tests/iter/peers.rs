//! What the itertools crate has as well gives the same, for inputs that nobody thought of.

mod accumulate;
mod arms;
mod batches;
mod choose;
mod groups;
mod seeking;
mod splits;
mod windows;
mod zips;
