//! After the notebook: what it only talks about. Work that a time-out really stops, a cancelled task, callbacks.

use super::futures::{numbers, sum_generator};
use super::page::Page;
use std::error::Error;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tarae::prelude::*;

pub(crate) fn sections(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    time_out(page)?;
    cancelled(page)?;
    callback(page)
}

/// Python's `wait` comes back after its time-out, but the work goes on, and the end of `with` waits for all of it.
fn time_out(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.heading("After the notebook: a time-out that stops the work")?;
    let pool = ThreadPool::builder().build()?;
    let tasks = [100_000, 1_000_000, 100_000_000, 1_000_000_000].map(|n| {
        // Half a sum is no answer: a task whose numbers end early ends as Cancelled.
        let name = Options::new().name(format!("sum of 1 to {n}"));
        let job = move || numbers(n).cancellable(&CancelToken::current()).sum::<u64>();
        (n, pool.submit_with(name, job))
    });

    let waited = wait(tasks, Duration::from_millis(200), Wait::All);
    page.print(format_args!("after 0.2 s: {} done, {} pending", waited.done.len(), waited.pending.len()));
    for (n, task) in waited.done {
        page.print(format_args!("done: the sum of 1 to {n} is {}", task.result()?));
    }

    let asked = Instant::now();
    for (_, task) in &waited.pending {
        task.abort();
    }
    wait(&waited.pending, None, Wait::All);
    let stopped = asked.elapsed();

    for (n, task) in waited.pending {
        match task.result() {
            Ok(sum) => page.print(format_args!("done meanwhile: the sum of 1 to {n} is {sum}")),
            Err(error) => page.print(format_args!("stopped: {error}")),
        }
    }
    page.print(format_args!(
        "the last of them ended {:.3} ms after it was asked to",
        stopped.as_secs_f64() * 1e3
    ));
    Ok(())
}

/// What has not begun is cancelled at once.
fn cancelled(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.heading("After the notebook: a cancelled task")?;
    let pool = ThreadPool::new(1)?;
    let (open, gate) = mpsc::channel::<()>();
    let busy = pool.submit(move || gate.recv().is_ok()); // keeps the only worker
    let behind = pool.submit_with(Options::new().name("behind"), || sum_generator(1_000));

    page.print(format_args!("before: {:?}", behind.state()));
    page.print(format_args!("cancel: {}", behind.cancel()));
    page.print(format_args!("after: {:?}", behind.state()));
    match behind.result() {
        Ok(sum) => page.print(format_args!("result: {sum}")),
        Err(error) => page.print(format_args!("result: {error}")),
    }

    open.send(())?;
    page.print(format_args!("the one before it ended undisturbed: {}", busy.result()?));
    Ok(())
}

/// A callback gets the answer, and is a task itself: what it returns, or how it failed, is not lost.
fn callback(page: &Page<'_>) -> Result<(), Box<dyn Error>> {
    page.heading("After the notebook: a callback, and one that panics")?;
    let pool = ThreadPool::new(1)?;

    let told =
        pool.submit(|| sum_generator(1_000)).on_done(|sum| Ok::<_, TaskError>(format!("{} it is", sum?)));
    page.print(format_args!("the callback says: {}", told.result()??));

    let broken = pool.submit(|| sum_generator(1_000)).on_done(|_| -> u64 { panic!("no use for a sum") });
    match broken.result() {
        Ok(value) => page.print(format_args!("the second says: {value}")),
        Err(error) => page.print(format_args!("the second: {error}")),
    }
    page.print("(what the panic itself has to say is on stderr, as for any panic)");

    page.print(format_args!("the pool goes on: {}", pool.submit(|| sum_generator(4)).result()?));
    Ok(())
}
