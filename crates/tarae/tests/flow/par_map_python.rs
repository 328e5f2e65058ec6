//! What Python's `Executor.map` does, by the numbers of CPython's behaviours; F55 is in `par_map_timeout.rs`.

use std::sync::{Arc, Mutex, Weak};

use crate::support::{self, Count, eventually, watched};
use tarae::prelude::*;

#[test]
fn f53_it_equals_the_plain_map_and_stops_at_the_shortest_whatever_the_chunks() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let power = |(base, exponent): (u64, u32)| base.pow(exponent);
        let plain: Vec<u64> = (0..10).zip(0..7).map(power).collect();
        for chunk in [1, 3, 100] {
            assert!((0..10).zip(0..7).par_map(&pool, power).batch(chunk).eq(plain.iter().copied()));
        }
        assert!((0..10).zip(0..7).par_map(&pool, power).eq(plain.iter().copied()));
    });
}

#[test]
fn f54_the_third_of_four_fails_in_its_place() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let divmod =
            |(a, b): (u32, u32)| a.checked_div(b).map(|quotient| (quotient, a % b)).ok_or("division by zero");
        let mut results = [1, 1, 1, 1].into_iter().zip([2, 3, 0, 5]).par_map(&pool, divmod);
        assert_eq!(results.next(), Some(Ok((0, 1))));
        assert_eq!(results.next(), Some(Ok((0, 1))));
        assert_eq!(results.next(), Some(Err("division by zero")));
        // DIFFERENCE: a generator is over after an exception, an iterator goes on.
        assert_eq!(results.next(), Some(Ok((0, 1))));
        assert_eq!(results.next(), None);
    });
}

#[test]
fn f55_dropping_the_iterator_cancels_what_has_not_begun() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let runs = Count::default();
        let count = runs.clone();
        let mut map = (0..50).par_map(&pool, move |_| count.add()).batch(1).buffer(4);
        map.next();
        let held = support::hold(&pool, 1);
        let ran = runs.get();
        drop(map);
        held.release();
        assert_eq!(runs.get(), ran);
    });
}

#[test]
fn f56_nothing_runs_unless_it_is_iterated_over() {
    watched(|| {
        // DIFFERENCE: Python's map has submitted every call when it returns.
        let pool = ThreadPool::new(1).unwrap();
        let runs = Count::default();
        let count = runs.clone();
        let map = (0..10).par_map(&pool, move |_| count.add());
        pool.submit(|| ()).result().unwrap();
        drop(map);
        drop(pool);
        assert_eq!(runs.get(), 0);
    });
}

#[test]
fn f57_nothing_of_an_argument_a_result_or_the_function_is_kept_after_use() {
    watched(|| {
        for as_completed in [false, true] {
            let pool = ThreadPool::new(1).unwrap();
            let arguments: Arc<Mutex<Vec<Weak<u32>>>> = Arc::default();
            let function = Arc::new(());
            let weak_function = Arc::downgrade(&function);
            let seen = arguments.clone();
            let source =
                (0..10u32).map(Arc::new).inspect(move |item| seen.lock().unwrap().push(Arc::downgrade(item)));
            let map = source.par_map(&pool, move |item: Arc<u32>| {
                let _function = &function;
                Arc::new(*item + 1)
            });
            let map = map.batch(1).buffer(3);
            let mut map = if as_completed { map.as_completed() } else { map };
            for n in 1..=10 {
                let result = map.next().unwrap();
                assert_eq!(*result, n);
                assert_eq!(Arc::strong_count(&result), 1, "the iterator has no reference to what it gave");
                let argument = arguments.lock().unwrap()[n as usize - 1].clone();
                assert!(argument.upgrade().is_none(), "nor has anybody to its argument");
            }
            assert!(map.next().is_none());
            drop(map);
            eventually("the worker's last reference", || weak_function.upgrade().is_none());
        }
    });
}
