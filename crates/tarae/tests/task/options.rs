//! What ends a task besides its handle: a time-out, and a token. What has not begun never runs, what runs is asked to stop,
//! who waits is told at once, and nothing is left behind. Long, since both can come before a task begins, while it runs, and
//! in between.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{self, Count, Gate, PATIENCE, Random, Shelf, Wakes, eventually, hold, poll, watched};
use tarae::cancel::Deadline;
use tarae::executor::Ticket;
use tarae::prelude::*;
use tarae::task::{ErrorKind, promise};

/// Long enough to see that nobody waits for more than that, short enough for a test.
const SOON: Duration = Duration::from_millis(2);

fn soon() -> Options {
    Options::new().timeout(SOON)
}

/// How many tasks and tokens a token would tell.
fn children(token: &CancelToken) -> usize {
    let text = format!("{token:?}");
    let number = text.rsplit_once("children: ").expect("a number of children").1.trim_end_matches(" }");
    number.parse().expect("a number")
}

#[test]
fn one_that_has_not_begun_in_its_time_never_runs() {
    let (runs, drops) = (Count::default(), Count::default());
    let shelf = Shelf::default();
    let (run, capture) = (runs.clone(), drops.on_drop());
    let task = shelf.submit_with(soon().name("late"), move || {
        let _capture = capture;
        run.add();
    });
    // Nobody runs anything: the time-out wakes who waits.
    assert!(task.wait_within(PATIENCE));
    assert_eq!((task.state(), task.cancel()), (TaskState::Cancelled, true));
    let error = task.result().unwrap_err();
    assert!(error.is_timed_out() && !error.is_cancelled() && !error.is_panic());
    assert_eq!(error.kind(), &ErrorKind::TimedOut);
    assert!(error.to_string().starts_with("task \"late\" did not end in its time (submitted at "));
    // Its job is its runner's.
    assert_eq!(drops.get(), 0);
    shelf.run_next();
    assert_eq!((runs.get(), drops.get()), (0, 1));
}

#[test]
fn one_that_runs_is_asked_to_stop() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let task = pool.submit_with(soon(), || (0u64..).cancellable(&CancelToken::current()).count());
        assert!(task.result().unwrap_err().is_timed_out());
        // Also if it asks for its token only afterwards.
        let start = Instant::now();
        let task = Inline.submit_with(soon(), move || {
            eventually("the time-out", || start.elapsed() > SOON);
            let token = CancelToken::current();
            eventually("to be asked", || token.checkpoint().is_err());
        });
        assert!(task.result().unwrap_err().is_timed_out());
    });
}

#[test]
fn one_that_does_not_look_ends_with_its_value() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let gate = Gate::default();
        let passed = gate.clone();
        let (begun, begin) = channel();
        let task = pool.submit_with(Options::new().timeout(20 * SOON), move || {
            begun.send(CancelToken::current()).unwrap();
            passed.pass();
            42
        });
        if let Ok(token) = begin.recv() {
            eventually("the request", || token.is_cancelled());
            assert!(task.is_running());
            gate.open();
            assert_eq!(task.result().unwrap(), 42);
        } else {
            assert!(task.result().unwrap_err().is_timed_out()); // the machine was too slow to begin
        }
    });
}

#[test]
fn a_time_out_that_does_not_come_changes_nothing() {
    for limit in [Deadline::from(PATIENCE), Deadline::from(Duration::MAX), Deadline::NEVER] {
        let options = Options::new().timeout(limit);
        let task = Inline.submit_with(options.clone(), || 1);
        assert_eq!(task.result().unwrap(), 1);
        let panics = Inline.submit_with(options.clone(), || -> u32 { panic!("expected") });
        assert!(panics.result().unwrap_err().is_panic());
        let shelf = Shelf::default();
        let task = shelf.submit_with(options, || 1);
        assert!(task.cancel());
        assert!(task.result().unwrap_err().is_cancelled());
        shelf.run_next();
    }
}

/// Every way to wait ends with the time-out, and no worker helps.
#[test]
fn whoever_waits_is_woken_by_the_time_out() {
    watched(|| {
        let shelf = Shelf::default();
        let late = || shelf.submit_with(soon(), || 1);
        let never = shelf.submit(|| 1);

        assert!(late().result().unwrap_err().is_timed_out());
        assert!(late().shared().get().unwrap_err().is_timed_out());
        assert!(support::block_on(late()).0.unwrap_err().is_timed_out());
        assert!(support::block_on(late().shared()).0.unwrap_err().is_timed_out());
        assert!(late().result_within(PATIENCE).unwrap().unwrap_err().is_timed_out());
        assert!(late().on_done(|answer| answer.unwrap_err().is_timed_out()).result().unwrap());

        assert_eq!(wait([late(), late()], None, Wait::All).done.len(), 2);
        let ends = late();
        let waited = wait([&never, &ends], PATIENCE, Wait::Any);
        assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));
        // It is no failure, as a cancelled one is none.
        let ends = late();
        let waited = wait([&ends, &never], 10 * SOON, Wait::AnyFailed);
        assert_eq!((waited.done.len(), waited.pending.len()), (1, 1));

        assert_eq!(as_completed((0..5).map(|_| late())).count(), 5);
        // A worker that waits, too, although it could run none of these: they are not its own.
        let pool = ThreadPool::new(1).unwrap();
        let (answer, task) = tarae::task::Promise::<u32>::with(soon());
        assert!(pool.submit(move || task.result().unwrap_err().is_timed_out()).result().unwrap());
        drop(answer);
        while shelf.len() > 0 {
            shelf.run_next();
        }
    });
}

#[test]
fn a_token_ends_a_group_on_whatever_executors() {
    watched(|| {
        let group = CancelToken::new();
        let options = || Options::new().token(&group);
        let (shelf, pool) = (Shelf::default(), ThreadPool::new(2).unwrap());
        let runs = Count::default();
        let endless = |runs: Count| {
            move || {
                runs.add();
                (0u64..).cancellable(&CancelToken::current()).count() as u64
            }
        };
        let over = Inline.submit_with(options(), || 1u64);
        let running = [(); 2].map(|()| pool.submit_with(options(), endless(runs.clone())));
        runs.reaches(2);
        // The first may begin when a running one has stopped, and before it is told itself: then it is asked to stop.
        let (queued, shelved) = (
            pool.submit_with(options(), endless(runs.clone())),
            shelf.submit_with(options(), || -> u64 { unreachable!("cancelled") }),
        );
        let (kept, promised) = tarae::task::Promise::<u64>::with(options());
        let beside = shelf.submit(|| 7u64);

        group.cancel();
        assert!(kept.is_abandoned());
        for task in running.into_iter().chain([queued, shelved, promised]) {
            assert!(task.result().unwrap_err().is_cancelled());
        }
        assert_eq!(over.result().unwrap(), 1);
        shelf.run_next();
        shelf.run_next();
        assert_eq!(beside.result().unwrap(), 7);
        drop(kept);
        drop(pool);
        assert_eq!(children(&group), 0);
    });
}

#[test]
fn a_token_with_a_deadline_is_a_time_out() {
    let shelf = Shelf::default();
    let group = CancelToken::new().until(SOON);
    let tasks = [(); 3].map(|()| shelf.submit_with(Options::new().token(&group), || 1));
    for task in tasks {
        assert!(task.result().unwrap_err().is_timed_out());
    }
    // The first reason counts, be it the token's or the time-out's.
    let group = CancelToken::new();
    let task = shelf.submit_with(Options::new().token(&group).timeout(PATIENCE), || 1);
    group.cancel();
    assert!(task.result().unwrap_err().is_cancelled());
    let task = shelf.submit_with(Options::new().token(&CancelToken::new()).timeout(SOON), || 1);
    assert!(task.result().unwrap_err().is_timed_out());
    while shelf.len() > 0 {
        shelf.run_next();
    }
}

#[test]
fn one_that_is_over_before_it_begins_is_born_so() {
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let passed = CancelToken::new().until(Duration::ZERO);
    let runs = Count::default();
    let cases = [
        (Options::new().token(&cancelled), false),
        (Options::new().token(&cancelled).timeout(PATIENCE), false),
        (Options::new().token(&passed), true),
        (Options::new().timeout(Duration::ZERO), true),
        (Options::new().timeout(Instant::now()).token(&CancelToken::new()), true),
    ];
    for (options, times_out) in cases {
        let check = |error: TaskError| {
            assert_eq!((error.is_timed_out(), error.is_cancelled()), (times_out, !times_out))
        };
        let count = runs.clone();
        let task = Inline.submit_with(options.clone(), move || count.add());
        assert!(task.is_finished() && task.is_cancelled());
        check(task.result().unwrap_err());

        let drops = Count::default();
        let capture = drops.on_drop();
        let (ticket, task) = Ticket::new(options.clone(), move || drop(capture));
        assert!(task.is_cancelled());
        check(task.on_done(|answer| answer.unwrap_err()).result().unwrap());
        assert_eq!(drops.get(), 0);
        ticket.reject(); // too late to be refused
        assert_eq!(drops.get(), 1);

        let (mut answer, task) = tarae::task::Promise::<u32>::with(options);
        assert!(answer.is_abandoned() && !answer.start());
        check(task.shared().result().unwrap_err());
    }
    assert_eq!(runs.get(), 0);
}

#[test]
fn the_first_request_says_why() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let gate = Gate::default();
        let passed = gate.clone();
        let (begun, begin) = channel();
        let group = CancelToken::new().until(20 * SOON);
        let task = pool.submit_with(Options::new().token(&group), move || {
            begun.send(()).unwrap();
            passed.pass();
            CancelToken::current().checkpoint()
        });
        let has_begun = begin.recv().is_ok();
        task.abort();
        let in_time = has_begun && !group.is_cancelled();
        eventually("the deadline", || group.is_cancelled());
        gate.open();
        let error = task.result().unwrap_err();
        assert!(!in_time || error.is_cancelled(), "{error}");
    });
}

#[test]
fn a_task_submitted_with_its_parents_token_ends_with_it() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let inner = pool.clone();
        let (send, receive) = channel();
        let parent = pool.submit(move || {
            let own = CancelToken::current();
            let child = inner.submit_with(Options::new().token(&own), || {
                (0u64..).cancellable(&CancelToken::current()).count()
            });
            send.send(()).unwrap();
            child.result().map_err(|error| error.is_cancelled())
        });
        receive.recv().unwrap();
        parent.abort();
        // The parent has not looked at its token itself: its value says how its child ended.
        assert_eq!(parent.result().unwrap(), Err(true));
    });
}

#[test]
fn a_job_may_cancel_the_group_that_it_is_in() {
    watched(|| {
        let group = CancelToken::new();
        let inner = group.clone();
        let shelf = Shelf::default();
        let beside = shelf.submit_with(Options::new().token(&group), || ());
        let task = Inline.submit_with(Options::new().token(&group), move || {
            inner.cancel();
            CancelToken::current().checkpoint()
        });
        assert!(task.result().unwrap_err().is_cancelled());
        assert!(beside.result().unwrap_err().is_cancelled());
        shelf.run_next();
    });
}

/// Callbacks and wakers run in the call that cancels, with nothing locked: they may cancel, submit and drop.
#[test]
fn a_callback_may_use_the_token_that_ends_its_task() {
    let group = CancelToken::new();
    let shelf = Arc::new(Shelf::default());
    let (inner, more) = (group.clone(), shelf.clone());
    let task = shelf.submit_with(Options::new().token(&group), || ());
    let other = shelf.submit_with(Options::new().token(&group), || ());
    let after = task.on_done(move |answer| {
        assert!(answer.unwrap_err().is_cancelled());
        inner.cancel();
        drop(other);
        let late = more.submit_with(Options::new().token(&inner), || ());
        late.result().unwrap_err().is_cancelled()
    });
    let (wakes, waker) = Wakes::new();
    let mut awaited = shelf.submit_with(Options::new().token(&group), || ());
    assert!(poll(&mut awaited, &waker).is_pending());
    group.cancel();
    assert!(after.is_finished() && after.result().unwrap());
    assert_eq!(wakes.get(), 1);
    while shelf.len() > 0 {
        shelf.run_next();
    }
    drop(awaited);
    assert_eq!(children(&group), 0);
}

/// A callback of a task that times out is no reason for another deadline to be late, not even the one that it waits for.
#[test]
fn a_callback_may_wait_for_another_time_out() {
    watched(|| {
        // Promises: nobody can run what is waited for.
        let (_first, task) = Promise::<()>::with(soon());
        let followed = task.on_done(|first| {
            let (_second, task) = Promise::<()>::with(soon());
            // With a callback of its own: whoever waits for that runs it, if nobody else has begun.
            let followed = task.on_done(|second| second.unwrap_err().is_timed_out());
            (first.unwrap_err().is_timed_out(), followed.result().unwrap())
        });
        assert_eq!(followed.result().unwrap(), (true, true));
    });
}

/// A task that is gone is in no token's list any more, and so no deadline of it is waited for.
#[test]
fn a_task_that_is_gone_leaves_nothing_scheduled() {
    let group = CancelToken::new();
    let options = || Options::new().token(&group).timeout(PATIENCE);
    for _ in 0..3 {
        drop(Inline.submit_with(options(), || 1));
        assert_eq!(Inline.submit_with(options(), || 1).result().unwrap(), 1);
        assert_eq!(Inline.submit_with(options(), || 1).shared().get().unwrap(), &1);
        assert!(Inline.submit_with(options(), || -> u32 { panic!("expected") }).result().is_err());
        let (answer, task) = tarae::task::Promise::<u32>::with(options());
        assert_eq!(children(&group), 1);
        drop(task);
        drop(answer);
        assert_eq!(children(&group), 0);
    }
    // A handle that is dropped leaves the job its time.
    let shelf = Shelf::default();
    drop(shelf.submit_with(options(), || 1));
    assert_eq!(children(&group), 1);
    shelf.run_next();
    assert_eq!(children(&group), 0);
}

#[test]
fn options_are_used_again_with_what_is_left_of_the_time() {
    let shelf = Shelf::default();
    let options = soon().name("again");
    for _ in 0..3 {
        let task = shelf.submit_with(options.clone(), || 1);
        let error = task.result().unwrap_err();
        assert!(error.is_timed_out() && error.task_name() == Some("again"));
        shelf.run_next();
    }
}

/// Time-outs fire while tasks run, end, and are freed, on several threads.
#[test]
fn blocks_are_freed_while_their_time_is_over() {
    const ROUNDS: usize = if cfg!(miri) { 20 } else { 20_000 };
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (captures, results, runs) = (Count::default(), Count::default(), Count::default());
        let mut random = Random::new(3);
        let mut kept = Vec::new();
        for _ in 0..ROUNDS {
            let (capture, result, run) = (captures.on_drop(), results.clone(), runs.clone());
            let options = Options::new().timeout(Duration::from_micros(random.below(200)));
            let task = pool.submit_with(options, move || {
                let _capture = capture;
                run.add();
                result.on_drop()
            });
            match random.below(6) {
                0 => drop(task),
                1 => drop(task.result()),
                2 => task.on_done(drop).detach(),
                3 => drop(task.result_within(Duration::from_micros(random.below(100)))),
                4 => task.abort(),
                _ => kept.push(task),
            }
            if kept.len() > 30 {
                kept.drain(..).for_each(drop);
            }
        }
        drop(kept);
        drop(pool);
        assert_eq!(captures.get(), ROUNDS);
        assert_eq!(results.get(), runs.get());
    });
}

/// The same with a token: cancelled while its tasks run, end, and are freed.
#[test]
fn blocks_are_freed_while_their_token_is_cancelled() {
    const ROUNDS: usize = if cfg!(miri) { 4 } else { 3_000 };
    const TASKS: usize = 6;
    watched(|| {
        for round in 0..ROUNDS {
            let group = CancelToken::new();
            let (captures, results, runs) = (Count::default(), Count::default(), Count::default());
            let shelf = Shelf::default();
            let tasks: Vec<_> = (0..TASKS)
                .map(|_| {
                    let (capture, result, run) = (captures.on_drop(), results.clone(), runs.clone());
                    shelf.submit_with(Options::new().token(&group), move || {
                        let _capture = capture;
                        run.add();
                        let _asked = CancelToken::current().checkpoint();
                        result.on_drop()
                    })
                })
                .collect();
            thread::scope(|scope| {
                scope.spawn(|| (0..TASKS).for_each(|_| shelf.run_next()));
                scope.spawn(|| group.cancel());
                for (k, task) in tasks.into_iter().enumerate() {
                    match (round + k) % 4 {
                        0 => drop(task),
                        1 => drop(task.result()),
                        2 => task.on_done(drop).detach(),
                        _ => drop(task.shared().get().is_ok()),
                    }
                }
            });
            assert_eq!((captures.get(), results.get()), (TASKS, runs.get()));
            assert_eq!(children(&group), 0);
        }
    });
}

/// A token that is cancelled while tasks are being submitted with it ends them all.
#[test]
fn no_task_slips_through_while_its_token_is_cancelled() {
    const ROUNDS: usize = if cfg!(miri) { 4 } else { 2_000 };
    watched(|| {
        for _ in 0..ROUNDS {
            let group = CancelToken::new();
            let shelf = Shelf::default();
            thread::scope(|scope| {
                scope.spawn(|| group.cancel());
                for _ in 0..4 {
                    let task = shelf.submit_with(Options::new().token(&group), || ());
                    assert!(task.result().unwrap_err().is_cancelled()); // nobody runs it
                }
            });
        }
    });
}

#[test]
fn a_held_pool_is_no_reason_to_wait_longer() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let (answer, never) = promise::<u32>();
        let tasks = [pool.submit_with(soon(), || 1), pool.submit_with(soon(), || 2)];
        let waited = wait(tasks, None, Wait::All);
        assert!(waited.done.into_iter().all(|task| task.result().unwrap_err().is_timed_out()));
        assert!(!never.is_finished());
        held.release();
        drop((answer, never));
    });
}
