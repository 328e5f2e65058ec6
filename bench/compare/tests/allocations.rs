//! How many allocations a generator takes, as `COMPARE.md` says.

use ::generator::{Gn, done};
use corosensei::{Coroutine, Yielder};
use futures::StreamExt;
use futures::executor::block_on;
use std::hint::black_box;
use std::pin::pin;
use tarae::prelude::*;

#[expect(dead_code, unreachable_pub, reason = "it is bench's, which needs more of it")]
#[path = "../../src/counting_allocator.rs"]
mod counting_allocator;
use counting_allocator::{CountingAllocator, allocations};

#[global_allocator]
static COUNTING: CountingAllocator = CountingAllocator;

#[fauxgen::generator(yield = u64)]
fn of_fauxgen() {
    for n in 0..10 {
        r#yield!(n);
    }
}

#[next_gen::generator(yield(u64))]
fn of_next_gen() {
    for n in 0..10 {
        yield_!(n);
    }
}

async fn of_remit(remit: remit::Remit<'_, u64>) {
    for n in 0..10 {
        remit.value(n).await;
    }
}

fn of_tarae() -> Generator<impl Yields<u64>> {
    generator!({
        for n in 0..10 {
            yield n;
        }
    })
}

/// How many allocations it takes to use up a generator of ten numbers: the least of some runs, since the test's harness and what
/// a thread does once allocate, too.
fn counted(use_up: impl Fn() -> u64) -> usize {
    let run = |_| {
        let before = allocations();
        assert_eq!(black_box(use_up()), 45);
        allocations() - before
    };
    (0..9).map(run).min().unwrap()
}

/// Steps, as whoever may stop early does.
fn stepped(items: impl Iterator<Item = u64>) -> u64 {
    let mut sum = 0;
    for n in items {
        sum += n;
    }
    sum
}

/// The only test of its program, since the count is the process's.
#[test]
fn so_many_allocations_a_generator() {
    assert_eq!(counted(|| of_tarae().sum()), 0);
    assert_eq!(counted(|| stepped(pin!(of_tarae().pinned()))), 0);
    assert_eq!(counted(|| stepped(of_tarae())), 1);
    assert_eq!(
        counted(|| {
            genawaiter::stack::let_gen_using!(numbers, |co| async move {
                for n in 0..10 {
                    co.yield_(n).await;
                }
            });
            stepped(numbers.into_iter())
        }),
        0
    );
    let by_rc = || {
        stepped(
            genawaiter::rc::Gen::new(|co| async move {
                for n in 0..10 {
                    co.yield_(n).await;
                }
            })
            .into_iter(),
        )
    };
    assert_eq!(counted(by_rc), 2);
    assert_eq!(counted(|| stepped(pin!(remit::Generator::new()).of(of_remit))), 0);
    assert_eq!(counted(|| stepped(remit::Generator::boxed(of_remit))), 1);
    assert_eq!(counted(|| stepped(pin!(of_fauxgen()))), 0);
    assert_eq!(
        counted(|| {
            next_gen::mk_gen!(let numbers = of_next_gen());
            stepped(numbers.into_iter())
        }),
        0
    );
    let with_a_token = || {
        stepped(pin!(fauxgen::r#gen!(|y: fauxgen::GeneratorToken<u64>| {
            for n in 0..10 {
                y.yield_(n).await;
            }
        })))
    };
    assert_eq!(counted(with_a_token), 1);
    // Stacks are not allocated but mapped.
    assert_eq!(
        counted(|| {
            let mut numbers = Coroutine::new(|y: &Yielder<(), u64>, ()| (0..10).for_each(|n| y.suspend(n)));
            stepped(std::iter::from_fn(|| numbers.resume(()).as_yield()))
        }),
        0
    );
    let with_a_stack = || {
        stepped(Gn::new_scoped(|mut s| {
            for n in 0..10 {
                s.yield_(n);
            }
            done!()
        }))
    };
    assert!(counted(with_a_stack) > 0);
    let by_stream = || {
        let numbers = async_stream::stream! { for n in 0..10 { yield n; } };
        block_on(async { pin!(numbers).fold(0, async |sum, n: u64| sum + n).await })
    };
    assert_eq!(counted(by_stream), 0);
}
