//! How a `par_map` cuts its source into jobs, and what becomes of those when it is dropped.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;
use tarae::executor::Ticket;
use tarae::prelude::*;

/// Counts the jobs it passes on.
struct Counting<'a> {
    pool: &'a ThreadPool,
    jobs: &'a AtomicUsize,
}

impl<J: Job + 'static> Executor<J> for Counting<'_> {
    fn execute(&self, ticket: Ticket<J>) {
        self.jobs.fetch_add(1, Ordering::Relaxed);
        self.pool.execute(ticket);
    }

    fn parallelism(&self) -> NonZeroUsize {
        NonZeroUsize::MIN.saturating_add(1)
    }
}

#[test]
fn batches_have_exactly_the_size_that_was_asked_for() {
    let pool = ThreadPool::new(2).unwrap();
    for (items, batch, expected) in [(100, 10, 10), (101, 10, 11), (5, 10, 1), (0, 10, 0), (7, 1, 7)] {
        let jobs = AtomicUsize::new(0);
        let executor = Counting { pool: &pool, jobs: &jobs };
        // A source so slow that a result is ready before the next batch is full.
        let source = (0..items).inspect(|_| {
            pool.submit(|| ()).result().unwrap();
        });
        let squares: Vec<u64> = source.par_map(&executor, |n: u64| n * n).batch(batch).collect();
        assert_eq!(squares, (0..items).map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(jobs.load(Ordering::Relaxed), expected, "{items} items in batches of {batch}");
    }
}

#[test]
fn a_short_source_is_shared_out_among_the_workers() {
    let pool = ThreadPool::new(2).unwrap();
    let jobs = AtomicUsize::new(0);
    let executor = Counting { pool: &pool, jobs: &jobs };
    // The first item is quick; were the batch doubled for that, two long ones might lie in one job.
    assert_eq!([1, 2, 3, 4].into_iter().par_map(&executor, |n: u64| n).sum::<u64>(), 10);
    assert_eq!(jobs.load(Ordering::Relaxed), 4);
}

/// F55: also the call that would have been waited for.
#[test]
fn dropping_it_asks_a_running_call_to_stop() {
    let pool = ThreadPool::new(1).unwrap();
    let (started, has_started) = channel();
    let (ended, has_ended) = channel();
    let mut map = [0u64, 1].into_iter().par_map(&pool, move |n| {
        if n == 1 {
            started.send(()).unwrap();
            let items = (0u64..).cancellable(&CancelToken::current()).count();
            ended.send(items).unwrap();
        }
        n
    });
    assert_eq!(map.next(), Some(0));
    has_started.recv_timeout(Duration::from_secs(60)).unwrap();
    drop(map);
    has_ended
        .recv_timeout(Duration::from_secs(60))
        .expect("an endless call stops when nobody wants its result");
}

#[test]
fn a_source_that_panics_loses_nothing_that_it_gave_before() {
    let pool = ThreadPool::new(1).unwrap();
    let mut n = 0;
    let source = std::iter::from_fn(move || {
        n += 1;
        assert!(n != 3, "the third");
        (n < 6).then_some(n)
    });
    let mut map = source.par_map(&pool, |n| n).batch(4);
    let mut seen = Vec::new();
    loop {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| map.next())) {
            Ok(Some(n)) => seen.push(n),
            Ok(None) => break,
            Err(_) => {}
        }
    }
    assert_eq!(seen, [1, 2, 4, 5]);
}
