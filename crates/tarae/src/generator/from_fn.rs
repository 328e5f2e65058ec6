//! The macro-free forms: async closures that are given a handle.

use super::Generator;
use super::raw::body::HandleBody;
use super::raw::handle::{Yielder, with_handle};
use core::future::Future;

/// A generator from an async closure, without a macro.
///
/// ```
/// use tarae::generator;
///
/// let squares = generator::from_fn(async |mut y| {
///     for n in 1..4u32 {
///         y.yield_(n * n).await;
///     }
/// });
/// assert_eq!(squares.collect::<Vec<_>>(), [1, 4, 9]);
/// ```
///
/// The handle may be passed to other async functions, by `&mut`. It works only in the body it was made for, which is
/// checked when it yields: see [`Yielder::yield_`]. To hand on what another generator yields, loop over it; delegation
/// at the same cost at any depth is [`yield_from!`](crate::yield_from!)'s.
///
/// # Cost
/// As for [`generator!`](crate::generator!) where it is pinned or folded, and some 20 instructions an item more where
/// it is stepped by `next` unpinned. Creation takes one atomic increment.
#[inline(always)]
pub fn from_fn<Y, F, Fut>(body: F) -> Generator<HandleBody<Fut, Y, ()>>
where
    F: FnOnce(Yielder<Y>) -> Fut,
    Fut: Future,
{
    with_handle(body)
}

/// A coroutine from an async closure, without a macro: `yield_` evaluates to what is sent.
///
/// ```
/// use tarae::prelude::*;
///
/// let mut adder = tarae::coroutine::from_fn(async |mut y| {
///     let a: i32 = y.yield_("first?").await;
///     let b: i32 = y.yield_("second?").await;
///     a + b
/// });
/// assert_eq!(adder.start(), Step::Yield("first?"));
/// assert_eq!(adder.send(1), Step::Yield("second?"));
/// assert_eq!(adder.send(2), Step::Return(3));
/// ```
///
/// The rest is as for [`generator::from_fn`](crate::generator::from_fn).
#[inline(always)]
pub fn coroutine_from_fn<Y, S, F, Fut>(body: F) -> Generator<HandleBody<Fut, Y, S>>
where
    F: FnOnce(Yielder<Y, S>) -> Fut,
    Fut: Future,
{
    with_handle(body)
}
