// Included for each executor: `make` gives one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use support::{Count, watched};
use tarae::prelude::*;

type BoxJob<T> = Box<dyn FnOnce() -> T + Send>;

/// F52: a closure has its arguments with it.
#[test]
fn a_job_runs_once_and_gives_its_value() {
    watched(|| {
        let (executor, runs) = (make(), Count::default());
        for n in 0..20 {
            let count = runs.clone();
            let task = executor.submit(move || {
                count.add();
                n
            });
            assert_eq!(task.result().unwrap(), n);
        }
        end(executor);
        assert_eq!(runs.get(), 20);
    });
}

struct Square(u64);

impl Job for Square {
    type Output = u64;
    fn run(self) -> u64 {
        self.0 * self.0
    }
}

struct Add;

impl RemoteFn for Add {
    type Args = (u64, u64);
    type Output = u64;
    const NAME: &'static str = "add";
    fn invoke((a, b): (u64, u64)) -> u64 {
        a + b
    }
}

/// F52: also functions with arguments.
#[test]
fn jobs_of_every_kind_run() {
    watched(|| {
        let executor = make();
        let text = String::from("captured");
        assert_eq!(executor.submit(move || text.len()).result().unwrap(), 8);
        assert_eq!(executor.submit(Square(6)).result().unwrap(), 36);
        assert_eq!(executor.submit(Call::<Add>::new((1, 2))).result().unwrap(), 3);
        assert_eq!(executor.submit(portable((3, 4), |(a, b)| a * b)).result().unwrap(), 12);
        let boxed: BoxJob<u32> = Box::new(|| 7);
        assert_eq!(executor.submit(boxed).result().unwrap(), 7);
        assert_eq!(executor.submit(u64::default as fn() -> u64).result().unwrap(), 0);
    });
}

#[test]
fn generic_code_and_pointers_submit_as_the_executor_does() {
    fn generic<E: Executor<J>, J: Job>(executor: E, job: J) -> J::Output {
        executor.submit(job).result().unwrap()
    }
    fn of_any(executor: &dyn Executor<BoxJob<u32>>) -> u32 {
        executor.submit(Box::new(|| 1)).result().unwrap()
    }
    watched(|| {
        let executor = make();
        let reference: &dyn Executor<Square> = &executor;
        assert_eq!(generic(reference, Square(3)), 9);
        assert_eq!(generic(Box::new(make()), || 1), 1);
        assert_eq!(generic(Arc::new(make()), Square(2)), 4);
        assert_eq!(generic(Box::new(Arc::new(make())), || 1), 1);
        assert_eq!(of_any(&make()), 1);
        assert_eq!(
            Executor::<Square>::parallelism(&Arc::new(make())),
            Executor::<Square>::parallelism(&make())
        );
    });
}

#[test]
fn a_panic_is_an_error_that_names_task_and_place_and_the_executor_lives_on() {
    watched(|| {
        let executor = make();
        for n in 0..5 {
            let options = Options::new().name(format!("task {n}"));
            let task = executor.submit_with(options, move || -> u32 { panic!("number {n}") });
            let line = line!() - 1;
            let error = task.result().unwrap_err();
            assert!(error.is_panic() && !error.is_cancelled());
            assert_eq!(error.task_name(), Some(&*format!("task {n}")));
            assert_eq!((error.location().file(), error.location().line()), (file!(), line));
            assert!(error.to_string().starts_with(&format!("task \"task {n}\" panicked: number {n} (")));
            let panic = catch_unwind(AssertUnwindSafe(|| error.resume())).unwrap_err();
            assert_eq!(support::message(&*panic), format!("number {n}"));
        }
        assert_eq!(executor.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_dropped_handle_detaches() {
    watched(|| {
        let (executor, runs) = (make(), Count::default());
        for _ in 0..10 {
            let count = runs.clone();
            drop(executor.submit(move || count.add()));
        }
        runs.reaches(10);
        end(executor);
        assert_eq!(runs.get(), 10);
    });
}

#[test]
fn values_come_back_by_move() {
    watched(|| {
        let drops = Count::default();
        let value = drops.on_drop();
        let executor = make();
        let value = executor.submit(move || value).result().unwrap();
        assert_eq!(drops.get(), 0);
        end(executor);
        drop(value);
        assert_eq!(drops.get(), 1);
    });
}

#[test]
fn tasks_are_waited_for_together_and_followed() {
    watched(|| {
        let executor = make();
        let tasks: Vec<_> = (0..10).map(|n| executor.submit(move || n)).collect();
        let waited = wait(tasks, None, Wait::All);
        assert!(waited.done.into_iter().map(|task| task.result().unwrap()).eq(0..10));
        let set = as_completed((0..10).map(|n| (n, executor.submit(move || n))));
        let mut seen: Vec<i32> = set
            .map(|(key, task)| {
                assert_eq!(task.result().unwrap(), key);
                key
            })
            .collect();
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..10));
        assert_eq!(
            executor.submit(|| "four").on_done(|word| word.map(str::len)).result().unwrap().unwrap(),
            4
        );
        let (answer, polls) = support::block_on(executor.submit(|| 1));
        assert_eq!(answer.unwrap(), 1);
        assert!(polls <= 2);
    });
}

/// F4: and keeps its answer.
#[test]
fn a_task_that_is_over_is_not_cancelled_any_more() {
    watched(|| {
        let executor = make();
        let task = executor.submit(|| 1);
        assert!(task.wait_within(Duration::from_secs(3600)));
        assert!(!task.cancel());
        task.abort();
        assert_eq!(task.result_within(Duration::ZERO).unwrap().unwrap(), 1);
    });
}

#[test]
fn a_job_submits_and_waits_three_deep() {
    watched(|| {
        let executor = Arc::new(make());
        let (second, third) = (executor.clone(), executor.clone());
        let task = executor.submit(move || {
            let task = second.submit(move || third.submit(|| 1).result().unwrap() + 1);
            task.result().unwrap() + 1
        });
        assert_eq!(task.result().unwrap(), 3);
    });
}

/// Sums a tree of tasks, each of which waits for its children in one of several ways.
fn tree(executor: &Arc<Made>, depth: u64, seed: u64) -> u64 {
    if depth == 0 {
        return 1;
    }
    let mut random = support::Random::new(seed);
    let children: Vec<_> = (0..=random.below(3))
        .map(|_| {
            let (executor, seed) = (executor.clone(), random.below(u64::MAX));
            Executor::<BoxJob<u64>>::submit(
                &executor.clone(),
                Box::new(move || tree(&executor, depth - 1, seed)),
            )
        })
        .collect();
    let value = |task: Task<u64>| task.result().unwrap();
    match random.below(5) {
        0 => children.into_iter().map(value).sum(),
        1 => children.into_iter().rev().map(value).sum(),
        2 => as_completed(children).map(value).sum(),
        3 => wait(children, None, Wait::All).done.into_iter().map(value).sum(),
        _ => children.into_iter().map(|task| task.on_done(|n| n.unwrap())).map(value).sum(),
    }
}

/// The same sum without tasks.
fn plain_tree(depth: u64, seed: u64) -> u64 {
    if depth == 0 {
        return 1;
    }
    let mut random = support::Random::new(seed);
    (0..=random.below(3)).map(|_| plain_tree(depth - 1, random.below(u64::MAX))).sum()
}

#[test]
fn random_nested_waits_come_to_an_end() {
    let (depth, trees) = if cfg!(miri) { (3, 2) } else { (7, 30) };
    watched(move || {
        let executor = Arc::new(make());
        for seed in 1..=trees {
            let inner = executor.clone();
            let sum = executor.submit(move || tree(&inner, depth, seed)).result().unwrap();
            assert_eq!(sum, plain_tree(depth, seed));
        }
    });
}

/// F53, F54: however it is cut into batches.
#[test]
fn par_map_keeps_order_and_puts_failures_in_their_place() {
    watched(|| {
        let executor = make();
        let n = if cfg!(miri) { 30 } else { 2_000 };
        assert!((0..n).par_map(&executor, |n| n + 1).eq(1..=n));
        assert!((0..n).par_map(&executor, |n| n + 1).batch(7).buffer(20).eq(1..=n));
        let results: Vec<_> = (0..10)
            .par_map(&executor, |n| if n % 4 == 2 { panic!("number {n}") } else { n })
            .results()
            .map(|result| result.map_err(|error| error.is_panic()))
            .collect();
        assert_eq!(results, [Ok(0), Ok(1), Err(true), Ok(3), Ok(4), Ok(5), Err(true), Ok(7), Ok(8), Ok(9)]);
    });
}

#[test]
fn par_map_as_completed_and_par_stage_give_each_result_once() {
    watched(|| {
        let executor = make();
        let n = if cfg!(miri) { 20u32 } else { 200 };
        let mut squares: Vec<u32> = (0..n).par_map(&executor, |n| n * n).as_completed().buffer(20).collect();
        squares.sort_unstable();
        assert!(squares.into_iter().eq((0..n).map(|n| n * n)));
        let even = (0..n).par_stage(&executor, |batch| batch.filter(|n| n % 2 == 0));
        assert!(even.batch(7).eq((0..n).step_by(2)));
        let lent = &executor;
        assert_eq!((0..).try_par_for_each(lent, move |k| if k == n { Err(k) } else { Ok(()) }), Err(n));
        end(executor);
    });
}

#[test]
fn par_map_works_inside_a_job_and_inside_itself() {
    watched(|| {
        let executor = Arc::new(make());
        let inner = executor.clone();
        let sum = executor.submit(move || {
            let nested = inner.clone();
            (0..8u32).par_map(inner, move |n| (0..n).par_map(nested.clone(), |n| n).sum::<u32>()).sum::<u32>()
        });
        assert_eq!(sum.result().unwrap(), 56);
    });
}
