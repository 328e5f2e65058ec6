//! Runs of items with the same key: one by one, or as an iterator of what is made of each.

mod group;
mod groupby;
mod reduced;

pub use group::Group;
pub use groupby::{GroupBy, groupby};
pub use reduced::{CollectGroups, FoldGroups};
