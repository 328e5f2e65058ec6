//! One source, several iterators that read it.
//!
//! | | who gets an item | on several threads | kept by |
//! |---|---|---|---|
//! | [`tee`] | every arm | no | a log of the arm in front, behind `raw::lent` |
//! | [`shared`] | every clone | yes | a queue for each: `turnstile` |
//! | [`serialize`] | whoever asks first | yes | nobody: `turnstile` |
//! | [`partition`] | the arm that the predicate says | no | a queue for each: `sorted_out` |
//! | [`distribute`] | each arm in turn | no | a queue for each: `sorted_out` |

mod distribute;
mod partition;
mod raw;
mod serialize;
mod shared;
mod sorted_out;
mod tee;
mod tee_hub;
mod turnstile;

pub use distribute::{Distribute, distribute};
pub use partition::{Partition, partition};
pub use serialize::{Serialize, serialize};
pub use shared::{Shared, shared};
pub use tee::{Tee, tee};
