//! What the itertools crate has as well gives the same, for inputs that nobody thought of.

#[path = "iter_peers/accumulate.rs"]
mod accumulate;
#[path = "iter_peers/arms.rs"]
mod arms;
#[path = "iter_peers/batches.rs"]
mod batches;
#[path = "iter_peers/choose.rs"]
mod choose;
#[path = "iter_peers/groups.rs"]
mod groups;
#[path = "iter_peers/seeking.rs"]
mod seeking;
#[path = "iter_peers/splits.rs"]
mod splits;
#[path = "iter_peers/windows.rs"]
mod windows;
#[path = "iter_peers/zips.rs"]
mod zips;
