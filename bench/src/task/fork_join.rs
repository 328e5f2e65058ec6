//! fib(n) by a fork at each step: as many tasks as there are sums, and almost nothing in each.

use super::{Program, Rows};
use std::hint::black_box;
use std::num::NonZeroUsize;
use tarae::prelude::*;

pub const ROWS: Rows = &[
    ("hand", hand),
    ("ours_join", ours_join),
    ("ours_submit", ours_submit),
    ("rayon_join", rayon_join),
    ("rayon_scope", rayon_scope),
    ("chili", chili),
];

/// How often fib(n) forks.
pub fn forks(n: u64) -> u64 {
    if n < 2 { 0 } else { 1 + forks(n - 1) + forks(n - 2) }
}

/// Without a fork: what the sums themselves cost.
fn hand(_workers: usize) -> Program {
    fn fib(n: u64) -> u64 {
        if black_box(n) < 2 { n } else { fib(n - 1) + fib(n - 2) }
    }
    Box::new(fib)
}

fn ours_join(workers: usize) -> Program {
    fn fib(pool: &ThreadPool, n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let (first, second) = pool.join(|| fib(pool, n - 1), || fib(pool, n - 2));
        first + second
    }
    let pool = ThreadPool::new(workers).unwrap();
    Box::new(move |n| {
        // Begun on a worker, as rayon's `install` does it.
        let ((), sum) = pool.join(|| (), || fib(&pool, n));
        sum
    })
}

/// One half is submitted, the other is done meanwhile. The pool stays for good: its jobs refer to it.
fn ours_submit(workers: usize) -> Program {
    fn fib(pool: &'static ThreadPool, n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let first = pool.submit(move || fib(pool, n - 1));
        let second = fib(pool, n - 2);
        first.result().unwrap() + second
    }
    let pool: &'static ThreadPool = Box::leak(Box::new(ThreadPool::new(workers).unwrap()));
    Box::new(move |n| pool.submit(move || fib(pool, n)).result().unwrap())
}

fn rayon_pool(workers: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap()
}

fn rayon_join(workers: usize) -> Program {
    fn fib(n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let (first, second) = rayon::join(|| fib(n - 1), || fib(n - 2));
        first + second
    }
    let pool = rayon_pool(workers);
    Box::new(move |n| pool.install(|| fib(n)))
}

fn rayon_scope(workers: usize) -> Program {
    fn fib(n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let (mut first, mut second) = (0, 0);
        rayon::scope(|scope| {
            scope.spawn(|_| first = fib(n - 1));
            second = fib(n - 2);
        });
        first + second
    }
    let pool = rayon_pool(workers);
    Box::new(move |n| pool.install(|| fib(n)))
}

/// The caller is one of the workers; there is always one more.
fn chili(workers: usize) -> Program {
    fn fib(scope: &mut chili::Scope<'_>, n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let (first, second) = scope.join(|scope| fib(scope, n - 1), |scope| fib(scope, n - 2));
        first + second
    }
    let others = NonZeroUsize::new(workers - 1).unwrap_or(NonZeroUsize::MIN);
    let pool =
        chili::ThreadPool::with_config(chili::Config { thread_count: Some(others), ..Default::default() });
    Box::new(move |n| fib(&mut pool.scope(), n))
}
