//! A task with many owners: all see one answer, callbacks run in the order they were added, and each owner is awaited, told
//! and dropped on its own. Long, since owners may look, wait, await, follow, cancel and go, each while others do.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Gate, PATIENCE, Shelf, Wakes, block_on, eventually, hold, poll, watched};
use tarae::prelude::*;
use tarae::task::{ErrorKind, Shared, promise};

/// F14: the answer can be looked at again and again, by everybody.
#[test]
fn every_owner_sees_the_answer_where_it_lies() {
    let drops = Count::default();
    let (answer, task) = promise();
    let task = task.shared();
    let owners = [task.clone(), task.clone(), task];
    assert!(owners.iter().all(|task| task.get_within(Duration::ZERO).is_none()));
    assert!(answer.complete((42, drops.on_drop())).is_ok());
    let places = owners.each_ref().map(|task| std::ptr::from_ref(task.get().unwrap()));
    assert!(places[0] == places[1] && places[1] == places[2]);
    for task in &owners {
        for _ in 0..3 {
            assert_eq!(task.get_within(Duration::ZERO).unwrap().unwrap().0, 42);
        }
        assert_eq!((task.state(), task.is_finished(), task.is_running()), (TaskState::Finished, true, false));
    }
    let [first, second, third] = owners;
    drop((first, third));
    assert_eq!((second.get().unwrap().0, drops.get()), (42, 0));
    drop(second);
    assert_eq!(drops.get(), 1);
}

#[test]
fn result_clones_and_leaves_the_answer_there() {
    let task = Inline.submit(|| vec![1, 2]).shared();
    assert_eq!(task.result().unwrap(), [1, 2]);
    assert_eq!(task.result().unwrap(), *task.get().unwrap());
}

/// F11, F12, F17: what a limit of zero says in each state.
#[test]
fn a_limit_of_zero_looks_once() {
    let (mut answer, task) = promise::<u32>();
    let task = task.shared();
    assert!(task.get_within(Duration::ZERO).is_none() && !task.wait_within(Duration::ZERO));
    assert!(answer.start() && task.is_running());
    assert!(task.get_within(Duration::ZERO).is_none() && !task.cancel());
    answer.fail(std::fmt::Error);
    let error = task.get_within(Duration::ZERO).unwrap().unwrap_err();
    assert!(error.source().unwrap().is::<std::fmt::Error>());

    let (_answer, task) = promise::<u32>();
    let task = task.shared();
    assert!(task.cancel() && task.is_cancelled());
    assert!(task.get_within(Duration::ZERO).unwrap().unwrap_err().is_cancelled());

    let task = Inline.submit(|| 42).shared();
    assert_eq!(task.get_within(Duration::ZERO).unwrap().ok(), Some(&42));
}

/// F13, F17: a failure is one error that all look at.
#[test]
fn a_failure_is_seen_by_all() {
    let payloads = Count::default();
    let payload = payloads.on_drop();
    let task = Inline
        .submit_with(Options::new().name("shared"), move || -> u32 { std::panic::panic_any(payload) })
        .shared();
    let other = task.clone();
    assert_eq!((task.name(), other.name()), (Some("shared"), Some("shared")));
    let errors = [task.get().unwrap_err(), other.get().unwrap_err(), task.get().unwrap_err()];
    for error in errors {
        assert!(error.is_panic());
        assert_eq!(error.task_name(), Some("shared"));
    }
    let kept = task.result().unwrap_err();
    // What the panic carried goes to the first who wants it.
    let raised = catch_unwind(AssertUnwindSafe(|| other.result().unwrap_err().resume())).unwrap_err();
    assert!(raised.is::<support::OnDrop>());
    drop((task, other));
    assert_eq!(payloads.get(), 0);
    drop(raised);
    assert_eq!(payloads.get(), 1);
    assert!(kept.to_string().starts_with("task \"shared\" panicked: a value that is not text"));
}

/// F21: neither the error nor those who have looked at it keep the task, nor does it keep them.
#[test]
fn a_failure_keeps_nothing_of_its_task() {
    let alive = Arc::new(());
    let weak = Arc::downgrade(&alive);
    let (answer, task) = promise::<Arc<()>>();
    let task = task.shared();
    let after = task.on_done(move |task| {
        let _kept = alive;
        task.result().unwrap_err()
    });
    answer.fail(std::fmt::Error);
    let errors = (task.result().unwrap_err(), after.result().unwrap());
    drop(task);
    assert_eq!(weak.strong_count(), 0);
    assert!(errors.0.source().is_some() && errors.1.source().is_some());
}

/// F22, F30: once each, in the order they were added, also if one adds another.
#[test]
fn callbacks_run_in_the_order_they_were_added() {
    let order = Arc::new(Mutex::new(Vec::new()));
    let (answer, task) = promise();
    let task = task.shared();
    for n in 0..20 {
        let order = order.clone();
        task.on_done(move |task| {
            assert_eq!(*task.get().unwrap(), 5);
            order.lock().unwrap().push(n);
            if n == 3 {
                // The task is over: this one runs at once, inside the one that adds it.
                let inner = order.clone();
                task.on_done(move |_| inner.lock().unwrap().push(100)).detach();
                order.lock().unwrap().push(101);
            }
        })
        .detach();
    }
    assert!(order.lock().unwrap().is_empty());
    answer.complete(5).unwrap();
    let seen = std::mem::take(&mut *order.lock().unwrap());
    assert_eq!(seen[..4], [0, 1, 2, 3]);
    assert_eq!(seen[4..6], [100, 101]);
    assert!(seen[6..].iter().copied().eq(4..20));
}

/// F30: nothing is locked while a callback runs.
#[test]
fn a_callback_may_look_add_cancel_and_drop() {
    let (answer, task) = promise();
    let task = task.shared();
    let owner = Arc::new(Mutex::new(Some(task.clone())));
    let taken = owner.clone();
    let after = task.on_done(move |task| {
        let owner = taken.lock().unwrap().take().unwrap();
        assert!(!task.cancel() && !owner.cancel());
        task.abort();
        drop(owner);
        let inner = task.on_done(|task| task.result().unwrap() + 1);
        inner.result().unwrap() + task.result().unwrap()
    });
    drop(task);
    answer.complete(1).unwrap();
    assert_eq!(after.result().unwrap(), 3);
}

/// F23, F24, F28: errors and cancellations are told as values are, in the call that makes them.
#[test]
fn callbacks_are_told_of_errors_and_of_cancel_before_it_returns() {
    let calls = Count::default();
    let call = |task: &Shared<u32>, is_so: fn(&TaskError) -> bool| {
        let count = calls.clone();
        task.on_done(move |task| {
            assert!(is_so(task.get().unwrap_err()));
            count.add();
        })
        .detach();
    };
    let (answer, task) = promise::<u32>();
    let task = task.shared();
    call(&task, |error| matches!(error.kind(), ErrorKind::Failed { .. }));
    answer.fail(std::fmt::Error);
    assert_eq!(calls.get(), 1);

    let (_answer, task) = promise::<u32>();
    let task = task.shared();
    call(&task, TaskError::is_cancelled);
    call(&task, TaskError::is_cancelled);
    assert!(task.cancel());
    assert_eq!(calls.get(), 3);
    call(&task, TaskError::is_cancelled); // at once
    assert!(task.cancel());
    assert_eq!(calls.get(), 4);
}

/// F31: who waits, in whatever way, is told before the first callback runs.
#[test]
fn waiters_are_told_before_callbacks() {
    watched(|| {
        let (answer, task) = promise();
        let task = task.shared();
        let (begun, gate) = (Count::default(), Gate::default());
        let (begins, passed) = (begun.clone(), gate.clone());
        let callback = task.on_done(move |_| {
            begins.add();
            passed.pass();
        });
        // All of these registered after the callback.
        let (wakes, waker) = Wakes::new();
        let mut awaited = task.clone();
        assert!(poll(&mut awaited, &waker).is_pending());
        let mut set = as_completed([task.clone()]);
        thread::scope(|scope| {
            let sleeping = scope.spawn(|| task.wait_within(PATIENCE));
            eventually("the thread to sleep", || !sleeping.is_finished());
            let keeper = scope.spawn(move || answer.complete(7).unwrap());
            // The callback stands at its gate, and keeps the one that completes.
            assert_eq!(set.next_within(PATIENCE).unwrap().unwrap().result().unwrap(), 7);
            assert_eq!(wait([&task], PATIENCE, Wait::All).done.len(), 1);
            assert!(sleeping.join().unwrap());
            begun.reaches(1);
            assert_eq!(wakes.get(), 1);
            assert!(!callback.is_finished() && !keeper.is_finished());
            gate.open();
        });
        assert!(callback.is_finished());
    });
}

/// F45, F47: a shared task comes out of a set once for each owner that was put in.
#[test]
fn owners_are_waited_for_together() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let held = hold(&pool, 2);
        let task = pool.submit(|| 1).shared();
        let set = as_completed([task.clone(), task.clone()]);
        assert_eq!(wait([&task, &task], Duration::ZERO, Wait::All).pending.len(), 2);
        held.release();
        assert_eq!(set.map(|task| task.result().unwrap()).sum::<i32>(), 2);
        assert_eq!(wait([task.clone(), task], None, Wait::AnyFailed).done.len(), 2);
    });
}

#[test]
fn each_owner_is_awaited_with_its_own_waker() {
    let (answer, task) = promise();
    let task = task.shared();
    let wakers: Vec<_> = (0..5).map(|_| Wakes::new()).collect();
    let mut owners: Vec<_> = (0..5).map(|_| task.clone()).collect();
    for ((_, waker), owner) in wakers.iter().zip(&mut owners) {
        for _ in 0..2 {
            assert!(poll(owner, waker).is_pending()); // registered once
        }
    }
    // One moves to another waker, one is dropped while it is registered, and one is cloned: a clone has not polled.
    let (moved, waker) = Wakes::new();
    assert!(poll(&mut owners[1], &waker).is_pending());
    drop(owners.remove(3));
    drop(owners[0].clone());
    answer.complete(8).unwrap();
    let woken: Vec<usize> = wakers.iter().map(|(wakes, _)| wakes.get()).collect();
    assert_eq!((woken, moved.get()), (vec![1, 0, 1, 0, 1], 1));
    for owner in &mut owners {
        for _ in 0..2 {
            let Poll::Ready(answer) = poll(owner, &wakers[0].1) else { panic!("it is over") };
            assert_eq!(answer.unwrap(), 8);
        }
    }
    assert_eq!(block_on(async { (task.clone().await.unwrap(), task.await.unwrap()) }), ((8, 8), 1));
}

/// A waker that owns the task that it waits for is let go when it is woken, or when its owner is dropped.
#[test]
fn wakers_are_let_go() {
    for completes in [true, false] {
        let drops = Count::default();
        let (answer, task) = promise::<u32>();
        let mut task = task.shared();
        let waker = std::task::Waker::from(Arc::new(WakesNobody(drops.on_drop())));
        assert!(poll(&mut task, &waker).is_pending());
        drop(waker);
        assert_eq!(drops.get(), 0);
        if completes {
            answer.complete(1).unwrap();
        } else {
            drop(task);
        }
        assert_eq!(drops.get(), 1);
    }
}

struct WakesNobody(#[expect(dead_code, reason = "it is there to be dropped")] support::OnDrop);

impl std::task::Wake for WakesNobody {
    fn wake(self: Arc<Self>) {}
}

/// A task that was polled before it was shared wakes who polled it, and the owners.
#[test]
fn a_task_that_was_polled_can_be_shared() {
    let ((before, one), (after, two)) = (Wakes::new(), Wakes::new());
    let (answer, mut task) = promise();
    assert!(poll(&mut task, &one).is_pending());
    let mut task = task.shared();
    assert!(poll(&mut task, &two).is_pending());
    answer.complete(1).unwrap();
    assert_eq!((before.get(), after.get()), (1, 1));
}

#[test]
fn the_last_owner_detaches_the_task() {
    let shelf = Shelf::default();
    let (runs, drops) = (Count::default(), Count::default());
    let (run, result) = (runs.clone(), drops.clone());
    let task = shelf
        .submit(move || {
            run.add();
            result.on_drop()
        })
        .shared();
    drop((task.clone(), task));
    shelf.run_next();
    assert_eq!((runs.get(), drops.get()), (1, 1));

    let (answer, task) = promise::<u32>();
    let task = task.shared();
    let owner = task.clone();
    drop(task);
    assert!(!answer.is_abandoned());
    drop(owner);
    assert_eq!(answer.complete(1), Err(1));
}

/// F1, F2, F3: one owner cancels for all.
#[test]
fn cancel_and_abort_are_for_all_owners() {
    let shelf = Shelf::default();
    let drops = Count::default();
    let capture = drops.on_drop();
    let task = shelf.submit(move || drop(capture)).shared();
    let owner = task.clone();
    assert!(task.cancel() && owner.cancel());
    assert_eq!((owner.state(), drops.get()), (TaskState::Cancelled, 1));
    assert!(owner.get().unwrap_err().is_cancelled());
    shelf.run_next();

    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let task = pool.submit(|| (0u64..).cancellable(&CancelToken::current()).count()).shared();
        let owner = task.clone();
        eventually("the job", || task.is_running());
        assert!(!owner.cancel());
        owner.abort();
        assert!(task.get().unwrap_err().is_cancelled());
    });
}

/// F8: shown as the task that it is.
#[test]
fn debug_tells_what_it_tells_of_a_task() {
    let task = Inline.submit_with(Options::new().name("sum"), || 1u64).shared();
    let text = format!("{task:?}");
    assert!(
        text.starts_with("<Task \"sum\" at 0x") && text.ends_with(" state=finished returned u64>"),
        "{text}"
    );
}

#[test]
fn a_worker_that_looks_runs_what_nobody_has_begun() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let sum = pool.submit(move || {
            let task = inner.submit(|| 20).shared();
            let after = task.on_done(|task| task.result().unwrap() + 1);
            task.result().unwrap() + after.result().unwrap()
        });
        assert_eq!(sum.result().unwrap(), 41);
    });
}

/// Many threads look at one failure at once: one of them makes the error, and all see it.
#[test]
fn a_failure_is_looked_at_by_many_threads_at_once() {
    const ROUNDS: usize = if cfg!(miri) { 3 } else { 1_000 };
    watched(|| {
        for round in 0..ROUNDS {
            let payloads = Count::default();
            let (payload, (answer, task)) = (payloads.on_drop(), promise::<u32>());
            let task = task.shared();
            thread::scope(|scope| {
                for _ in 0..3 {
                    let task = task.clone();
                    scope.spawn(move || match round % 3 {
                        0 => drop(task.get().unwrap_err().clone()),
                        1 => assert!(as_completed([task]).next().unwrap().get().is_err()),
                        _ => assert!(block_on(task).0.is_err()),
                    });
                }
                scope.spawn(move || answer.fail(Carries(payload)));
            });
            assert_eq!(payloads.get(), 0);
            drop(task);
            assert_eq!(payloads.get(), 1);
        }
    });
}

#[derive(Debug)]
struct Carries(#[expect(dead_code, reason = "it is there to be dropped")] support::OnDrop);

impl std::fmt::Display for Carries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("expected")
    }
}

impl Error for Carries {}

/// Owners poll, follow and leave while the task ends: nothing is lost, and nothing is dropped twice.
#[test]
fn owners_come_and_go_while_the_task_ends() {
    const ROUNDS: usize = if cfg!(miri) { 4 } else { 2_000 };
    watched(|| {
        for round in 0..ROUNDS {
            let (drops, calls) = (Count::default(), Count::default());
            let (answer, task) = promise();
            let task = task.shared();
            let owners: Vec<_> = (0..2)
                .map(|k| {
                    let (mut owner, calls) = (task.clone(), calls.clone());
                    thread::spawn(move || match (round + k) % 4 {
                        0 => owner.on_done(move |_| calls.add()).detach(),
                        1 => {
                            owner.on_done(move |_| calls.add()).cancel();
                        }
                        2 => drop(poll(&mut Weightless(&mut owner), &Wakes::new().1)),
                        _ => assert!(owner.get().is_ok()),
                    })
                })
                .collect();
            drop(task);
            // Nobody may be there any more: then it comes back.
            drop(answer.complete(Arc::new(drops.on_drop())));
            owners.into_iter().for_each(|owner| owner.join().unwrap());
            assert!(calls.get() <= 2);
            assert_eq!(drops.get(), 1);
        }
    });
}

/// Awaits without giving the answer on.
struct Weightless<'a>(&'a mut Shared<Arc<support::OnDrop>>);

impl Future for Weightless<'_> {
    type Output = ();

    fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<()> {
        std::pin::Pin::new(&mut *self.0).poll(context).map(drop)
    }
}
