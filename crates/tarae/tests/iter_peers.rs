//! The tools agree with those of the itertools crate and of std that they stand beside, on inputs that nobody chose.

#[path = "iter_peers/seeking.rs"]
mod seeking;
#[path = "iter_peers/splits.rs"]
mod splits;
#[path = "iter_peers/zips.rs"]
mod zips;
