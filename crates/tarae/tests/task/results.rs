//! Getting the answer: at once, within a limit, and from a thread that sleeps until it is there.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{self, PATIENCE, Shelf, eventually, watched};
use tarae::cancel::Deadline;
use tarae::prelude::*;

/// F11, F12, F14: there is no answer yet, it was cancelled, or it is there.
#[test]
fn a_limit_of_zero_looks_once() {
    let shelf = Shelf::default();
    let task = shelf.submit(|| 42);
    let task = task.result_within(Duration::ZERO).unwrap_err();
    assert!(!task.wait_within(Duration::ZERO));
    shelf.run_next();
    assert!(task.wait_within(Duration::ZERO));
    assert_eq!(task.result_within(Duration::ZERO).unwrap().unwrap(), 42);

    let task = shelf.submit(|| 42);
    assert!(task.cancel());
    assert!(task.result_within(Duration::ZERO).unwrap().unwrap_err().is_cancelled());
    shelf.run_next();

    let task = Inline.submit(|| -> u32 { panic!("expected") });
    assert!(task.result_within(Duration::ZERO).unwrap().unwrap_err().is_panic());
}

#[test]
fn a_limit_is_a_duration_a_moment_or_nothing() {
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    assert!(!task.wait_within(Duration::from_millis(1)));
    assert!(!task.wait_within(Instant::now()));
    assert!(!task.wait_within(Some(Duration::ZERO)));
    assert!(!task.wait_within(Instant::now() - Duration::from_nanos(1)));
    shelf.run_next();
    assert!(task.wait_within(None));
    assert!(task.wait_within(Deadline::NEVER));
    assert!(task.wait_within(Duration::MAX));
}

#[test]
fn a_limit_is_kept() {
    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    let start = Instant::now();
    let limit = Duration::from_millis(20);
    let task = task.result_within(limit).unwrap_err();
    assert!(start.elapsed() >= limit);
    shelf.run_next();
    assert_eq!(task.result().unwrap(), 1);
}

/// A thread that has begun to wait for a task, with or without a limit.
fn waiter<T: Send + 'static>(
    task: Task<T>,
    limit: Option<Duration>,
) -> thread::JoinHandle<Result<T, TaskError>> {
    let (begun, begin) = channel();
    let waiter = thread::spawn(move || {
        begun.send(()).unwrap();
        task.result_within(limit).unwrap_or_else(|_| panic!("the limit was over"))
    });
    begin.recv().unwrap();
    waiter
}

/// F15, F18: whatever ends the task.
#[test]
fn a_sleeping_thread_is_woken_by_a_value_by_a_panic_and_by_a_rejection() {
    watched(|| {
        for limit in [None, Some(PATIENCE)] {
            let shelf = Shelf::default();
            let sleeping = waiter(shelf.submit(|| 42), limit);
            let start = Instant::now();
            shelf.run_next();
            assert_eq!(sleeping.join().unwrap().unwrap(), 42);
            assert!(start.elapsed() < PATIENCE / 2);

            let sleeping = waiter(shelf.submit(|| -> u32 { panic!("expected") }), limit);
            shelf.run_next();
            assert!(sleeping.join().unwrap().unwrap_err().is_panic());

            let sleeping = waiter(shelf.submit(|| 1), limit);
            drop(shelf.take());
            assert!(sleeping.join().unwrap().unwrap_err().is_cancelled());
        }
    });
}

/// F16: by the one who cancels.
#[test]
fn a_sleeping_thread_is_woken_by_cancel_with_no_worker_in_sight() {
    watched(|| {
        let shelf = Shelf::default();
        let task = shelf.submit(|| 1);
        thread::scope(|scope| {
            let sleeping = scope.spawn(|| task.wait_within(None));
            eventually("the thread to sleep", || !sleeping.is_finished());
            assert!(task.cancel());
            assert!(sleeping.join().unwrap());
        });
        assert!(task.result().unwrap_err().is_cancelled());
        drop(shelf.take());
    });
}

#[test]
fn an_unpark_that_was_meant_for_something_else_changes_nothing() {
    watched(|| {
        let shelf = Shelf::default();
        let sleeping = waiter(shelf.submit(|| 7), None);
        for _ in 0..100 {
            sleeping.thread().unpark();
            thread::yield_now();
        }
        assert!(!sleeping.is_finished());
        shelf.run_next();
        assert_eq!(sleeping.join().unwrap().unwrap(), 7);
    });
}

#[test]
fn results_are_given_by_value_whatever_their_size() {
    struct NotCloned(#[expect(dead_code, reason = "it is there to be moved")] String);
    assert!(Inline.submit(|| NotCloned("a".into())).result().is_ok());
    assert_eq!(Inline.submit(|| [7u8; 10_000]).result().unwrap()[9_999], 7);
    Inline.submit(|| ()).result().unwrap();
    #[repr(align(256))]
    struct Aligned(u8);
    let aligned = Inline.submit(|| Aligned(3)).result().unwrap();
    assert_eq!((aligned.0, std::ptr::from_ref(&aligned).addr() % 256), (3, 0));
    // A job that is larger than its result, and the other way round.
    let large = [1u64; 500];
    assert_eq!(Inline.submit(move || large.iter().sum::<u64>()).result().unwrap(), 500);
    assert_eq!(Inline.submit(|| Box::new([0u8; 64]) as Box<[u8]>).result().unwrap().len(), 64);
}

/// F13: the panic is had back whole.
#[test]
fn an_error_names_the_task_and_the_place_and_goes_on_where_it_is_wanted() {
    let options = Options::new().name(String::from("the third"));
    let task = Inline.submit_with(options, || -> u32 { panic!("at {}", 3) });
    let line = line!() - 1;
    let error = task.result().unwrap_err();
    assert_eq!((error.task_name(), error.location().line()), (Some("the third"), line));
    assert_eq!(error.location().file(), file!());
    assert_eq!(
        error.to_string(),
        format!(
            "task \"the third\" panicked: at 3 (submitted at {}:{line}:{})",
            file!(),
            error.location().column()
        )
    );
    let panic = catch_unwind(AssertUnwindSafe(|| error.clone().resume())).unwrap_err();
    assert_eq!(support::message(&*panic), "at 3");
    let panic = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
    assert!(support::message(&*panic).contains("panicked: at 3"));

    let shelf = Shelf::default();
    let task = shelf.submit(|| 1);
    assert!(task.cancel());
    shelf.run_next();
    let error = task.result().unwrap_err();
    assert!(error.to_string().starts_with("a task was cancelled (submitted at "));
    let panic = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
    assert!(support::message(&*panic).contains("was cancelled"));
}

#[test]
fn the_place_of_a_submit_is_right_through_pointers_and_trait_objects() {
    let boxed: Box<Inline> = Box::new(Inline);
    let (reference, dynamic): (&Inline, &dyn Executor<fn()>) = (&Inline, &Inline);
    let job: fn() = || panic!("expected");
    let places = [
        boxed.submit(job).result().unwrap_err().location(),
        reference.submit(job).result().unwrap_err().location(),
        std::sync::Arc::new(Inline).submit(job).result().unwrap_err().location(),
        (&dynamic).submit(job).result().unwrap_err().location(),
    ];
    for place in places {
        assert_eq!(place.file(), file!());
    }
}
