//! Cells 56 to 79: sums on a pool of threads. Each is a generator's, item by item.

use super::page::Page;
use super::python::{set, shown, truth};
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tarae::prelude::*;

pub(crate) fn cells(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.cell(56, "pools, tasks and time")?;

    page.cell(57, "work for a pool: sums of so many numbers, by a generator")?;
    let worklist = [10_000, 100_000, 10_000_000, 100_000_000];

    page.cell(58, "a pool maps the list, in order")?;

    page.cell(59, "run it")?;
    main_map(page, &worklist)?;

    page.cell(60, "more work")?;
    let worklist = [100_000, 1_000_000, 100_000_000, 1_000_000_000];

    page.cell(68, "submit everything, then wait for at most seven seconds")?;

    page.cell(69, "run it")?;
    main_wait(page, &worklist)?;

    page.cell(77, "submit everything, then take each as it is completed")?;

    page.cell(78, "run it")?;
    main_as_completed(page, &worklist)?;

    page.cell(79, "a division")?;
    page.print(749002.0 / 3330277.0);
    Ok(())
}

/// The cells with work, on another list.
pub(crate) fn cells_on(page: &Page<'_>, worklist: &[u64]) -> Result<(), Box<dyn Error>> {
    page.cell(59, "a pool maps the list, in order")?;
    main_map(page, worklist)?;

    page.cell(69, "submit everything, then wait for at most seven seconds")?;
    main_wait(page, worklist)?;

    page.cell(78, "submit everything, then take each as it is completed")?;
    main_as_completed(page, worklist)
}

/// The numbers from 1 to `n`.
pub(crate) fn numbers(n: u64) -> Generator<impl Yields<u64>> {
    generator!({
        for n in 1..n + 1 {
            yield n;
        }
    })
}

/// In [57]. Each number passes through a black box, so that no compiler finds the formula for their sum.
#[tarae::remote]
pub(crate) fn sum_generator(n: u64) -> u64 {
    numbers(n).map(black_box).sum()
}

/// In [58]
fn main_map(page: &Page<'_>, worklist: &[u64]) -> Result<(), Box<dyn Error>> {
    let start_tm = Instant::now();

    let executor = ThreadPool::builder().build()?;
    // One at a time, as in Python: the last is as much work as all before it.
    let result: Vec<u64> = worklist.iter().copied().par_map(&executor, sum_generator).batch(1).collect();
    drop(executor);

    let end_tm = start_tm.elapsed();
    page.print(format_args!("\n Result -> {result:?} Time : {:.2}s", end_tm.as_secs_f64()));
    rate(page, worklist, end_tm);
    Ok(())
}

/// In [68]
fn main_wait(page: &Page<'_>, worklist: &[u64]) -> Result<(), Box<dyn Error>> {
    let start_tm = Instant::now();

    let mut future_list = Vec::new();

    let executor = ThreadPool::builder().build()?;
    for &work in worklist {
        let future = executor.submit(move || sum_generator(work));
        page.print(format_args!("Scheduled for {work} : {}", shown(&future)));
        page.print("");
        future_list.push(future);
    }

    let result = wait(future_list, Duration::from_secs(7), Wait::All);
    drop(executor); // waits for what is left, as the end of `with` does

    let end_tm = start_tm.elapsed();
    let all_shown = |tasks: &[Task<u64>]| set(&tasks.iter().map(shown).collect::<Vec<_>>());
    page.print(format_args!("completed ::: {}", all_shown(&result.done)));
    page.print(format_args!("pending ones after waiting for 7secs ::: {}", all_shown(&result.pending)));
    let sums: Result<Vec<u64>, TaskError> = result.done.into_iter().map(Task::result).collect();
    page.print(format_args!("{:?}", sums?));
    page.print(format_args!("\n end Time : {:.2}s", end_tm.as_secs_f64()));
    rate(page, worklist, end_tm);
    Ok(())
}

/// In [77]
fn main_as_completed(page: &Page<'_>, worklist: &[u64]) -> Result<(), Box<dyn Error>> {
    let start_tm = Instant::now();

    let mut future_list = Vec::new();

    let executor = ThreadPool::builder().build()?;
    for &work in worklist {
        let future = executor.submit(move || sum_generator(work));
        page.print(format_args!("Scheduled for {work} : {}", shown(&future)));
        page.print("");
        future_list.push(future);
    }

    for future in as_completed(future_list) {
        let done = truth(future.is_finished());
        // Python's cell shows the method, not what it gives; here that is a text.
        let cancelled = format!("<bound method Future.cancelled of {}>", shown(&future));
        let result = future.result()?;

        page.print(format_args!("Future Result : {result}, Done : {done}"));
        page.print(format_args!("Future Cancelled : {cancelled}"));
    }
    drop(executor);

    let end_tm = start_tm.elapsed();
    page.print(format_args!("\n end Time : {:.2}s", end_tm.as_secs_f64()));
    rate(page, worklist, end_tm);
    Ok(())
}

/// What the notebook does not show: how fast that was.
pub(crate) fn rate(page: &Page<'_>, worklist: &[u64], elapsed: Duration) {
    let items: u64 = worklist.iter().sum();
    let seconds = elapsed.as_secs_f64();
    page.print(format_args!(
        "# {items} items in {seconds:.6} s: {:.0} items per second",
        items as f64 / seconds
    ));
}
