//! A generator that delegates to one that delegates to one that ... counts. What must not depend on: how deep.

use super::{sum, sum_by_fold};
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
pub fn boxed(depth: u64, n: u64) -> u64 {
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

#[inline(never)]
pub fn genawaiter_rc(depth: u64, n: u64) -> Box<dyn Iterator<Item = u64>> {
    use genawaiter::rc::Gen;
    if depth == 0 {
        return Box::new(
            Gen::new(|co| async move {
                let mut at = 0;
                while at < n {
                    at += 1;
                    co.yield_(at).await;
                }
            })
            .into_iter(),
        );
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
