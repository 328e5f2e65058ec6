//! Ways to choose: products, combinations and permutations, as arrays or as slices that are lent.
//!
//! | of A, B, C choose two: | | how many of `n`, `k` at a time |
//! |---|---|---|
//! | [`product`](super::product()) | AA AB AC BA BB BC CA CB CC | `n` to the power of `k` |
//! | [`permutations`](super::permutations) | AB AC BA BC CA CB | `n! / (n - k)!` |
//! | [`combinations`](super::combinations) | AB AC BC | `n! / (k! * (n - k)!)` |
//! | [`combinations_with_replacement`](super::combinations_with_replacement) | AA AB AC BB BC CC | `(n + k - 1)! / (k! * (n - 1)!)` |
//!
//! How many are chosen is known when compiling, and each choice is an array: [`Arrays`], an iterator. Or it is known when the program
//! runs, and each choice is lent as a slice: [`Slices`]. Neither allocates for a choice.
//!
//! Choices are numbered, from 0 on, in the order in which they come. Both can tell how many are left, jump to one by its number, and
//! be cut into ranges that several workers can take on:
//!
//! ```
//! use std::num::NonZeroUsize;
//! use tarae::iter::combinations;
//! use tarae::prelude::*;
//!
//! // In how many ways do three numbers up to 60 sum to a prime?
//! fn is_prime(n: u32) -> bool {
//!     n > 1 && (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0)
//! }
//!
//! let pool = ThreadPool::new(2)?;
//! let parts = combinations(1u32..=60).split(NonZeroUsize::new(8).unwrap());
//! let counts = parts.par_map(&pool, |part| part.filter(|[a, b, c]| is_prime(a + b + c)).count());
//! assert_eq!(counts.sum::<usize>(), 7_172);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Python's names are the functions of [`iter`](super); this module has the types.

mod arrays;
mod ascending;
mod combinations;
mod combinations_with_replacement;
mod counts;
mod order;
mod permutations;
mod places;
mod product;
mod slices;
mod split;
mod stretch;
mod walk;

pub use arrays::Arrays;
pub use ascending::AscendingOrder;
pub use combinations::{CombinationOrder, CombinationSlices, Combinations, combination_slices, combinations};
pub use combinations_with_replacement::{
    CombinationWithReplacementSlices, CombinationsWithReplacement, ReplacementOrder,
    combination_with_replacement_slices, combinations_with_replacement,
};
pub use order::Order;
pub use permutations::{PermutationOrder, PermutationSlices, Permutations, permutation_slices, permutations};
pub use product::{Product, ProductOrder, ProductSlices, product, product_slices};
pub use slices::{MapSlices, Slices};
pub use split::Split;
