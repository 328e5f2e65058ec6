//! After the notebook: the same work lists on a pool of processes, behind the same interface, and a worker that crashes.

use super::futures::{numbers, rate, sum_generator};
use super::page::Page;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tarae::prelude::*;

pub(crate) fn sections(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    same_work(page)?;
    crash(page)
}

/// Cells 59, 69 and 78. What differs is the pool, and that a function is named and not wrapped in a closure: a closure stays
/// in its process.
fn same_work(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.heading("After the notebook: the same work on processes")?;
    let start_tm = Instant::now();
    let executor = ProcessPool::builder().build()?;

    let first = [10_000, 100_000, 10_000_000, 100_000_000];
    let result: Vec<u64> = first.into_iter().par_map(&executor, sum_generator::FN).batch(1).collect();
    page.print(format_args!("as cell 59: {result:?}"));

    let worklist = [100_000, 1_000_000, 100_000_000, 1_000_000_000];
    let tasks = worklist.map(|work| executor.submit(sum_generator::call(work)));
    let result = wait(tasks, Duration::from_secs(7), Wait::All);
    page.print(format_args!("as cell 69: {} done, {} pending", result.done.len(), result.pending.len()));

    let tasks = worklist.map(|work| (work, executor.submit(sum_generator::call(work))));
    for (work, future) in as_completed(tasks) {
        page.print(format_args!("as cell 78: the sum of 1 to {work} is {}", future.result()?));
    }
    drop(executor);
    rate(page, &[&first[..], &worklist, &worklist].concat(), start_tm.elapsed());
    Ok(())
}

/// A sum that ends its process half-way, if it is of a million numbers.
#[tarae::remote]
fn sum_or_crash(n: u64) -> u64 {
    let look = |number| match (n, number) {
        (1_000_000, 500_000) => std::process::abort(),
        _ => black_box(number),
    };
    numbers(n).map(look).sum()
}

/// A worker takes one task with it. The rest is done, and another worker takes its place.
fn crash(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.heading("After the notebook: a worker that crashes")?;
    let pool = ProcessPool::new(2)?;
    let tasks = [100_000, 1_000_000, 10_000_000, 100_000_000].map(|n| {
        let name = Options::new().name(format!("sum of 1 to {n}"));
        (n, pool.submit_with(name, sum_or_crash::call(n)))
    });
    for (n, task) in tasks {
        match task.result() {
            Ok(sum) => page.print(format_args!("done: the sum of 1 to {n} is {sum}")),
            Err(error) => page.print(format_args!("lost: {error}")),
        }
    }
    page.print(format_args!("the pool goes on: {}", pool.submit(sum_or_crash::call(4)).result()?));
    Ok(())
}
