//! Work that is taken back, work that is asked to stop, and work that has a deadline.
//!
//! ```text
//! $ cargo run --release --example cancel
//! waiting: cancelled, it never ran
//! endless: cancel comes too late, it runs
//! endless: asked to stop, it stopped: cancelled
//! with a time-out: stopped: timed out
//! with a deadline of its own: did what could be done
//! ```
#![forbid(unsafe_code)]

use std::error::Error;
use std::sync::mpsc::channel;
use std::time::Duration;
use tarae::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let pool = ThreadPool::new(1)?;
    let (begun, begin) = channel();
    let endless = pool.submit(with_token(move |token| {
        let _ = begun.send(());
        (0u64..).cancellable(token).count() // looks at the token before each item
    }));
    let waiting = pool.submit(|| println!("nobody sees this"));
    begin.recv()?;

    // What has not begun can be taken back. What runs cannot: it is asked.
    if waiting.cancel() {
        println!("waiting: cancelled, it never ran");
    }
    if !endless.cancel() {
        println!("endless: cancel comes too late, it runs");
    }
    endless.abort();
    println!("endless: asked to stop, it stopped: {}", ending(endless));

    // The task's time-out: nobody wants half of the answer.
    let options = Options::new().timeout(Duration::from_millis(20));
    let late = pool.submit_with(options, with_token(|token| (0u64..).cancellable(token).count()));
    println!("with a time-out: stopped: {}", ending(late));

    // The job's own deadline: half of the answer is what it is for.
    let enough = pool.submit(with_token(|token| {
        let limit = token.until(Duration::from_millis(20));
        (0u64..).cancellable(&limit).count()
    }));
    enough.result()?;
    println!("with a deadline of its own: did what could be done");
    Ok(())
}

fn ending<T>(task: Task<T>) -> &'static str {
    match task.result() {
        Ok(_) => "with an answer",
        Err(error) if error.is_timed_out() => "timed out",
        Err(error) if error.is_cancelled() => "cancelled",
        Err(_) => "failed",
    }
}
