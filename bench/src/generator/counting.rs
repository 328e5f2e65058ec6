//! The least that a generator can do: count. What an item costs here is what generators cost.

use super::{count_to, sum, sum_by_fold};
use std::hint::black_box;
use std::pin::pin;
use tarae::prelude::*;

/// `1..=to`, by hand.
pub struct Count {
    at: u64,
    to: u64,
}

impl Count {
    #[inline]
    pub fn new(to: u64) -> Self {
        Count { at: 0, to }
    }
}

impl Iterator for Count {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        if self.at == self.to {
            return None;
        }
        self.at += 1;
        Some(self.at)
    }
}

/// `1..=to`, by a generator.
#[inline(always)]
pub fn count(to: u64) -> Generator<impl Yields<u64>> {
    generator!({
        let mut at = 0;
        while at < to {
            at += 1;
            yield at;
        }
    })
}

/// The same without a macro.
macro_rules! count_by_handle {
    ($to:expr) => {{
        let to = $to;
        tarae::generator::from_fn(async move |mut y| {
            let mut at = 0u64;
            while at < to {
                at += 1;
                y.yield_(at).await;
            }
        })
    }};
}

#[inline(never)]
pub fn hand(n: u64) -> u64 {
    sum!(Count::new(n))
}

#[inline(never)]
pub fn hand_fold(n: u64) -> u64 {
    sum_by_fold!(Count::new(n))
}

/// What a movable generator is compared with: an iterator whose type nobody knows.
#[inline(never)]
pub fn hand_box_dyn(n: u64) -> u64 {
    let count: Box<dyn Iterator<Item = u64>> = black_box(Box::new(Count::new(n)));
    sum!(count)
}

#[inline(never)]
pub fn fold(n: u64) -> u64 {
    sum_by_fold!(count(n))
}

#[inline(never)]
pub fn pinned(n: u64) -> u64 {
    sum!(pin!(count(n).pinned()))
}

#[inline(never)]
pub fn movable(n: u64) -> u64 {
    sum!(count(n))
}

/// Behind a type that hides its own.
#[inline(never)]
pub fn boxed(n: u64) -> u64 {
    sum!(black_box(count(n).boxed()))
}

#[inline(never)]
pub fn handle_fold(n: u64) -> u64 {
    sum_by_fold!(count_by_handle!(n))
}

#[inline(never)]
pub fn handle_pinned(n: u64) -> u64 {
    sum!(pin!(count_by_handle!(n).pinned()))
}

#[inline(never)]
pub fn handle_movable(n: u64) -> u64 {
    sum!(count_by_handle!(n))
}

#[inline(never)]
pub fn genawaiter_stack(n: u64) -> u64 {
    genawaiter::stack::let_gen_using!(count, |co| async move { count_to!(n, |at| co.yield_(at).await) });
    sum!(count)
}

#[inline(never)]
pub fn genawaiter_rc(n: u64) -> u64 {
    sum!(genawaiter::rc::Gen::new(|co| async move { count_to!(n, |at| co.yield_(at).await) }))
}

#[inline(never)]
pub fn corosensei(n: u64) -> u64 {
    use corosensei::{Coroutine, Yielder};
    let mut count = Coroutine::new(move |y: &Yielder<(), u64>, ()| count_to!(n, |at| y.suspend(at)));
    sum!(std::iter::from_fn(|| count.resume(()).as_yield()))
}

#[inline(never)]
pub fn next_gen(n: u64) -> u64 {
    use next_gen::prelude::*;
    #[next_gen::generator(yield(u64))]
    fn count(n: u64) {
        count_to!(n, |at| yield_!(at))
    }
    mk_gen!(let count = count(n));
    sum!(count)
}

#[inline(never)]
pub fn remit_pinned(n: u64) -> u64 {
    async fn count(n: u64, remit: remit::Remit<'_, u64>) {
        count_to!(n, |at| remit.value(at).await)
    }
    sum!(pin!(remit::Generator::new()).parameterized(count, n))
}

#[inline(never)]
pub fn fauxgen_pinned(n: u64) -> u64 {
    #[fauxgen::generator(yield = u64)]
    fn count(n: u64) {
        count_to!(n, |at| r#yield!(at))
    }
    sum!(pin!(count(n)))
}

#[inline(never)]
pub fn generator_rs(n: u64) -> u64 {
    sum!(::generator::Gn::new_scoped(move |mut y| {
        count_to!(n, |at| y.yield_(at));
        ::generator::done!()
    }))
}
