//! The consumer and its jobs in every order of steps: each item comes once, in order, and nobody waits for ever.

use super::{Buffer, Step};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

type Numbers = std::ops::Range<u32>;

/// `Prefetch::next` on an executor that starts a thread for each job.
fn next<I>(buffer: &Arc<Buffer<I>>, jobs: &mut Vec<thread::JoinHandle<()>>) -> Option<I::Item>
where
    I: Iterator + Send + 'static,
    I::Item: Send,
{
    let (step, wants_job): (Step<I::Item>, bool) = buffer.next();
    if wants_job {
        let own = buffer.clone();
        jobs.push(thread::spawn(move || own.run_ahead()));
        buffer.submitted();
    }
    step.unwrap()
}

fn comes_in_order(items: Numbers, limit: usize) {
    loom::model(move || {
        let buffer = Buffer::new(items.clone(), limit);
        let mut jobs = Vec::new();
        for item in items.clone() {
            assert_eq!(next(&buffer, &mut jobs), Some(item));
        }
        assert_eq!(next(&buffer, &mut jobs), None);
        jobs.into_iter().for_each(|job| job.join().unwrap());
    });
}

#[test]
fn each_item_comes_once_in_order_one_ahead() {
    comes_in_order(0..3, 1);
}

#[test]
fn each_item_comes_once_in_order_two_ahead() {
    comes_in_order(0..4, 2);
}

/// An item, and a source, that count when they are dropped.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Iterator for Counted {
    type Item = Counted;

    fn next(&mut self) -> Option<Counted> {
        self.0.fetch_add(100, Ordering::Relaxed);
        Some(Counted(self.0.clone()))
    }
}

#[test]
fn what_a_job_pulls_after_the_end_is_dropped() {
    loom::model(|| {
        let dropped = Arc::new(AtomicUsize::new(0));
        let buffer = Buffer::new(Counted(dropped.clone()), 2);
        let mut jobs = Vec::new();
        drop(next(&buffer, &mut jobs));
        buffer.close();
        jobs.into_iter().for_each(|job| job.join().unwrap());
        let count = dropped.load(Ordering::Relaxed);
        assert_eq!(count / 100 + 1, count % 100, "the items and the source");
    });
}
