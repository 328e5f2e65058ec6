//! Ctrl-C asks the work to stop: what was done is printed, and the exit code is 130, as a shell expects it. A second Ctrl-C
//! ends the program at once.
//!
//! ```text
//! $ cargo run --release --example ctrl_c
//! working: Ctrl-C stops it
//! the numbers up to 1000 sum to 500500
//! the numbers up to 1000000 sum to 500000500000
//! ^C
//! stopping: a second Ctrl-C ends it at once
//! the numbers up to 18446744073709551615: stopped
//! 2 of 3 done
//! ```
//!
//! With the argument `stubborn` one more job looks at no token. Only the second Ctrl-C ends that.
#![forbid(unsafe_code)]

use std::error::Error;
use std::hint::black_box;
use std::process::{ExitCode, exit};
use tarae::prelude::*;

/// 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let root = CancelToken::new();
    stop_on_ctrl_c(root.clone())?;

    let pool = ThreadPool::new(2)?;
    if std::env::args().nth(1).is_some_and(|argument| argument == "stubborn") {
        drop(pool.submit(|| (0..u64::MAX).map(black_box).max())); // nobody waits for it but the end of the pool
    }
    let work = [1_000, 1_000_000, u64::MAX];
    println!("working: Ctrl-C stops it");
    let tasks = work.map(|n| {
        let token = root.child();
        (n, pool.submit(move || sum(n, &token)))
    });

    let mut done = 0;
    for (n, task) in as_completed(tasks) {
        match task.result()? {
            Ok(sum) => {
                println!("the numbers up to {n} sum to {sum}");
                done += 1;
            }
            Err(Cancelled) => println!("the numbers up to {n}: stopped"),
        }
    }
    println!("{done} of {} done", work.len());
    Ok(if done == work.len() { ExitCode::SUCCESS } else { ExitCode::from(INTERRUPTED) })
}

/// The handler runs on a thread of its own, not in the signal itself: there it may lock and allocate.
fn stop_on_ctrl_c(token: CancelToken) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || {
        if token.is_cancelled() {
            exit(INTERRUPTED.into());
        }
        eprintln!("\nstopping: a second Ctrl-C ends it at once");
        token.cancel();
    })
}

/// The sum of the numbers up to `n`, one by one.
fn sum(n: u64, token: &CancelToken) -> Result<u128, Cancelled> {
    let mut sum = 0;
    for k in 1..=n {
        token.checkpoint()?;
        sum += u128::from(black_box(k));
    }
    Ok(sum)
}
