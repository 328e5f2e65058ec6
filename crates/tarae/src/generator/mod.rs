//! Generators and coroutines: bodies that `yield`.
//!
//! A **generator** hands out items and is an [`Iterator`]. A **coroutine** is also sent values: each `yield` evaluates
//! to what the caller sends next. Both run only while somebody asks for the next item, on that caller's thread.
//! [The guide](crate::guide::generators) explains them step by step.
//!
//! ```
//! use tarae::prelude::*;
//!
//! // A generator: lazy, here endless.
//! let squares = generator!({
//!     let mut n = 0u64;
//!     loop {
//!         n += 1;
//!         yield n * n;
//!     }
//! });
//! assert_eq!(squares.take(4).collect::<Vec<_>>(), [1, 4, 9, 16]);
//!
//! // A coroutine: it talks both ways, and returns a value.
//! let mut total = coroutine!(|start: i32| {
//!     let mut sum = start;
//!     while sum < 100 {
//!         sum += yield sum;
//!     }
//!     format!("{sum} is enough")
//! })(5);
//! assert_eq!(total.start(), Step::Yield(5));
//! assert_eq!(total.send(20), Step::Yield(25));
//! assert_eq!(total.send(80), Step::Return("105 is enough".to_string()));
//! ```
//!
//! # Who runs when
//!
//! ```text
//!            start / next                 yield                  the body's end, or a panic
//! Created ───────────────▶ Running ─────────────────▶ Suspended ──────────┐
//!    │                        ▲                           │               ▼
//!    │                        └────────── next / send ────┤            Closed
//!    └──────────────────────────────────────────── close ─┴──────────────▶
//! ```
//!
//! # Which form costs what
//!
//! | form | where the body lives | an item | made and dropped |
//! |---|---|---|---|
//! | `for x in generator`, and all that asks by [`next`](Iterator::next) | in a box, made by the first item | a few loads and stores | one allocation |
//! | `generator.sum()`, and all that [folds](Iterator::fold) | on the stack of that call | the hand-written loop | nothing |
//! | `pin!(generator.pinned())` | on your stack | the hand-written loop | nothing |
//! | [`generator.boxed()`](Generator::boxed) | in a box, made now | a call through a table | one allocation |
//! | [`yield_from!`](crate::yield_from!) | in a node of the outermost generator | the same at any depth | one node, used again |
//!
//! What [`from_fn`] makes can be driven in each of these ways; its items cost a little more, since the handle is checked.
//!
//! `sum`, `product`, `count`, `for_each`, `last`, `fold` and what [`map`](Iterator::map), [`filter`](Iterator::filter) or
//! [`chain`](Iterator::chain) hand on to them fold. `for`, `collect` into a `Vec`, `max`, `find`, `take`, `zip` ask by `next`.
//!
//! # Errors, panics and ends
//!
//! - A panic in a body reaches whoever resumed it; the generator is Closed then, and its locals have been dropped.
//! - After its end a generator yields `None` for ever; [`send`](Coroutine::send) panics and
//!   [`try_send`](Coroutine::try_send) gives the value back.
//! - A body that awaits a future which is not ready panics: only a yield can suspend it.
//! - A generator cannot be resumed from inside itself: that needs a second `&mut`. Behind a
//!   [`Shared`] handle it is an error value, and the generator goes on.

mod boxed;
mod coroutine;
mod from_fn;
mod generator;
mod macros;
mod pinned;
#[allow(unsafe_code)]
mod raw;
mod shared;
mod state;

pub use boxed::{BoxCoroutine, BoxGenerator, LocalBoxCoroutine, LocalBoxGenerator};
pub use coroutine::{Coroutine, SendError};
#[doc(hidden)]
pub use from_fn::coroutine_from_fn;
pub use from_fn::from_fn;
pub use generator::Generator;
pub use raw::body::Body;
pub use raw::handle::{Yield, Yielder};
pub use raw::pinned::Pinned;
pub use shared::{AlreadyRunning, Shared};
pub use state::{State, Step};

/// The body of a generator that is only iterated over: sent nothing, and returning nothing.
///
/// For return types: a function that returns `Generator<impl Yields<i32>>` can be delegated to in O(1), and may call
/// itself. Where only iteration matters, `impl Iterator<Item = i32>` says enough.
///
/// ```
/// use tarae::prelude::*;
///
/// fn countdown(n: u32) -> Generator<impl Yields<u32>> {
///     generator!({
///         yield n;
///         if n > 0 {
///             yield_from!(countdown(n - 1));
///         }
///     })
/// }
/// assert_eq!(countdown(3).collect::<Vec<_>>(), [3, 2, 1, 0]);
/// ```
pub trait Yields<Y>: Body<Yield = Y, Sent = (), Output = ()> {}

impl<Y, B: Body<Yield = Y, Sent = (), Output = ()>> Yields<Y> for B {}

/// What the macros expand to. Not part of the public interface.
#[doc(hidden)]
pub mod expansion {
    pub use super::raw::delegate::{DelegateCoroutine, Source};
    pub use super::raw::expansion::Expansion;
    pub use super::raw::items::DelegateItems;
}
