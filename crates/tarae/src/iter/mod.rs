//! Tools for iterators, under the names that Python's `itertools` gives them.
//!
//! What the standard library does well is not repeated here; these are the tools that it lacks.
//! They are free functions first, as in Python, so that no method name can collide with one of
//! another crate: `tarae::iter::groupby(words, |w| w.len())`. [`IterExt`] has the few of them that
//! are safe as methods.
//!
//! | | gives | Python | pulls from its source |
//! |---|---|---|---|
//! | [`accumulate`] | running totals: 1, 3, 6 of 1, 2, 3 | `itertools.accumulate` | one item for one total |
//! | [`count`] | `start`, `start + step`, ..: integers, floats, durations | `itertools.count` | has none |
//! | [`distribute`] | `N` iterators, to which the items go in turn | `more_itertools.distribute` | up to the next for the arm that is asked |
//! | [`filterfalse`] | what a predicate refuses | `itertools.filterfalse` | up to the next that it refuses |
//! | [`groupby`] | runs of items with one key | `itertools.groupby` | up to the first item of the next run |
//! | [`partition`] | what a predicate accepts, and the rest | `more_itertools.partition` | up to the next for the side that is asked |
//! | [`product`] | all ways to choose `N` items | `itertools.product` | everything, at the first item |
//! | [`serialize`] | the same iterator for several threads: each item to one | `more_itertools.serialize` | one item for one |
//! | [`shared`](shared()) | readers of the same items, on several threads | `more_itertools.concurrent_tee` | one item for one, by the reader in front |
//! | [`tee`](tee()) | `N` iterators over the same items | `itertools.tee` | one item for one, by the arm in front |
//!
//! # What holds for all of them
//!
//! - **Lazy.** Building one pulls nothing and calls no closure. Each then pulls as late as it can, as the
//!   table says.
//! - **Ends stay ends** where they are [`FusedIterator`](std::iter::FusedIterator): always for the sources
//!   and for the groups, and for the other adaptors whenever what they are built on is.
//! - **`size_hint` does not lie.** What does not fit into a `usize` is reported as "at least `usize::MAX`".
//! - **As fast as by hand.** `fold`, and so `sum`, `for_each` and the like, runs the loop that one would
//!   have written. No item costs an allocation unless it is a collection itself.
//! - **`Send`, `Sync`, `Clone`** whenever their parts are.

mod accumulate;
mod count;
mod distribute;
mod ext;
mod filterfalse;
mod groupby;
mod lent;
mod partition;
mod product;
mod serialize;
mod shared;
mod sorted_out;
mod tee;
mod turnstile;

pub use accumulate::{Accumulate, accumulate};
pub use count::{Count, Countable, count};
pub use distribute::{Distribute, distribute};
pub use ext::IterExt;
pub use filterfalse::{FilterFalse, filterfalse};
pub use groupby::{CollectGroups, FoldGroups, Group, GroupBy, groupby};
pub use partition::{Partition, partition};
pub use product::{Product, product};
pub use serialize::{Serialize, serialize};
pub use shared::{Shared, shared};
pub use tee::{Tee, tee};
