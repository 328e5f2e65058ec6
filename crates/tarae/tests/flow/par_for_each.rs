//! `par_for_each`, and what stops at the first error in order: `try_par_for_each`, `collect`, `try_fold`.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::support::{self, Count, Gate, watched};
use tarae::prelude::*;

#[test]
fn each_item_is_run_once() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let n = if cfg!(miri) { 50 } else { 5_000 };
        let (runs, sum) = (Count::default(), std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0)));
        let (count, total) = (runs.clone(), sum.clone());
        (0..n).par_for_each(&pool, move |n| {
            count.add();
            total.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
        });
        assert_eq!(runs.get() as u64, n);
        assert_eq!(sum.load(std::sync::atomic::Ordering::Relaxed), n * (n - 1) / 2);
        std::iter::empty::<u32>().par_for_each(&pool, |_| unreachable!("no item"));
        let mut seen = Cell::new(0);
        (0..3).inspect(|_| seen.set(seen.get() + 1)).par_for_each(Inline, |_: i32| ());
        assert_eq!(*seen.get_mut(), 3);
    });
}

#[test]
fn a_panic_goes_on_here_and_ends_it() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let runs = Count::default();
        let count = runs.clone();
        let work = move |n: u32| {
            count.add();
            assert!(n != 0, "number {n}");
        };
        let panic = catch_unwind(AssertUnwindSafe(|| (0..).par_for_each(&pool, work))).unwrap_err();
        assert_eq!(support::message(&*panic), "number 0");
        drop(pool);
        assert!(runs.get() < 100_000, "what was pulled ahead, at most");
    });
}

/// The tenth item fails, and later ones sooner: the error is the tenth's.
fn fails_at_ten(gate: Gate) -> impl Fn(u32) -> Result<u32, String> + Send + Sync + 'static {
    move |n| match n {
        10 => {
            gate.pass();
            Err("ten".to_owned())
        }
        11 => {
            gate.open();
            Err("eleven".to_owned())
        }
        n => Ok(n),
    }
}

#[test]
fn the_error_is_the_first_in_order_whichever_is_found_first() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let collected: Result<Vec<u32>, String> =
            (0..).par_map(&pool, fails_at_ten(Gate::default())).batch(1).collect();
        assert_eq!(collected, Err("ten".to_owned()));

        let folded = (0..)
            .par_map(&pool, fails_at_ten(Gate::default()))
            .batch(1)
            .try_fold(0, |sum, n| Ok::<_, String>(sum + n?));
        assert_eq!(folded, Err("ten".to_owned()));

        let fails = |n: u32| if n >= 10 { Err(n) } else { Ok(()) };
        assert_eq!((0..).try_par_for_each(&pool, fails), Err(10));
        assert_eq!((0..10).try_par_for_each(&pool, fails), Ok(()));
        assert_eq!((0..).try_par_for_each(Inline, fails), Err(10));
    });
}

#[test]
fn nothing_is_pulled_after_the_error_and_what_was_pulled_ahead_is_bounded() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for buffer in [1, 4, 30] {
            let (pulled, runs) = (Cell::new(0), Count::default());
            let count = runs.clone();
            let source = (0u32..).inspect(|_| pulled.set(pulled.get() + 1));
            let map = source.par_map(&pool, move |n| {
                count.add();
                if n == 20 { Err(n) } else { Ok(n) }
            });
            let collected: Result<Vec<u32>, u32> = map.buffer(buffer).collect();
            assert_eq!(collected, Err(20));
            assert!((21..=20 + buffer).contains(&pulled.get()), "{buffer}: {}", pulled.get());
            assert!(runs.get() <= pulled.get());
        }
        // Where all is run at once, nothing is pulled ahead of the error.
        let pulled = Cell::new(0);
        let source = (0u32..).inspect(|_| pulled.set(pulled.get() + 1));
        assert_eq!(source.try_par_for_each(Inline, |n| if n == 3 { Err(n) } else { Ok(()) }), Err(3));
        assert!((4..=8).contains(&pulled.get()), "{}", pulled.get());
    });
}

#[test]
fn a_panic_before_the_error_goes_first() {
    let run = |n: u32| match n {
        2 => panic!("two"),
        3 => Err(3),
        _ => Ok(()),
    };
    let panic = catch_unwind(AssertUnwindSafe(|| (0..9).try_par_for_each(Inline, run))).unwrap_err();
    assert_eq!(support::message(&*panic), "two");
    assert_eq!((3..9).try_par_for_each(Inline, run), Err(3));
}
