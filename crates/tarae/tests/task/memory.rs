//! What a task owns is dropped once, in whatever way it ends, and nothing is kept longer than it must be. Long, since there are
//! many ways.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use crate::support::{self, Bomb, Count, Gate, OnDrop, Shelf, Wakes, hold, poll, watched};
use tarae::executor::Ticket;
use tarae::prelude::*;

/// Counts the drops of a job's captures and of its result.
#[derive(Clone, Default)]
struct Drops {
    captures: Count,
    results: Count,
}

impl Drops {
    /// A job that runs no more than once, by its type.
    fn job(&self) -> impl FnOnce() -> OnDrop + Send + 'static {
        let (capture, results) = (self.captures.on_drop(), self.results.clone());
        move || {
            let _capture = capture;
            results.on_drop()
        }
    }

    fn assert(&self, captures: usize, results: usize) {
        assert_eq!((self.captures.get(), self.results.get()), (captures, results), "(captures, results)");
    }
}

#[test]
fn a_task_that_ran_has_dropped_its_captures_and_gives_its_result_away() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    drops.assert(0, 0);
    shelf.run_next();
    drops.assert(1, 0);
    let result = task.result().unwrap();
    drops.assert(1, 0);
    drop(result);
    drops.assert(1, 1);
}

#[test]
fn a_result_that_nobody_took_is_dropped_with_the_handle() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    shelf.run_next();
    drops.assert(1, 0);
    drop(task);
    drops.assert(1, 1);
}

#[test]
fn a_detached_task_drops_its_result_when_it_ends() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    shelf.submit(drops.job()).detach();
    drop(shelf.submit(drops.job()));
    drops.assert(0, 0);
    shelf.run_next();
    drops.assert(1, 1);
    shelf.run_next();
    drops.assert(2, 2);
}

#[test]
fn cancel_drops_the_job_before_it_returns() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    assert!(task.cancel());
    drops.assert(1, 0);
    assert!(task.cancel());
    drop(task);
    shelf.run_next(); // what is left of it in the queue
    drops.assert(1, 0);
}

#[test]
fn a_cancelled_task_outlives_its_runner() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    assert!(task.cancel());
    shelf.run_next();
    assert!(task.result().unwrap_err().is_cancelled());
    drops.assert(1, 0);
}

#[test]
fn abort_of_a_pending_task_drops_the_job_as_cancel_does() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    task.abort();
    drops.assert(1, 0);
    drop(shelf.take());
    drop(task);
    drops.assert(1, 0);
}

#[test]
fn a_runnable_that_is_dropped_drops_the_job() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    drop(shelf.take());
    drops.assert(1, 0);
    assert!(task.result().unwrap_err().is_cancelled());

    shelf.submit(drops.job()).detach();
    drop(shelf.take());
    drops.assert(2, 0);
}

#[test]
fn a_ticket_that_is_dropped_or_rejected_drops_the_job() {
    let drops = Drops::default();
    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    drop(ticket);
    drops.assert(1, 0);
    assert!(task.result().unwrap_err().is_cancelled());

    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    ticket.reject();
    drops.assert(2, 0);
    assert_eq!(*task.result().unwrap_err().kind(), tarae::task::ErrorKind::Rejected);

    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    drop(task);
    ticket.reject();
    drops.assert(3, 0);
}

#[test]
fn the_job_of_a_cancelled_ticket_is_dropped_by_the_ticket() {
    let drops = Drops::default();
    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    assert!(task.cancel());
    drops.assert(0, 0); // it may borrow: the handle does not touch it
    ticket.run();
    drops.assert(1, 0);
    assert!(task.is_cancelled());

    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    assert!(task.cancel());
    drop(task);
    drop(ticket.into_runnable());
    drops.assert(2, 0);

    // Cancelled between `new` and `into_runnable`, then run.
    let (ticket, task) = Ticket::new(Options::new(), drops.job());
    let runnable = ticket.into_runnable();
    assert!(task.cancel());
    drops.assert(3, 0);
    runnable.run();
    drop(task);
    drops.assert(3, 0);
}

#[test]
fn a_panicking_job_drops_its_captures_and_keeps_its_payload() {
    let (shelf, captures, payloads) = (Shelf::default(), Count::default(), Count::default());
    let (capture, payload) = (captures.on_drop(), payloads.on_drop());
    let task: Task<()> = shelf.submit(move || {
        let _capture = capture;
        panic_any(payload);
    });
    shelf.run_next();
    assert_eq!((captures.get(), payloads.get()), (1, 0));
    let error = task.result().unwrap_err();
    let other = error.clone();
    drop(error);
    assert_eq!(payloads.get(), 0);
    drop(other);
    assert_eq!(payloads.get(), 1);
}

#[test]
fn a_payload_that_nobody_looked_at_is_dropped_with_the_handle_or_the_task() {
    let (shelf, payloads) = (Shelf::default(), Count::default());
    let panicking = |payload: OnDrop| move || -> u32 { panic_any(payload) };
    let task = shelf.submit(panicking(payloads.on_drop()));
    shelf.run_next();
    drop(task);
    assert_eq!(payloads.get(), 1);
    shelf.submit(panicking(payloads.on_drop())).detach();
    shelf.run_next();
    assert_eq!(payloads.get(), 2);
}

#[test]
fn resume_gives_the_payload_on_and_keeps_none() {
    let payloads = Count::default();
    let payload = payloads.on_drop();
    let error = Inline.submit(move || -> () { panic_any(payload) }).result().unwrap_err();
    let second = error.clone();
    let panic = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
    assert!(panic.is::<OnDrop>());
    drop(panic);
    assert_eq!(payloads.get(), 1);
    let panic = catch_unwind(AssertUnwindSafe(|| second.resume())).unwrap_err();
    assert!(support::message(&*panic).contains("panicked: a value that is not text"));
}

#[test]
fn the_answer_of_a_job_that_stopped_half_way_is_dropped() {
    let drops = Drops::default();
    let (ticket, task) = Ticket::new(Options::new(), {
        let (capture, results) = (drops.captures.on_drop(), drops.results.clone());
        move || {
            let _capture = capture;
            let token = CancelToken::current();
            token.cancel();
            let _stopped = token.checkpoint();
            results.on_drop()
        }
    });
    ticket.run();
    drops.assert(1, 1);
    assert!(task.result().unwrap_err().is_cancelled());
}

#[test]
fn a_task_that_is_dropped_while_it_runs_is_cleaned_up_by_its_worker() {
    watched(|| {
        let (drops, gate, begun) = (Drops::default(), Gate::default(), Count::default());
        let pool = ThreadPool::new(1).unwrap();
        let job = drops.job();
        let task = pool.submit({
            let (gate, begun) = (gate.clone(), begun.clone());
            move || {
                begun.add();
                gate.pass();
                job()
            }
        });
        begun.reaches(1);
        drop(task);
        drops.assert(0, 0);
        gate.open();
        drop(pool);
        drops.assert(1, 1);
    });
}

#[test]
fn a_task_that_its_waiter_ran_leaves_nothing_in_the_queue() {
    watched(|| {
        let drops = Drops::default();
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let (inner, job) = (pool.clone(), drops.job());
        // On one worker nobody else can run it.
        let result = pool.submit(move || inner.submit(job).result().unwrap()).result().unwrap();
        drops.assert(1, 0);
        drop(result);
        drop(Arc::into_inner(pool)); // the worker may still hold the job's clone: then it drops the pool
        drops.assert(1, 1);
    });
}

#[test]
fn what_is_queued_when_the_pool_is_dropped_is_run_and_dropped_once() {
    watched(|| {
        const JOBS: usize = if cfg!(miri) { 20 } else { 1_000 };
        let drops = Drops::default();
        let pool = ThreadPool::new(2).unwrap();
        let held = hold(&pool, 2);
        let mut tasks: Vec<_> = (0..JOBS).map(|_| pool.submit(drops.job())).collect();
        let cancelled = tasks.iter().step_by(3).filter(|task| task.cancel()).count();
        drops.assert(cancelled, 0);
        tasks.truncate(JOBS / 2);
        drop(held);
        drop(pool);
        let kept = tasks.iter().filter(|task| !task.is_cancelled()).count();
        drops.assert(JOBS, JOBS - cancelled - kept);
        drop(tasks);
        drops.assert(JOBS, JOBS - cancelled);
    });
}

/// The ways in which a waker can leave a task.
#[test]
fn wakers_are_dropped_when_they_are_replaced_told_or_not_needed_any_more() {
    let shelf = Shelf::default();
    let (first, waker) = Wakes::new();
    let (second, other) = Wakes::new();
    let held = |wakes: &Arc<Wakes>| Arc::strong_count(wakes) - 2; // ours, and that of our waker

    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &waker).is_pending());
    assert!(poll(&mut task, &waker).is_pending());
    assert_eq!(held(&first), 1);
    assert!(poll(&mut task, &other).is_pending());
    assert_eq!((held(&first), held(&second)), (0, 1));
    shelf.run_next();
    assert_eq!((held(&second), second.get(), first.get()), (0, 1, 0));
    assert!(poll(&mut task, &waker).is_ready());
    assert_eq!(held(&first), 0);

    // Polled and dropped: forgotten at once, not when the task ends.
    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &waker).is_pending());
    assert_eq!(held(&first), 1);
    drop(task);
    assert_eq!(held(&first), 0);
    shelf.run_next();
    assert_eq!(first.get(), 0);

    // Polled, then cancelled.
    let mut task = shelf.submit(|| 1);
    assert!(poll(&mut task, &waker).is_pending());
    assert!(task.cancel());
    assert_eq!((held(&first), first.get()), (0, 1));

    // Polled, then waited for.
    let mut task = shelf.submit(|| 1);
    let _cancelled = shelf.take();
    assert!(poll(&mut task, &waker).is_pending());
    shelf.run_next();
    assert_eq!(task.result().unwrap(), 1);
    assert_eq!((held(&first), first.get()), (0, 2));
}

#[test]
fn a_callback_drops_what_it_captured_in_every_way_it_can_end() {
    let (shelf, drops, callbacks) = (Shelf::default(), Drops::default(), Drops::default());
    let follow = |task: Task<OnDrop>| {
        let (capture, results) = (callbacks.captures.on_drop(), callbacks.results.clone());
        task.on_done(move |answer| {
            let _capture = capture;
            drop(answer);
            results.on_drop()
        })
    };
    // Told, and its answer taken.
    let after = follow(shelf.submit(drops.job()));
    shelf.run_next();
    drops.assert(1, 1);
    callbacks.assert(1, 0);
    drop(after.result());
    callbacks.assert(1, 1);
    // Told, with nobody waiting.
    follow(shelf.submit(drops.job())).detach();
    shelf.run_next();
    drops.assert(2, 2);
    callbacks.assert(2, 2);
    // Cancelled before: the first task is detached, and runs.
    let after = follow(shelf.submit(drops.job()));
    assert!(after.cancel());
    callbacks.assert(3, 2);
    shelf.run_next();
    drops.assert(3, 3);
    drop(after);
    callbacks.assert(3, 2);
    // Cancelled, dropped, and only then told.
    let after = follow(shelf.submit(drops.job()));
    assert!(after.cancel());
    drop(after);
    shelf.run_next();
    drops.assert(4, 4);
    callbacks.assert(4, 2);
    // The first is given up by its executor: the callback is told so.
    let after = follow(shelf.submit(drops.job()));
    drop(shelf.take());
    drops.assert(5, 4);
    assert!(after.is_finished());
    drop(after);
    callbacks.assert(5, 3);
    // At once.
    let task = shelf.submit(drops.job());
    shelf.run_next();
    drop(follow(task));
    drops.assert(6, 5);
    callbacks.assert(6, 4);
}

#[test]
fn sets_drop_what_is_left_in_them() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let mut set = as_completed((0..20).map(|n| (n, shelf.submit(drops.job()))));
    (0..5).for_each(|_| shelf.run_next());
    assert_eq!(set.try_next().map(|(n, _)| n), Some(0));
    drops.assert(5, 1);
    drop(set);
    drops.assert(5, 5);
    (0..15).for_each(|_| shelf.run_next()); // detached, not cancelled
    drops.assert(20, 20);
}

#[test]
fn destructors_that_panic_in_a_job_a_result_or_a_payload_hurt_nobody() {
    watched(|| {
        let bombs = Count::default();
        let pool = ThreadPool::new(1).unwrap();

        // The capture of a job that returns: the task has failed.
        let bomb = Bomb(bombs.clone());
        let error = pool.submit(move || drop(bomb)).result().unwrap_err();
        assert!(error.to_string().contains("a destructor that panics"), "{error}");
        // The capture of a job that is cancelled.
        let held = hold(&pool, 1);
        let bomb = Bomb(bombs.clone());
        let task = pool.submit(move || drop(bomb));
        assert!(task.cancel());
        assert_eq!(bombs.get(), 2);
        // The result of a job that nobody waits for.
        let bomb = Bomb(bombs.clone());
        pool.submit(move || bomb).detach();
        held.release();
        bombs.reaches(3);
        // A result that is over before the handle is dropped.
        let bomb = Bomb(bombs.clone());
        let task = pool.submit(move || bomb);
        assert!(task.wait_within(None));
        drop(task);
        assert_eq!(bombs.get(), 4);
        // A payload.
        let bomb = Bomb(bombs.clone());
        let task: Task<()> = pool.submit(move || panic_any(bomb));
        assert!(task.wait_within(None));
        drop(task);
        assert_eq!(bombs.get(), 5);
        // The job of a ticket that is dropped.
        let bomb = Bomb(bombs.clone());
        let (ticket, task) = Ticket::new(Options::new(), move || drop(bomb));
        drop(ticket);
        assert!(task.is_cancelled());
        assert_eq!(bombs.get(), 6);
        // The answer of a job that stopped half-way.
        let bomb = Bomb(bombs.clone());
        let task = pool.submit(move || {
            let token = CancelToken::current();
            token.cancel();
            let _stopped = token.checkpoint();
            bomb
        });
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(bombs.get(), 7);

        assert_eq!(pool.submit(|| 1).result().unwrap(), 1, "the worker lives");
    });
}

/// Panics when it is dropped, with another one, so many times.
struct Chain(u32, Count);

impl Drop for Chain {
    fn drop(&mut self) {
        self.1.add();
        if self.0 > 0 {
            panic_any(Chain(self.0 - 1, self.1.clone()));
        }
    }
}

#[test]
fn a_panic_whose_payload_panics_when_it_is_dropped_does_not_end_a_worker() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let chains = Count::default();
        // Miri would report the end of a longer chain, which is forgotten.
        const LINKS: u32 = if cfg!(miri) { 1 } else { 3 };
        let held = hold(&pool, 1);
        let chain = Chain(LINKS, chains.clone());
        pool.submit(move || chain).detach();
        held.release();
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
        // From a handle that is dropped, and from a cancelled job: nothing comes out of these either.
        let chain = Chain(LINKS, chains.clone());
        let task = pool.submit(move || chain);
        assert!(task.wait_within(None));
        drop(task);
        let held = hold(&pool, 1);
        let chain = Chain(LINKS, chains.clone());
        let task = pool.submit(move || drop(chain));
        assert!(task.cancel());
        held.release();
    });
}

/// A waker that panics in every way.
struct Hostile(Count);

impl Wake for Hostile {
    fn wake(self: Arc<Self>) {
        self.0.add();
        panic!("a waker that panics");
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.0.add();
        if !std::thread::panicking() {
            panic!("a waker whose destructor panics");
        }
    }
}

#[test]
fn wakers_that_panic_hurt_neither_the_worker_nor_the_task() {
    let (shelf, drops, hostile) = (Shelf::default(), Drops::default(), Count::default());
    // Woken, it panics: the callback behind it is told all the same.
    let mut task = shelf.submit(drops.job());
    let waker = Waker::from(Arc::new(Hostile(hostile.clone())));
    assert!(poll(&mut task, &waker).is_pending());
    drop(waker);
    let after = task.on_done(|answer| answer.is_ok());
    shelf.run_next();
    assert_eq!(hostile.get(), 2); // woken, and dropped
    assert!(after.result().unwrap());
    drops.assert(1, 1);

    // Dropped with the handle: nothing leaks.
    let mut task = shelf.submit(drops.job());
    let waker = Waker::from(Arc::new(Hostile(hostile.clone())));
    assert!(poll(&mut task, &waker).is_pending());
    let _ = catch_unwind(AssertUnwindSafe(|| drop(waker)));
    let _ = catch_unwind(AssertUnwindSafe(|| drop(task)));
    shelf.run_next();
    drops.assert(2, 2);
}

/// F48: as weak pointers see it.
#[test]
fn no_reference_to_a_yielded_task_is_kept() {
    let shelf = Shelf::default();
    let (mut set, weak): (Vec<_>, Vec<Weak<u32>>) = (0..3)
        .map(|n| {
            let value = Arc::new(n);
            let weak = Arc::downgrade(&value);
            (shelf.submit(move || value), weak)
        })
        .unzip();
    (0..3).for_each(|_| shelf.run_next());
    let mut order = as_completed(set.drain(..));
    for weak in &weak {
        assert!(weak.upgrade().is_some());
        drop(order.next());
        assert!(weak.upgrade().is_none());
    }
}

/// F21: as weak pointers see it.
#[test]
fn a_failed_task_and_its_error_keep_nothing_of_each_other() {
    let captured = Arc::new(1);
    let weak = Arc::downgrade(&captured);
    let error = Inline.submit(move || -> () { panic!("{captured}") }).result().unwrap_err();
    assert!(weak.upgrade().is_none(), "the capture went with the job");
    assert!(error.is_panic());
}

/// F57: as weak pointers see it.
#[test]
fn no_worker_or_queue_keeps_a_job_or_a_result_after_its_end() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for _ in 0..if cfg!(miri) { 5 } else { 500 } {
            let captured = Arc::new(());
            let weak = Arc::downgrade(&captured);
            let result = pool.submit(move || captured).result().unwrap();
            assert_eq!((Arc::strong_count(&result), weak.strong_count()), (1, 1));
            drop(result);
            assert_eq!(weak.strong_count(), 0);
        }
    });
}

/// F43: what was left would be told, and be gone.
#[test]
fn nothing_is_left_registered_after_many_waits_in_vain() {
    let shelf = Shelf::default();
    let value = Arc::new(7);
    let weak = Arc::downgrade(&value);
    let mut task = shelf.submit(move || value);
    for _ in 0..if cfg!(miri) { 20 } else { 2_000 } {
        assert!(!task.wait_within(Duration::ZERO));
        assert_eq!(wait([&task, &task], Duration::ZERO, Wait::Any).pending.len(), 2);
        assert!(as_completed([&task]).next_within(Duration::ZERO).is_err());
        task = task.result_within(Duration::ZERO).unwrap_err();
    }
    // A node left behind would be told now, and Miri would see that it is gone.
    shelf.run_next();
    assert_eq!(*task.result().unwrap(), 7);
    assert!(weak.upgrade().is_none());
}

#[test]
fn a_set_that_is_forgotten_leaks_and_no_more() {
    let shelf = Shelf::default();
    let tasks = [shelf.submit(|| 1), shelf.submit(|| 2)];
    support::keep(as_completed(&tasks));
    shelf.run_next(); // tells a set that nobody has any more
    let [first, second] = tasks;
    assert_eq!(first.result().unwrap(), 1);
    drop(second);
    shelf.run_next();
}

/// A future that owns a task: what a runtime drops in the middle.
#[test]
fn a_task_inside_a_dropped_future_is_detached() {
    let (shelf, drops) = (Shelf::default(), Drops::default());
    let task = shelf.submit(drops.job());
    let mut future = Box::pin(async move { task.await.unwrap() });
    let (wakes, waker) = Wakes::new();
    assert!(matches!(future.as_mut().poll(&mut Context::from_waker(&waker)), Poll::Pending));
    drop(future);
    shelf.run_next();
    assert_eq!(wakes.get(), 0);
    drops.assert(1, 1);
}
