//! tokio's runtimes as executors: what holds beside the contract.

use std::sync::Arc;
use std::thread;
use tokio::runtime::{Builder, Runtime};

use crate::support::{Count, Gate, Held, hold, watched};
use tarae::executor::Tokio;
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// A runtime with at most so many threads for blocking work, named "theirs".
fn runtime(threads: usize) -> (Runtime, Tokio) {
    let runtime = Builder::new_current_thread().max_blocking_threads(threads).thread_name("theirs").build();
    let runtime = runtime.unwrap();
    let executor = Tokio::new(runtime.handle().clone());
    (runtime, executor)
}

fn is_theirs() -> bool {
    thread::current().name() == Some("theirs")
}

#[test]
fn tasks_are_awaited_inside_the_runtime() {
    watched(|| {
        let multi = Builder::new_multi_thread().worker_threads(2).build().unwrap();
        for runtime in [runtime(4).0, multi] {
            let sum = runtime.block_on(async {
                let (one, two) = (Tokio::current().submit(|| 1), Tokio::current().submit(|| 2));
                let three = tokio::spawn(async { Tokio::current().submit(|| 3).await });
                let (one, two) = tokio::join!(one, two);
                one.unwrap() + two.unwrap() + three.await.unwrap().unwrap()
            });
            assert_eq!(sum, 6);
        }
    });
}

/// The one thread of the runtime goes on while a job runs: it opens the gate that the job waits at.
#[test]
fn jobs_do_not_hold_the_runtime_up() {
    watched(|| {
        let (runtime, _) = runtime(1);
        let gate = Gate::default();
        let closed = gate.clone();
        let passed = runtime.block_on(async move {
            let task = Tokio::current().submit(move || closed.pass());
            let opens = async {
                tokio::task::yield_now().await;
                gate.open();
            };
            tokio::join!(task, opens).0
        });
        passed.unwrap();
    });
}

#[test]
fn jobs_run_on_the_threads_for_blocking_work_and_in_the_runtime() {
    watched(|| {
        let (_runtime, executor) = runtime(2);
        assert!(executor.submit(is_theirs).result().unwrap());
        // A job may be the one that finds the runtime, and may block on a future.
        let nested = executor.submit(|| {
            let handle = tokio::runtime::Handle::current();
            handle.block_on(async { Tokio::current().submit(is_theirs).await })
        });
        assert!(nested.result().unwrap().unwrap());
    });
}

#[test]
#[should_panic(expected = "there is no reactor running")]
fn there_is_no_current_runtime_outside_one() {
    Tokio::current();
}

#[test]
fn a_panic_of_a_job_is_its_error() {
    watched(|| {
        let (runtime, executor) = runtime(1);
        assert!(executor.submit(|| panic!("here")).result().unwrap_err().is_panic());
        let awaited = runtime.block_on(executor.submit(|| panic!("here")));
        assert!(awaited.unwrap_err().is_panic());
        assert_eq!(executor.submit(|| 1).result().unwrap(), 1);
    });
}

/// The job of `third_party::nested_waits_need_no_second_thread`. A function for both would have to name the types of the
/// closures that it submits.
#[test]
fn nested_waits_come_to_an_end_when_all_threads_wait() {
    watched(|| {
        let (_runtime, executor) = runtime(1);
        let inner = executor.clone();
        let sums = executor.submit(move || {
            let submit = |n| inner.submit(move || n);
            let one = submit(1).result().unwrap();
            let two: u32 = as_completed([2, 3].map(submit)).map(|task| task.result().unwrap()).sum();
            let three = wait([4, 5].map(submit), None, Wait::All).done.len() as u32;
            let four = submit(6).on_done(|n| n.unwrap() + 1).result().unwrap();
            let five: u32 = (0..4).par_map(&inner, |n| n).sum();
            [one, two, three, four, five]
        });
        assert_eq!(sums.result().unwrap(), [1, 5, 2, 7, 6]);
    });
}

#[test]
fn it_has_as_many_threads_as_jobs_up_to_the_runtimes_limit() {
    watched(|| {
        let (started, ended) = (Count::default(), Count::default());
        let (start, stop) = (started.clone(), ended.clone());
        let mut builder = Builder::new_current_thread();
        builder
            .max_blocking_threads(8)
            .on_thread_start(move || start.add())
            .on_thread_stop(move || stop.add());
        let runtime = builder.build().unwrap();
        let executor = Tokio::new(runtime.handle().clone());
        let held = hold(&executor, 8);
        let waits = executor.submit(|| ());
        assert_eq!((started.get(), waits.state()), (8, TaskState::Pending));
        held.release();
        waits.result().unwrap();
        drop(runtime);
        assert_eq!((started.get(), ended.get()), (8, 8));
    });
}

#[test]
fn what_is_submitted_after_the_end_is_cancelled() {
    watched(|| {
        let (runtime, executor) = runtime(1);
        drop(runtime);
        let (runs, drops) = (Count::default(), Count::default());
        let (count, capture) = (runs.clone(), drops.on_drop());
        let late = executor.submit(move || {
            let _capture = capture;
            count.add();
        });
        assert_eq!(late.state(), TaskState::Cancelled);
        assert_eq!((runs.get(), drops.get()), (0, 1));
        assert_eq!(*late.result().unwrap_err().kind(), ErrorKind::Cancelled);

        // Also where what follows submits again, and where items are mapped.
        let again = executor.clone();
        let followed = executor.submit(|| ()).on_done(move |_| again.submit(|| ()).result().is_err());
        assert!(followed.result().unwrap());
        let results: Vec<_> = (0..3).par_map(&executor, |n| n).results().collect();
        assert!(results.len() == 3 && results.into_iter().all(|result| result.unwrap_err().is_cancelled()));
    });
}

/// Whatever the runtime does with what is queued, each task ends, and its job is dropped once.
#[test]
fn what_is_queued_at_the_end_is_run_or_cancelled() {
    watched(|| {
        let (rounds, jobs) = if cfg!(miri) { (2, 8) } else { (20, 50) };
        for _ in 0..rounds {
            let (runtime, executor) = runtime(2);
            let (runs, drops) = (Count::default(), Count::default());
            let held: Held = hold(&executor, 2);
            let tasks: Vec<_> = (0..jobs)
                .map(|_| {
                    let (count, capture) = (runs.clone(), drops.on_drop());
                    executor.submit(move || {
                        let _capture = capture;
                        count.add();
                    })
                })
                .collect();
            runtime.shutdown_background();
            held.release(); // those that run are not cut short
            let (mut ran, mut cancelled) = (0, 0);
            for task in tasks {
                match task.result() {
                    Ok(()) => ran += 1,
                    Err(error) => cancelled += usize::from(error.is_cancelled()),
                }
            }
            assert_eq!((ran + cancelled, ran), (jobs, runs.get()));
            drops.reaches(jobs);
        }
    });
}

#[test]
fn a_dropped_runtime_waits_for_what_runs() {
    watched(|| {
        let (runtime, executor) = runtime(1);
        let (begun, gate, ends) = (Count::default(), Gate::default(), Count::default());
        let (begins, closed, end) = (begun.clone(), gate.clone(), ends.clone());
        let task = executor.submit(move || {
            begins.add();
            closed.pass();
            end.add();
        });
        begun.reaches(1);
        let dropper = thread::spawn(move || drop(runtime));
        assert!(!task.is_finished());
        gate.open();
        dropper.join().unwrap();
        assert_eq!(ends.get(), 1);
        task.result().unwrap();
    });
}

#[test]
fn a_task_whose_future_is_dropped_goes_on() {
    watched(|| {
        let (runtime, executor) = runtime(1);
        let (runs, gate) = (Count::default(), Gate::default());
        let (count, closed) = (runs.clone(), gate.clone());
        let task = executor.submit(move || {
            closed.pass();
            count.add();
        });
        runtime.block_on(async {
            tokio::select! {
                biased;
                _ = task => unreachable!("the gate is closed"),
                () = std::future::ready(()) => {}
            }
        });
        gate.open();
        runs.reaches(1);
    });
}

#[test]
fn one_executor_serves_many_threads() {
    watched(|| {
        let (_runtime, executor) = runtime(4);
        let executor = Arc::new(executor);
        let n = if cfg!(miri) { 5 } else { 100 };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert!((0..n).par_map(&executor, |n| n + 1).eq(1..=n)));
            }
        });
    });
}
