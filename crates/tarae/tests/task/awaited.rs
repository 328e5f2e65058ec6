//! A task is a future: under any runtime, or none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Poll, Wake, Waker};

use crate::support::{self, Count, Shelf, Wakes, block_on, hold, poll, watched};
use tarae::prelude::*;

#[test]
fn a_task_that_is_over_is_ready_at_the_first_poll() {
    let (answer, polls) = block_on(Inline.submit(|| 42));
    assert_eq!((answer.unwrap(), polls), (42, 1));
    let (answer, _) = block_on(Inline.submit(|| -> u32 { panic!("awaited") }));
    assert!(answer.unwrap_err().is_panic());
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    assert!(task.cancel());
    assert!(block_on(task).0.unwrap_err().is_cancelled());
}

#[test]
fn it_wakes_once_and_is_polled_twice() {
    let shelf = Shelf::default();
    let (wakes, waker) = Wakes::new();
    let mut task = shelf.submit(|| 42);
    for _ in 0..3 {
        assert!(poll(&mut task, &waker).is_pending());
    }
    assert_eq!(wakes.get(), 0);
    shelf.run_next();
    assert_eq!(wakes.get(), 1);
    let Poll::Ready(answer) = poll(&mut task, &waker) else { panic!("it is over") };
    assert_eq!((answer.unwrap(), wakes.get()), (42, 1));
}

#[test]
fn the_last_waker_is_the_one_that_is_woken() {
    let shelf = Shelf::default();
    let ((first, one), (second, two)) = (Wakes::new(), Wakes::new());
    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &one).is_pending());
    assert!(poll(&mut task, &two).is_pending());
    shelf.run_next();
    assert_eq!((first.get(), second.get()), (0, 1));
}

#[test]
fn it_can_be_given_up_and_waited_for_otherwise() {
    let shelf = Shelf::default();
    let (wakes, waker) = Wakes::new();
    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &waker).is_pending());
    let after = task.on_done(|answer| answer.unwrap() + 1);
    shelf.run_next();
    assert_eq!((after.result().unwrap(), wakes.get()), (2, 1));
}

#[test]
fn cancel_wakes() {
    let shelf = Shelf::default();
    let (wakes, waker) = Wakes::new();
    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &waker).is_pending());
    task.abort();
    assert_eq!(wakes.get(), 1);
    assert!(poll(&mut task, &waker).is_ready());
}

#[test]
fn polled_after_it_was_ready_it_panics() {
    let (_, waker) = Wakes::new();
    let mut task = Inline.submit(|| 1);
    assert!(poll(&mut task, &waker).is_ready());
    let again = catch_unwind(AssertUnwindSafe(|| poll(&mut task, &waker)));
    assert!(support::message(&*again.unwrap_err()).contains("has given its answer away"));
    assert_eq!(format!("{task:?}"), "<Task state=taken>");
}

#[test]
fn async_code_awaits_tasks_of_a_pool() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for _ in 0..if cfg!(miri) { 2 } else { 500 } {
            let (sum, polls) = block_on(async {
                let (a, b) = (pool.submit(|| 1), pool.submit(|| 2));
                a.await.unwrap() + b.await.unwrap() + pool.submit(|| 3).await.unwrap()
            });
            assert_eq!(sum, 6);
            assert!((1..=4).contains(&polls), "{polls} polls");
        }
        // A worker that blocks on a future is not helped: others run what it awaits.
        let pool = Arc::new(pool);
        let inner = pool.clone();
        assert_eq!(pool.submit(move || block_on(inner.submit(|| 4)).0.unwrap()).result().unwrap(), 4);
    });
}

/// Drops its task when it is woken or dropped.
struct Entangled(Count);

impl Wake for Entangled {
    fn wake(self: Arc<Self>) {
        self.0.add();
        // User code in a waker may use tasks.
        assert_eq!(Inline.submit(|| 1).result().unwrap(), 1);
    }
}

#[test]
fn a_waker_may_use_tasks() {
    watched(|| {
        let woken = Count::default();
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let mut task = pool.submit(|| 1);
        let waker = Waker::from(Arc::new(Entangled(woken.clone())));
        assert!(poll(&mut task, &waker).is_pending());
        held.release();
        woken.reaches(1);
    });
}
