//! Create, take the first item, drop.
//!
//! What is measured must not be seen through: else nothing of it is left, of ours as little as of the hand-written. So
//! each row hides three things with `black_box`, and all rows the same three: how far is counted, the pointer by which
//! the item is taken, and the item.

use super::count_to;
use super::counting::Count;
use ::corosensei::stack::DefaultStack;
use ::corosensei::{Coroutine, ScopedCoroutine, Yielder};
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::pin::pin;
use tarae::prelude::*;

/// The sum of the first items of `n` counts: `n`.
macro_rules! first_items {
    ($n:expr, |$i:ident| $first:expr) => {{
        let mut sum = 0u64;
        for $i in 0..$n {
            let $i = black_box($i);
            sum = sum.wrapping_add(black_box($first));
        }
        sum
    }};
}

/// The same as in `counting`, but a type of its own: with two users in one program `next` is no longer inlined into
/// either, and each of the two benchmarks would change what the other measures.
#[inline(always)]
fn count(to: u64) -> Generator<impl Yields<u64>> {
    generator!({
        let mut at = 0;
        while at < to {
            at += 1;
            yield at;
        }
    })
}

#[inline(never)]
pub fn hand(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = Count::new(i + 5);
        black_box(&mut count).next().unwrap()
    })
}

/// What is hidden is the pointer to the generator, as above: `&mut count` would be a pointer to that pointer, and the
/// row would pay for a second one.
#[inline(never)]
pub fn pinned(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = pin!(count(i + 5).pinned());
        black_box(count.as_mut()).next().unwrap()
    })
}

#[inline(never)]
pub fn movable(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = count(i + 5);
        black_box(&mut count).next().unwrap()
    })
}

/// What creating a movable generator cannot do without: a box of the size of its body is allocated and freed. Nothing is
/// put into it, and no item is taken.
#[inline(never)]
pub fn bare_box(n: u64) -> u64 {
    fn run<B: Body>(_like: impl FnOnce() -> Generator<B>, n: u64) -> u64 {
        first_items!(n, |_i| {
            let body = black_box(Box::new(MaybeUninit::<B>::uninit()));
            drop(body);
            1
        })
    }
    run(|| count(5), n)
}

/// The hand-written one in a box of that size: a box is allocated, filled, used once and freed.
#[inline(never)]
pub fn hand_box(n: u64) -> u64 {
    struct Wide {
        count: Count,
        _as_wide_as_ours: MaybeUninit<[u64; 2]>,
    }
    first_items!(n, |i| {
        let mut wide = Box::new(Wide { count: Count::new(i + 5), _as_wide_as_ours: MaybeUninit::uninit() });
        black_box(&mut wide).count.next().unwrap()
    })
}

#[inline(never)]
pub fn hand_box_dyn(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count: Box<dyn Iterator<Item = u64>> = Box::new(Count::new(i + 5));
        black_box(&mut count).next().unwrap()
    })
}

#[inline(never)]
pub fn genawaiter_stack(n: u64) -> u64 {
    first_items!(n, |i| {
        genawaiter::stack::let_gen_using!(
            count,
            |co| async move { count_to!(i + 5, |at| co.yield_(at).await) }
        );
        black_box(&mut count.into_iter()).next().unwrap()
    })
}

#[inline(never)]
pub fn genawaiter_rc(n: u64) -> u64 {
    use genawaiter::rc::Gen;
    first_items!(n, |i| {
        let count = Gen::new(|co| async move { count_to!(i + 5, |at| co.yield_(at).await) });
        black_box(&mut count.into_iter()).next().unwrap()
    })
}

#[fauxgen::generator(yield = u64)]
fn fauxgen_count(to: u64) {
    count_to!(to, |at| r#yield!(at));
}

#[inline(never)]
pub fn fauxgen_pinned(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = pin!(fauxgen_count(i + 5));
        black_box(count.as_mut()).next().unwrap()
    })
}

#[inline(never)]
pub fn fauxgen_boxed(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = Box::pin(fauxgen_count(i + 5));
        black_box(&mut count).next().unwrap()
    })
}

#[inline(never)]
pub fn next_gen(n: u64) -> u64 {
    use next_gen::prelude::*;
    #[next_gen::generator(yield(u64))]
    fn count(to: u64) {
        count_to!(to, |at| yield_!(at));
    }
    first_items!(n, |i| {
        mk_gen!(let mut count = count(i + 5));
        black_box(count.as_mut()).next().unwrap()
    })
}

#[inline(never)]
pub fn remit_pinned(n: u64) -> u64 {
    async fn count_from(to: u64, remit: remit::Remit<'_, u64>) {
        count_to!(to, |at| remit.value(at).await);
    }
    first_items!(n, |i| {
        let count = pin!(remit::Generator::new());
        black_box(&mut count.parameterized(count_from, i + 5)).next().unwrap()
    })
}

/// A stack is mapped and unmapped, and a panic unwinds what is on it.
#[inline(never)]
pub fn corosensei(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = Coroutine::new(move |y: &Yielder<(), u64>, ()| count_to!(i + 5, |at| y.suspend(at)));
        black_box(&mut count).resume(()).as_yield().unwrap()
    })
}

/// On a stack that is there before, and to the end, so that nothing is unwound: what a pool of stacks would come to.
#[inline(never)]
pub fn corosensei_reused_stack(n: u64) -> u64 {
    let mut stack = DefaultStack::new(64 * 1024).expect("a stack can be mapped");
    first_items!(n, |_i| {
        let count = ScopedCoroutine::with_stack(&mut stack, |y: &Yielder<(), u64>, ()| {
            count_to!(1, |at| y.suspend(at));
        });
        count.scope(|mut count| {
            let first = black_box(&mut count).resume(()).as_yield().unwrap();
            assert!(black_box(&mut count).resume(()).as_return().is_some());
            first
        })
    })
}

#[inline(never)]
pub fn generator_rs(n: u64) -> u64 {
    first_items!(n, |i| {
        let mut count = ::generator::Gn::new_scoped(move |mut y| {
            count_to!(i + 5, |at| y.yield_(at));
            ::generator::done!()
        });
        black_box(&mut count).next().unwrap()
    })
}
