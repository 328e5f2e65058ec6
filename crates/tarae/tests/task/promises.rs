//! Promises: the states of a task that is completed by hand, each answer given once, and what becomes of one that is not.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{self, Bomb, Count, PATIENCE, Wakes, eventually, message, poll, watched};
use tarae::prelude::*;
use tarae::task::{ErrorKind, Promise, promise};

fn questions<T>(task: &Task<T>) -> (TaskState, bool, bool, bool) {
    (task.state(), task.is_running(), task.is_finished(), task.is_cancelled())
}

/// An error with a number.
#[derive(Debug, PartialEq, Eq)]
struct Line(u32);

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {} is down", self.0)
    }
}

impl Error for Line {}

/// F5, F6, F7: what a task says of itself, in each of its states.
#[test]
fn a_promised_task_is_pending_then_running_then_finished() {
    let (mut answer, task) = promise();
    assert_eq!(questions(&task), (TaskState::Pending, false, false, false));
    assert!(answer.start());
    assert_eq!(questions(&task), (TaskState::Running, true, false, false));
    answer.complete(42).unwrap();
    assert_eq!(questions(&task), (TaskState::Finished, false, true, false));
    assert_eq!(task.result().unwrap(), 42);

    let (answer, task) = promise::<u32>();
    answer.fail(Line(7));
    assert_eq!(questions(&task), (TaskState::Finished, false, true, false));
    drop(task.result());
}

/// F1, F3, F9: cancelled while it was pending, its work is not begun, and who waited has been told.
#[test]
fn a_cancelled_promise_is_not_started_and_its_answer_comes_back() {
    let (mut answer, task) = promise();
    for _ in 0..3 {
        assert!(task.cancel());
        assert_eq!(questions(&task), (TaskState::Cancelled, false, true, true));
    }
    assert!(answer.is_abandoned());
    for _ in 0..2 {
        assert!(!answer.start(), "the work is not to be done");
    }
    assert_eq!(answer.complete(42), Err(42));
    assert!(task.cancel());
    assert!(task.result().unwrap_err().is_cancelled());

    // The error of one who fails too late, and a promise dropped too late, change nothing.
    for late in [|answer: Promise<u32>| answer.fail(Line(1)), drop] {
        let (answer, task) = promise();
        assert!(task.cancel());
        late(answer);
        assert!(task.result().unwrap_err().is_cancelled());
    }
}

/// F2, F4: what runs or is over is not cancelled.
#[test]
fn a_started_promise_is_not_cancelled_any_more() {
    let (mut answer, task) = promise();
    assert!(answer.start());
    assert!(!task.cancel());
    assert_eq!(task.state(), TaskState::Running);
    assert!(!answer.is_abandoned());
    answer.complete(1).unwrap();
    assert!(!task.cancel());
    assert_eq!(task.result().unwrap(), 1);

    let (answer, task) = promise::<u32>();
    answer.fail(Line(1));
    assert!(!task.cancel());
    assert!(matches!(task.result().unwrap_err().kind(), ErrorKind::Failed { .. }));
}

/// F10: two who do the same work are a mistake, and it is said at once.
#[test]
fn starting_twice_is_a_panic() {
    let (mut answer, task) = promise::<u32>();
    assert!(answer.start());
    let again = catch_unwind(AssertUnwindSafe(|| answer.start()));
    assert_eq!(message(&*again.unwrap_err()), "a promise is started once: its work has begun");
    answer.complete(5).unwrap();
    assert_eq!(task.result().unwrap(), 5);
}

/// F19, F20: completing uses the promise up, so the first answer stays; see `refused/promise_kept_twice.rs`.
#[test]
fn whoever_completes_first_is_the_only_one() {
    let (answer, task) = promise();
    answer.complete(1).unwrap();
    assert!(task.is_finished());
    assert_eq!(task.result().unwrap(), 1);

    let (answer, task) = promise::<u32>();
    answer.fail(Line(1));
    assert!(task.is_finished());
    assert!(task.result().unwrap_err().source().unwrap().is::<Line>());
}

/// F13: the error that was supplied is the task's cause, whole.
#[test]
fn a_failed_promise_has_a_cause_that_can_be_had_back() {
    let (answer, task) = Promise::<u32>::with(Options::new().name("the answer"));
    let line = line!() - 1;
    answer.fail(Line(3));
    let error = task.result_within(Duration::ZERO).unwrap().unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Failed { message: "line 3 is down".into() });
    assert_eq!(error.source().unwrap().downcast_ref::<Line>(), Some(&Line(3)));
    assert!(!error.is_panic() && !error.is_cancelled() && !error.is_timed_out());
    assert_eq!((error.task_name(), error.location().line()), (Some("the answer"), line));
    assert!(error.to_string().starts_with("task \"the answer\" failed: line 3 is down (submitted at "));
    let raised = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
    assert!(message(&*raised).contains("line 3 is down"));
}

#[test]
fn a_broken_promise_is_an_error() {
    for starts in [false, true] {
        let (mut answer, task) = promise::<u32>();
        assert!(!starts || answer.start());
        drop(answer);
        let error = task.result().unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Broken);
        assert!(error.source().is_none());
        assert!(error.to_string().starts_with("a task cannot be answered any more: its promise was dropped"));
    }
    // So is one whose owner panics.
    watched(|| {
        let (answer, task) = promise::<u32>();
        let owner = thread::spawn(move || {
            let _answer = answer;
            panic!("expected");
        });
        assert_eq!(task.result().unwrap_err().kind(), &ErrorKind::Broken);
        assert!(owner.join().is_err());
    });
}

#[test]
fn an_aborted_promise_that_is_given_up_ends_as_cancelled() {
    let (mut answer, task) = promise::<u32>();
    assert!(answer.start());
    task.abort();
    assert!(answer.is_abandoned() && task.is_running());
    drop(answer);
    assert_eq!(questions(&task), (TaskState::Cancelled, false, true, true));
    assert!(task.result().unwrap_err().is_cancelled());

    // Pending, it is cancelled at once.
    let (answer, task) = promise::<u32>();
    task.abort();
    assert!(task.is_cancelled() && answer.is_abandoned());
    drop(answer);
    assert!(task.result().unwrap_err().is_cancelled());
}

#[test]
fn an_aborted_promise_may_be_kept_all_the_same() {
    let (mut answer, task) = promise();
    assert!(answer.start());
    task.abort();
    answer.complete(1).unwrap();
    assert_eq!(task.result().unwrap(), 1);

    let (mut answer, task) = promise::<u32>();
    assert!(answer.start());
    task.abort();
    answer.fail(Line(2));
    assert!(matches!(task.result().unwrap_err().kind(), ErrorKind::Failed { .. }));
}

#[test]
fn an_answer_that_nobody_can_have_comes_back() {
    let (mut answer, task) = promise::<String>();
    assert!(answer.start());
    drop(task);
    assert!(answer.is_abandoned());
    assert_eq!(answer.complete("back".into()), Err("back".into()));

    // A callback is somebody.
    let (answer, task) = promise::<u32>();
    let after = task.on_done(|answer| answer.unwrap() + 1);
    assert!(!answer.is_abandoned());
    answer.complete(1).unwrap();
    assert_eq!(after.result().unwrap(), 2);

    // One that was cancelled has let its task go.
    let (answer, task) = promise::<u32>();
    assert!(task.on_done(drop).cancel());
    assert!(answer.is_abandoned());
    assert_eq!(answer.complete(1), Err(1));
}

/// F15, F18: a sleeping thread is woken by an answer, or an error, from another thread.
#[test]
fn a_promise_is_kept_on_another_thread() {
    watched(|| {
        let start = Instant::now();
        for fails in [false, true] {
            let (answer, task) = promise::<u32>();
            thread::scope(|scope| {
                let sleeping = scope.spawn(|| task.wait_within(PATIENCE));
                scope.spawn(move || if fails { answer.fail(Line(1)) } else { answer.complete(42).unwrap() });
                assert!(sleeping.join().unwrap());
            });
            assert_eq!(task.result().ok(), (!fails).then_some(42));
        }
        assert!(start.elapsed() < PATIENCE / 2);
    });
}

/// F16: nobody but the one who cancels has to do anything.
#[test]
fn cancelling_wakes_who_waits_though_the_promise_sleeps() {
    watched(|| {
        let (answer, task) = promise::<u32>();
        let (wakes, waker) = Wakes::new();
        let mut task = task;
        assert!(poll(&mut task, &waker).is_pending());
        thread::scope(|scope| {
            let sleeping = scope.spawn(|| task.wait_within(PATIENCE));
            eventually("the thread to sleep", || !sleeping.is_finished());
            assert!(task.cancel());
            assert!(sleeping.join().unwrap());
        });
        assert_eq!(wakes.get(), 1);
        assert!(task.result().unwrap_err().is_cancelled());
        drop(answer);
    });
}

/// F24: a callback runs in the call that ends the task, before it returns.
#[test]
fn a_callback_runs_in_the_call_that_ends_the_task() {
    type End = fn(Promise<u32>);
    let ends: [(End, bool); 3] =
        [(|answer| answer.complete(1).unwrap(), true), (|answer| answer.fail(Line(1)), false), (drop, false)];
    for (end, succeeds) in ends {
        let here = thread::current().id();
        let (answer, task) = promise();
        let after = task.on_done(move |answer| (answer.is_ok(), thread::current().id()));
        end(answer);
        assert_eq!(after.result_within(Duration::ZERO).unwrap().unwrap(), (succeeds, here));
    }
}

#[test]
fn a_promise_has_a_time_out() {
    watched(|| {
        let soon = || Options::new().timeout(Duration::from_millis(1));
        // Pending: it ends by itself, and is not to be started any more.
        let (mut answer, task) = Promise::with(soon());
        let error = task.result().unwrap_err();
        assert!(error.is_timed_out() && !error.is_cancelled());
        assert!(!answer.start());
        assert_eq!(answer.complete(1), Err(1));

        // Started: whoever holds it is asked to stop, and says when it has.
        let (mut answer, task) = Promise::<u32>::with(soon());
        if answer.start() {
            eventually("the time-out", || answer.is_abandoned());
            assert!(task.is_running());
            drop(answer);
        }
        assert!(task.result().unwrap_err().is_timed_out());

        // Kept in time: that counts, and later nothing happens.
        let (answer, task) = Promise::with(Options::new().timeout(PATIENCE));
        answer.complete(1).unwrap();
        assert_eq!(task.result().unwrap(), 1);
    });
}

#[test]
fn an_answer_is_dropped_once_whoever_leaves_first() {
    let drops = Count::default();
    let (answer, task) = promise();
    assert!(answer.complete(drops.on_drop()).is_ok());
    assert_eq!(drops.get(), 0);
    drop(task);
    assert_eq!(drops.get(), 1);

    let (answer, task) = promise();
    drop(task);
    let back = answer.complete(drops.on_drop()).unwrap_err();
    assert_eq!(drops.get(), 1);
    drop(back);
    assert_eq!(drops.get(), 2);

    let (answer, task) = promise();
    assert!(answer.complete(drops.on_drop()).is_ok());
    drop(task.result().unwrap());
    assert_eq!(drops.get(), 3);

    // A destructor that panics goes no further than the handle.
    let (answer, task) = promise();
    assert!(answer.complete(Bomb(drops.clone())).is_ok());
    drop(task);
    assert_eq!(drops.get(), 4);
}

/// An error whose text is asked for once, and then never again.
#[derive(Debug)]
struct Mute(Count);

impl std::fmt::Display for Mute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.add();
        assert_eq!(self.0.get(), 1, "asked again");
        f.write_str("once")
    }
}

impl Error for Mute {}

#[test]
fn an_error_is_asked_what_it_says_by_the_one_who_supplies_it() {
    let asked = Count::default();
    let (answer, task) = promise::<u32>();
    answer.fail(Mute(asked.clone()));
    assert_eq!(asked.get(), 1);
    let task = task.shared();
    for _ in 0..3 {
        assert_eq!(task.get().unwrap_err().kind(), &ErrorKind::Failed { message: "once".into() });
    }

    // One that cannot be shown is its supplier's mistake, and breaks the promise.
    let (answer, task) = promise::<u32>();
    let failed = catch_unwind(AssertUnwindSafe(|| answer.fail(Mute(asked))));
    assert!(message(&*failed.unwrap_err()).contains("asked again"));
    assert_eq!(task.result().unwrap_err().kind(), &ErrorKind::Broken);
}

/// One thread ends a promise while another does this or that with its task; nothing is lost or dropped twice.
#[test]
fn promise_and_task_meet_in_every_order() {
    const ROUNDS: usize = if cfg!(miri) { 3 } else { 2_000 };
    type Meets = fn(Task<support::OnDrop>);
    let meets: [Meets; 7] = [
        drop,
        |task| drop(task.result()),
        |task| assert_eq!(task.cancel(), task.is_cancelled()),
        |task| task.abort(),
        |task| drop(task.on_done(|answer| answer.is_ok()).result()),
        |mut task| drop(poll(&mut task, &Wakes::new().1)),
        |task| assert!(as_completed([task.shared()]).next().is_some()),
    ];
    watched(move || {
        for round in 0..ROUNDS {
            for meet in meets {
                let drops = Count::default();
                let (mut answer, task) = promise();
                let value = drops.on_drop();
                let keeper = thread::spawn(move || match round % 4 {
                    0 => drop(answer.complete(value)),
                    1 => {
                        if answer.start() {
                            drop(answer.complete(value));
                        }
                    }
                    2 if answer.start() => drop((answer, value)),
                    _ => drop((value, answer)),
                });
                meet(task);
                keeper.join().unwrap();
                assert_eq!(drops.get(), 1);
            }
        }
    });
}
