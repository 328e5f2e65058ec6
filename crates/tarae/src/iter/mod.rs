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
//! | [`combinations`] | all ways to choose `N` items; as slices: [`combination_slices`] | `itertools.combinations` | everything, at the first item |
//! | [`combinations_with_replacement`] | the same, each as often as wanted; as slices: [`combination_with_replacement_slices`] | `itertools.combinations_with_replacement` | everything, at the first item |
//! | [`compress`] | items whose selector is true | `itertools.compress` | up to the next that is selected |
//! | [`count`] | `start`, `start + step`, ..: integers, floats, durations | `itertools.count` | has none |
//! | [`distribute`] | `N` iterators, to which the items go in turn | `more_itertools.distribute` | up to the next for the arm that is asked |
//! | [`divide`] | `n` parts, equally long but for one | `more_itertools.divide` | everything, at the first part |
//! | [`filterfalse`] | what a predicate refuses | `itertools.filterfalse` | up to the next that it refuses |
//! | [`groupby`] | runs of items with one key | `itertools.groupby` | up to the first item of the next run |
//! | [`iter_until`] | what a function gives, up to a sentinel | `iter(f, sentinel)` | has none |
//! | [`pairwise`] | each item with the one after it | `itertools.pairwise` | two items, then one for one pair |
//! | [`partition`] | what a predicate accepts, and the rest | `more_itertools.partition` | up to the next for the side that is asked |
//! | [`permutations`] | all ways to arrange `N` items; as slices: [`permutation_slices`] | `itertools.permutations` | everything, at the first item |
//! | [`product`] | all ways to choose `N` items, one after another; as slices: [`product_slices`] | `itertools.product` | everything, at the first item |
//! | [`on_progress`], [`on_progress_by`] | the same items; says now and then how many have come out | `tqdm` | one for one |
//! | [`roundrobin`] | one item of each in turn | `roundrobin` (recipe) | one item for one |
//! | [`seekable`] | items, with a way back | `more_itertools.seekable` | one item for one, once |
//! | [`serialize`] | the same iterator for several threads: each item to one | `more_itertools.serialize` | one item for one |
//! | [`shared`](shared()) | readers of the same items, on several threads | `more_itertools.concurrent_tee` | one item for one, by the reader in front |
//! | [`sliding`] | all `N` neighbours, as arrays | `more_itertools.sliding_window` | `N` items, then one for one window |
//! | [`split_after`] | lists that end with the items chosen | `more_itertools.split_after` | up to the end of the list |
//! | [`split_at`] | lists between the items chosen | `more_itertools.split_at` | up to the item that ends the list |
//! | [`split_before`] | lists that begin with the items chosen | `more_itertools.split_before` | up to the first item of the next list |
//! | [`split_when`] | lists, cut between two neighbours | `more_itertools.split_when` | up to the first item of the next list |
//! | [`tee`](tee()) | `N` iterators over the same items | `itertools.tee` | one item for one, by the arm in front |
//! | [`throttle`](IterExt::throttle) | items at a limited rate | | one item for one |
//! | [`time_limited`] | items until the time is up | `more_itertools.time_limited` | one item for one |
//! | [`windowed`] | windows of `n` items, every `step`, lent as slices | `more_itertools.windowed` | what a window has, when it is asked for |
//! | [`zip_strict`] | pairs, and an error if one is longer | `zip(.., strict=True)` | one item of each for one |
//!
//! # What holds for all of them
//!
//! - **Lazy.** Building one pulls nothing and calls no closure. Each then pulls as late as it can, as the
//!   table says.
//! - **Ends stay ends**, whatever the source does: [`FusedIterator`](std::iter::FusedIterator). Only [`accumulate`],
//!   [`accumulate_from`] and [`filterfalse`] are as their source is.
//! - **`size_hint` does not lie.** What does not fit into a `usize` is reported as "at least `usize::MAX`".
//! - **As fast as by hand.** `fold`, and so `sum`, `for_each` and the like, runs the loop that one would
//!   have written. No item costs an allocation unless it is a collection itself.
//! - **`Send`, `Sync`, `Clone`** whenever their parts are. Only [`tee`](tee()), [`partition`] and [`distribute`] stay on their
//!   thread, and arms that are sorted out are not cloned; [`shared`](shared()) and [`serialize`] are for several threads.
//! - **What cannot be kept is lent.** A group, a window, a choice as a slice lasts until the next one is asked for: to use it
//!   longer is a compile error.

mod accumulate;
mod accumulate_from;
mod arms;
mod batched;
mod batched_array;
pub mod choose;
mod compress;
mod count;
mod divide;
mod ext;
mod filterfalse;
mod groupby;
mod incomplete;
mod iter_until;
mod next_array;
mod pairwise;
mod progress;
mod roundrobin;
mod seekable;
mod sliding;
mod split;
mod throttle;
mod time_limited;
mod windowed;
mod zip_strict;

pub use accumulate::{Accumulate, accumulate};
pub use accumulate_from::{AccumulateFrom, accumulate_from};
pub use arms::{
    Distribute, Partition, Serialize, Shared, Tee, distribute, partition, serialize, shared, tee,
};
pub use batched::{Batched, BatchedStrict, batched};
pub use batched_array::{BatchedArray, BatchedArrayStrict, batched_array};
pub use choose::{
    CombinationSlices, CombinationWithReplacementSlices, Combinations, CombinationsWithReplacement,
    PermutationSlices, Permutations, Product, ProductSlices, combination_slices,
    combination_with_replacement_slices, combinations, combinations_with_replacement, permutation_slices,
    permutations, product, product_slices,
};
pub use compress::{Compress, compress};
pub use count::{Count, Countable, count};
pub use divide::{Divide, divide};
pub use ext::IterExt;
pub use filterfalse::{FilterFalse, filterfalse};
pub use groupby::{CollectGroups, FoldGroups, Group, GroupBy, groupby};
pub use incomplete::Incomplete;
pub use iter_until::{IterUntil, iter_until};
pub use pairwise::{Pairwise, pairwise};
pub use progress::{Failing, NoneFails, Progress, Progressing, on_progress, on_progress_by};
pub use roundrobin::{RoundRobin, roundrobin};
pub use seekable::{Seekable, seekable};
pub use sliding::{Sliding, sliding};
pub use split::{
    SplitAfter, SplitAt, SplitBefore, SplitWhen, split_after, split_at, split_before, split_when,
};
pub use throttle::{Rate, Throttle};
pub use time_limited::{TimeLimited, time_limited};
pub use windowed::{CollectWindows, MapWindows, Windowed, windowed};
pub use zip_strict::{Uneven, ZipStrict, zip_strict};
