// Included for pools of `WORKERS` processes: the tests of `executor_contract/` again, since their closures cannot travel; see
// `contract.rs`, which compares the names.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use meeting::jobs::{counted, echo, waits};
use meeting::{Door, Guest, Tally};
use support::watched;
use tarae::prelude::*;

fn make() -> ProcessPool {
    ProcessPool::new(WORKERS).unwrap()
}

/// Workers that are busy until the door is opened.
struct Held {
    guests: Vec<Guest>,
    tasks: Vec<Task<u64>>,
}

/// Keeps all workers busy: all have begun when this returns.
fn hold(executor: &ProcessPool) -> Held {
    let door = Door::new();
    let tasks = (0..WORKERS as u64).map(|n| executor.submit(waits::call(door.path(), n))).collect();
    Held { guests: (0..WORKERS).map(|_| door.next()).collect(), tasks }
}

impl Held {
    fn release(self) {
        self.guests.into_iter().for_each(Guest::let_in);
        self.tasks.into_iter().for_each(|task| {
            task.result().unwrap();
        });
    }
}

#[test]
fn a_job_runs_once_and_gives_its_value() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        for n in 0..20 {
            assert_eq!(executor.submit(counted::call(runs.path(), n)).result().unwrap(), n);
        }
        drop(executor);
        assert!(runs.numbers().into_iter().eq(0..20));
    });
}

#[tarae::remote]
fn add(a: u64, b: u64) -> u64 {
    a + b
}

/// Calls of functions with none, one and several arguments, and closures that capture nothing; no others, by type.
#[test]
fn jobs_of_every_kind_run() {
    watched(|| {
        let executor = make();
        assert_eq!(executor.submit(echo::call(8)).result().unwrap(), 8);
        assert_eq!(executor.submit(add::call(1, 2)).result().unwrap(), 3);
        assert_eq!(executor.submit(Call::<add>::new((1, 2))).result().unwrap(), 3);
        assert_eq!(executor.submit(portable((3, 4), |(a, b)| a * b)).result().unwrap(), 12);
        assert_ne!(executor.submit(meeting::jobs::pid::call()).result().unwrap(), std::process::id());
        assert_eq!(executor.submit(portable((), |()| u64::default())).result().unwrap(), 0);
    });
}

#[test]
fn generic_code_and_pointers_submit_as_the_executor_does() {
    fn generic<E: Executor<J>, J: Job>(executor: E, job: J) -> J::Output {
        executor.submit(job).result().unwrap()
    }
    fn of_any(executor: &dyn Executor<Call<add>>) -> u64 {
        executor.submit(add::call(1, 0)).result().unwrap()
    }
    watched(|| {
        let executor = make();
        let reference: &dyn Executor<Call<add>> = &executor;
        assert_eq!(generic(reference, add::call(4, 5)), 9);
        assert_eq!(generic(Box::new(make()), echo::call(1)), 1);
        assert_eq!(generic(Arc::new(make()), add::call(1, 3)), 4);
        assert_eq!(generic(Box::new(Arc::new(make())), echo::call(1)), 1);
        assert_eq!(of_any(&make()), 1);
        assert_eq!(Executor::<Call<add>>::parallelism(&Arc::new(make())).get(), WORKERS);
    });
}

/// The panic comes with its text: what it carried stays where it was.
#[test]
fn a_panic_is_an_error_that_names_task_and_place_and_the_executor_lives_on() {
    watched(|| {
        let executor = ProcessPool::builder().workers(WORKERS).stderr(tarae::executor::Output::Discard);
        let executor = executor.build().unwrap();
        for n in 0..5u32 {
            let options = Options::new().name(format!("task {n}"));
            let task = executor.submit_with(options, portable(n, |n| -> u32 { panic!("number {n}") }));
            let line = line!() - 1;
            let error = task.result().unwrap_err();
            assert!(error.is_panic() && !error.is_cancelled());
            assert_eq!(error.task_name(), Some(&*format!("task {n}")));
            assert!(error.location().file().ends_with("suite.rs"));
            assert_eq!(error.location().line(), line);
            assert!(error.to_string().starts_with(&format!("task \"task {n}\" panicked: number {n} (")));
            let panic = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
            assert!(support::message(&*panic).contains(&format!("number {n}")));
        }
        assert_eq!(executor.submit(echo::call(1)).result().unwrap(), 1);
    });
}

#[test]
fn a_dropped_handle_detaches() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        for n in 0..10 {
            drop(executor.submit(counted::call(runs.path(), n)));
        }
        drop(executor);
        assert!(runs.sorted().into_iter().eq(0..10));
    });
}

#[tarae::remote]
fn moved(names: Vec<String>, numbers: std::collections::BTreeMap<u32, Option<i8>>) -> (usize, Vec<String>) {
    (numbers.len(), names)
}

/// By move on each side, and as equal ones from one to the other.
#[test]
fn values_come_back_by_move() {
    watched(|| {
        let executor = make();
        let names: Vec<String> = (0..100).map(|n| "n".repeat(n)).collect();
        let numbers = (0..50).map(|n| (n, i8::try_from(n * 3).ok())).collect();
        assert_eq!(executor.submit(moved::call(names.clone(), numbers)).result().unwrap(), (50, names));
    });
}

#[test]
fn tasks_are_waited_for_together_and_followed() {
    watched(|| {
        let executor = make();
        let tasks: Vec<_> = (0..10).map(|n| executor.submit(echo::call(n))).collect();
        let waited = wait(tasks, None, Wait::All);
        assert!(waited.done.into_iter().map(|task| task.result().unwrap()).eq(0..10));
        let set = as_completed((0..10).map(|n| (n, executor.submit(echo::call(n)))));
        let mut seen: Vec<u64> = set
            .map(|(key, task)| {
                assert_eq!(task.result().unwrap(), key);
                key
            })
            .collect();
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..10));
        let followed = executor.submit(echo::call(4)).on_done(|number| number.map(|number| number + 1));
        assert_eq!(followed.result().unwrap().unwrap(), 5);
        let (answer, polls) = support::block_on(executor.submit(echo::call(1)));
        assert_eq!(answer.unwrap(), 1);
        assert!(polls <= 2);
    });
}

#[test]
fn a_task_that_is_over_is_not_cancelled_any_more() {
    watched(|| {
        let executor = make();
        support::eventually("all processes", || executor.process_ids().len() == WORKERS);
        let pids = executor.process_ids();
        let task = executor.submit(echo::call(1));
        assert!(task.wait_within(Duration::from_secs(3600)));
        assert!(!task.cancel());
        task.abort();
        assert_eq!(task.result_within(Duration::ZERO).unwrap().unwrap(), 1);
        assert_eq!(executor.submit(echo::call(1)).result().unwrap(), 1);
        assert_eq!(executor.process_ids(), pids, "nobody was killed");
    });
}

/// Each in a pool of its own: a job cannot submit to the pool that runs it.
#[tarae::remote]
fn deep(depth: u64) -> u64 {
    match depth {
        0 => 1,
        _ => ProcessPool::new(1).unwrap().submit(deep::call(depth - 1)).result().unwrap() + 1,
    }
}

#[test]
fn a_job_submits_and_waits_three_deep() {
    watched(|| assert_eq!(make().submit(deep::call(2)).result().unwrap(), 3));
}

#[tarae::remote]
fn plus_one(n: u64) -> u64 {
    n + 1
}

#[tarae::remote]
fn unless(n: u64) -> u64 {
    if n % 4 == 2 { panic!("number {n}") } else { n }
}

#[test]
fn par_map_keeps_order_and_puts_failures_in_their_place() {
    watched(|| {
        let executor = make();
        assert!((0..2_000).par_map(&executor, plus_one::FN).eq(1..=2_000));
        assert!((0..2_000).par_map(&executor, plus_one::FN).batch(7).buffer(20).eq(1..=2_000));
        assert!((0..200).par_map(&executor, (|n| n + 1) as fn(u64) -> u64).eq(1..=200));
        let results: Vec<_> = (0..10)
            .par_map(&executor, unless::FN)
            .results()
            .map(|result| result.map_err(|error| error.is_panic()))
            .collect();
        assert_eq!(results, [Ok(0), Ok(1), Err(true), Ok(3), Ok(4), Ok(5), Err(true), Ok(7), Ok(8), Ok(9)]);
    });
}

/// Not stages, by type: what makes several items of a batch is a closure of a function and has no name.
#[test]
fn par_map_as_completed_and_par_stage_give_each_result_once() {
    watched(|| {
        let executor = make();
        let mut numbers: Vec<u64> =
            (0..200).par_map(&executor, plus_one::FN).as_completed().buffer(20).collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=200));
    });
}

/// Sums the numbers below, in a pool of its own.
#[tarae::remote]
fn sum_below(n: u64) -> u64 {
    (0..n).par_map(ProcessPool::new(1).unwrap(), echo::FN).sum()
}

#[test]
fn par_map_works_inside_a_job_and_inside_itself() {
    watched(|| assert_eq!((0..8).par_map(make(), sum_below::FN).sum::<u64>(), 56));
}

#[test]
fn queued_tasks_can_be_cancelled_and_limits_end() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        let held = hold(&executor);
        let cancelled = executor.submit(counted::call(runs.path(), 1));
        let kept = executor.submit(echo::call(1));
        assert!(!kept.wait_within(Duration::ZERO));
        assert!(!kept.wait_within(Duration::from_millis(1)));
        assert!(cancelled.cancel());
        assert!(cancelled.result().unwrap_err().is_cancelled());
        held.release();
        assert_eq!(kept.result().unwrap(), 1);
        drop(executor);
        assert_eq!(runs.numbers(), []);
    });
}

#[test]
fn all_its_workers_run_at_once() {
    watched(|| hold(&make()).release());
}

#[test]
fn dropping_it_finishes_what_is_queued() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        let held = hold(&executor);
        let tasks: Vec<_> = (0..1_000).map(|n| executor.submit(counted::call(runs.path(), n))).collect();
        assert_eq!(runs.numbers(), []);
        held.guests.into_iter().for_each(Guest::let_in);
        drop(executor);
        assert!(runs.sorted().into_iter().eq(0..1_000));
        assert!(tasks.into_iter().all(|task| task.result_within(Duration::ZERO).unwrap().is_ok()));
    });
}

#[test]
fn a_shutdown_that_finishes_runs_what_is_queued_and_refuses_the_rest() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        let held = hold(&executor);
        let queued = executor.submit(counted::call(runs.path(), 1));
        assert!(executor.shutdown(Shutdown::Finish, Duration::ZERO).is_err());
        let late = executor.submit(echo::call(1));
        assert_eq!(*late.result().unwrap_err().kind(), tarae::task::ErrorKind::Rejected);
        assert_eq!(runs.numbers(), []);
        held.release();
        executor.shutdown(Shutdown::Finish, None).unwrap();
        assert!(queued.result_within(Duration::ZERO).unwrap().is_ok());
        assert_eq!(runs.numbers(), [1]);
    });
}

#[test]
fn a_shutdown_that_cancels_ends_what_is_queued_and_lets_the_rest_finish() {
    watched(|| {
        let (executor, runs) = (make(), Tally::new());
        let held = hold(&executor);
        let queued: Vec<_> = (0..20).map(|n| executor.submit(counted::call(runs.path(), n))).collect();
        let still = executor.shutdown(Shutdown::CancelPending, Duration::ZERO).unwrap_err();
        assert_eq!((still.tasks().len(), still.queued()), (WORKERS, 0));
        for task in queued {
            assert!(task.result_within(Duration::ZERO).unwrap().unwrap_err().is_cancelled());
        }
        held.release();
        executor.shutdown(Shutdown::CancelPending, None).unwrap();
        assert_eq!(runs.numbers(), []);
    });
}

#[test]
fn a_shutdown_that_aborts_stops_what_runs() {
    watched(|| {
        let (executor, door) = (make(), Door::new());
        let running: Vec<_> =
            (0..WORKERS as u64).map(|n| executor.submit(waits::call(door.path(), n))).collect();
        let guests: Vec<_> = (0..WORKERS).map(|_| door.next()).collect();
        executor.shutdown(Shutdown::Abort, None).unwrap();
        assert!(running.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        guests.into_iter().for_each(Guest::ends);
    });
}
