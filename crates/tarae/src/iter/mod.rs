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
//! | [`accumulate_from`] | running totals after a first one: 10, 11, 13 of 1, 2 | `itertools.accumulate(initial=..)` | nothing for the first, then one item for one total |
//! | [`batched`] | items in `Vec`s of `n` | `itertools.batched` | a batch for a batch |
//! | [`batched_array`] | items in arrays of `N`, and what is left | `itertools.batched` | a batch for a batch |
//! | [`count`] | `start`, `start + step`, ..: integers, floats, durations | `itertools.count` | has none |
//! | [`filterfalse`] | what a predicate refuses | `itertools.filterfalse` | up to the next that it refuses |
//! | [`groupby`] | runs of items with one key | `itertools.groupby` | up to the first item of the next run |
//! | [`pairwise`] | each item with the one after it | `itertools.pairwise` | two items, then one for one pair |
//! | [`product`] | all ways to choose `N` items | `itertools.product` | everything, at the first item |
//! | [`sliding`] | all `N` neighbours, as arrays | `more_itertools.sliding_window` | `N` items, then one for one window |
//! | [`windowed`] | windows of `n` items, every `step`, lent as slices | `more_itertools.windowed` | what a window has, when it is asked for |
//!
//! # What holds for all of them
//!
//! - **Lazy.** Building one pulls nothing and calls no closure. Each then pulls as late as it can, as the
//!   table says.
//! - **Ends stay ends** where they are [`FusedIterator`](std::iter::FusedIterator): always for the sources,
//!   groups, windows and batches, and for the other adaptors whenever what they are built on is.
//! - **`size_hint` does not lie.** What does not fit into a `usize` is reported as "at least `usize::MAX`".
//! - **As fast as by hand.** `fold`, and so `sum`, `for_each` and the like, runs the loop that one would
//!   have written. No item costs an allocation unless it is a collection itself.
//! - **`Send`, `Sync`, `Clone`** whenever their parts are.

mod accumulate;
mod accumulate_from;
mod batched;
mod batched_array;
pub mod choose;
mod count;
mod ext;
mod filterfalse;
mod groupby;
mod incomplete;
mod next_array;
mod pairwise;
mod sliding;
mod windowed;

pub use accumulate::{Accumulate, accumulate};
pub use accumulate_from::{AccumulateFrom, accumulate_from};
pub use batched::{Batched, BatchedStrict, batched};
pub use batched_array::{BatchedArray, BatchedArrayStrict, batched_array};
pub use choose::{
    CombinationSlices, CombinationWithReplacementSlices, Combinations, CombinationsWithReplacement,
    PermutationSlices, Permutations, Product, ProductSlices, combination_slices,
    combination_with_replacement_slices, combinations, combinations_with_replacement, permutation_slices,
    permutations, product, product_slices,
};
pub use count::{Count, Countable, count};
pub use ext::IterExt;
pub use filterfalse::{FilterFalse, filterfalse};
pub use groupby::{CollectGroups, FoldGroups, Group, GroupBy, groupby};
pub use incomplete::Incomplete;
pub use pairwise::{Pairwise, pairwise};
pub use sliding::{Sliding, sliding};
pub use windowed::{CollectWindows, MapWindows, Windowed, windowed};
