//! A generator that delegates to one that delegates to one that ... counts. What must not depend on: how deep.

use super::counting::Count;
use super::{count_to, sum, sum_by_fold};
use std::hint::black_box;
use tarae::prelude::*;

/// Counts to `n` behind `depth` delegations.
pub fn chain(depth: u64, n: u64) -> Generator<impl Yields<u64>> {
    generator!({
        if depth > 0 {
            yield_from!(chain(depth - 1, n));
        } else {
            let mut at = 0;
            while at < n {
                at += 1;
                yield at;
            }
        }
    })
}

#[inline(never)]
pub fn fold(depth: u64, n: u64) -> u64 {
    sum_by_fold!(chain(depth, n))
}

#[inline(never)]
pub fn movable(depth: u64, n: u64) -> u64 {
    sum!(chain(depth, n))
}

/// A chain that has been built, so that its items can be timed without its making.
///
/// The answer of each step is the sum of the items that it took.
#[inline(never)]
pub fn step(chain: &mut impl Iterator<Item = u64>, items: u64) -> u64 {
    let mut sum = 0u64;
    for _ in 0..items {
        sum = sum.wrapping_add(black_box(chain.next().unwrap()));
    }
    sum
}

/// A peer's chain: the loop at each level is its delegation.
#[inline(never)]
pub fn genawaiter_rc(depth: u64, n: u64) -> Box<dyn Iterator<Item = u64>> {
    use genawaiter::rc::Gen;
    if depth == 0 {
        return Box::new(Gen::new(|co| async move { count_to!(n, |at| co.yield_(at).await) }).into_iter());
    }
    Box::new(
        Gen::new(|co| async move {
            for item in genawaiter_rc(depth - 1, n) {
                co.yield_(item).await;
            }
        })
        .into_iter(),
    )
}

/// One generator, whose handle is passed down: what delegates is `await`.
#[inline(never)]
pub fn genawaiter_co(depth: u64, n: u64) -> impl Iterator<Item = u64> {
    use genawaiter::rc::{Co, Gen};
    async fn chain(co: &Co<u64>, depth: u64, n: u64) {
        if depth > 0 {
            Box::pin(chain(co, depth - 1, n)).await;
        } else {
            count_to!(n, |at| co.yield_(at).await)
        }
    }
    Gen::new(move |co| async move { chain(&co, depth, n).await }).into_iter()
}

#[inline(never)]
pub fn fauxgen(depth: u64, n: u64) -> Box<dyn Iterator<Item = u64>> {
    #[fauxgen::generator(yield = u64)]
    fn chain(depth: u64, n: u64) {
        if depth > 0 {
            for item in fauxgen(depth - 1, n) {
                r#yield!(item);
            }
        } else {
            count_to!(n, |at| r#yield!(at))
        }
    }
    Box::new(Box::pin(chain(depth, n)))
}

/// Boxes in boxes, without generators.
#[inline(never)]
pub fn box_dyn(depth: u64, n: u64) -> Box<dyn Iterator<Item = u64>> {
    if depth > 0 { Box::new(box_dyn(depth - 1, n)) } else { Box::new(Count::new(n)) }
}

/// Native calls on a stack of its own.
#[inline(never)]
pub fn corosensei(depth: u64, n: u64) -> impl Iterator<Item = u64> {
    use corosensei::{Coroutine, Yielder};
    fn chain(y: &Yielder<(), u64>, depth: u64, n: u64) {
        if depth > 0 {
            chain(y, depth - 1, n);
            black_box(()); // so that the call above is one, and not a jump
        } else {
            count_to!(n, |at| y.suspend(at))
        }
    }
    let mut chain = Coroutine::new(move |y: &Yielder<(), u64>, ()| chain(y, depth, n));
    std::iter::from_fn(move || chain.resume(()).as_yield())
}
