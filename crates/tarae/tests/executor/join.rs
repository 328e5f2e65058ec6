//! `join`: both are run, once each, before it returns, whatever they do.

use crate::support::{Bomb, Count, Gate, eventually, hold, message, watched};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tarae::prelude::*;

fn fib(pool: &ThreadPool, n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let (a, b) = pool.join(|| fib(pool, n - 1), || fib(pool, n - 2));
    a + b
}

#[test]
fn work_is_split_again_and_again() {
    let n = if cfg!(miri) { 7 } else { 20 };
    watched(move || {
        for workers in 1..=4 {
            let pool = ThreadPool::new(workers).unwrap();
            assert_eq!(fib(&pool, n), if cfg!(miri) { 13 } else { 6765 });
        }
    });
}

#[test]
fn both_may_borrow_and_change_what_is_theirs() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let mut numbers = [3, 1, 2, 9, 8, 7];
        let (left, right) = numbers.split_at_mut(3);
        let (a, b) = pool.join(
            || {
                left.sort();
                left.len()
            },
            || {
                right.sort();
                right[0]
            },
        );
        assert_eq!((a, b), (3, 7));
        assert_eq!(numbers, [1, 2, 3, 7, 8, 9]);
    });
}

#[test]
fn both_run_at_once_if_there_is_an_idle_worker() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (here, there) = (Gate::default(), Gate::default());
        pool.join(
            || {
                here.open();
                there.pass();
            },
            || {
                there.open();
                here.pass();
            },
        );
    });
}

#[test]
fn what_the_first_leaves_behind_does_not_bury_the_second() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let runs = Count::default();
        let (inner, count) = (pool.clone(), runs.clone());
        let task = pool.submit(move || {
            inner.join(
                || {
                    for n in 0..10 {
                        let (count, kept) = (count.clone(), count.clone());
                        let task = inner.submit(move || count.add());
                        if n == 5 {
                            assert!(task.cancel());
                            kept.add();
                        }
                    }
                },
                || 7,
            )
        });
        assert_eq!(task.result().unwrap(), ((), 7));
        runs.reaches(10);
    });
}

#[test]
fn a_panic_comes_out_when_the_other_is_over() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for first_panics in [true, false] {
            for second_panics in [true, false] {
                let (begun, ended) = (Count::default(), Count::default());
                let run = |panics: bool, says: &'static str| {
                    begun.add();
                    if panics {
                        panic!("{says}");
                    }
                    ended.add();
                };
                let joined = catch_unwind(AssertUnwindSafe(|| {
                    pool.join(|| run(first_panics, "the first"), || run(second_panics, "the second"))
                }));
                let panics = usize::from(first_panics) + usize::from(second_panics);
                match joined {
                    Ok(_) => assert_eq!(panics, 0),
                    Err(panic) => {
                        let expected = if first_panics { "the first" } else { "the second" };
                        assert_eq!(message(&*panic), expected);
                    }
                }
                assert!(begun.get() >= 1 && ended.get() <= 2 - panics);
            }
        }
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn what_a_second_that_never_begins_has_captured_is_dropped_once() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let drops = Count::default();
        let captured = drops.on_drop();
        let joined = catch_unwind(AssertUnwindSafe(|| {
            pool.join(
                || panic!("the first"),
                move || {
                    let _captured = captured;
                },
            )
        }));
        assert!(joined.is_err());
        assert_eq!(drops.get(), 1);
    });
}

#[test]
fn results_and_their_destructors_are_the_callers() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let drops = Count::default();
        let (a, b) = pool.join(|| drops.on_drop(), || Bomb(drops.clone()));
        assert_eq!(drops.get(), 0);
        drop(a);
        assert!(catch_unwind(AssertUnwindSafe(|| drop(b))).is_err());
        assert_eq!(drops.get(), 2);
    });
}

#[test]
fn from_a_worker_of_another_pool_and_back() {
    watched(|| {
        let (one, other) = (Arc::new(ThreadPool::new(1).unwrap()), Arc::new(ThreadPool::new(1).unwrap()));
        let task = {
            let (one, other) = (one.clone(), other.clone());
            one.clone().submit(move || other.join(|| one.workers(), || 2))
        };
        assert_eq!(task.result().unwrap(), (1, 2));
        drop(one);
    });
}

#[test]
fn it_waits_its_turn_behind_what_is_queued() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        std::thread::scope(|scope| {
            let joined = scope.spawn(|| pool.join(|| 1, || 2));
            drop(held);
            assert_eq!(joined.join().unwrap(), (1, 2));
        });
    });
}

/// A stolen second that is asked to stop has a result all the same.
#[test]
fn a_second_that_looks_at_its_token_has_a_result() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let begun = Count::default();
        let (_, stopped) = pool.join(
            || eventually("the second to begin", || begun.get() == 1 || pool.workers() == 1),
            || {
                begun.add();
                CancelToken::current().is_cancelled()
            },
        );
        assert!(!stopped);
    });
}

#[test]
fn both_run_after_a_shutdown() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        pool.shutdown(Shutdown::Abort, None).unwrap();
        assert_eq!(pool.join(|| 1, || 2), (1, 2));
    });
}

#[test]
fn both_run_though_the_pool_is_shut_down_meanwhile() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let pool = ThreadPool::new(2).unwrap();
            let joined = pool.join(
                || {
                    let _ = pool.shutdown(how, std::time::Duration::ZERO);
                    pool.join(|| 1, || 2)
                },
                || 3,
            );
            assert_eq!(joined, ((1, 2), 3));
        }
    });
}
