//! Work on other processes: one that crashes takes one task with it, and says which, and how.
//!
//! ```text
//! $ cargo run --release --example process_pool
//! squares: [1, 4, 9, 16, 25]
//! parse "12": 12
//! parse "twelve": lost: its worker exited with code 3 while it ran
//! parse "": panicked: nothing to parse
//! parse "7": 7
//! a loop without an end: stopped after 0.1 s
//! item by item: 1, lost, 3
//! ```
#![forbid(unsafe_code)]

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;
use tarae::executor::Output;
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// A library in C would crash the program that calls it with this: here it is the worker that exits.
#[tarae::remote]
fn parse(text: String) -> u64 {
    assert!(!text.is_empty(), "nothing to parse");
    text.parse().unwrap_or_else(|_| std::process::exit(3))
}

fn main() -> Result<(), Box<dyn Error>> {
    // First of all: a worker is this program, started again.
    tarae::init();
    let pool = ProcessPool::builder().workers(2).stderr(Output::Capture).build()?;

    // A function that captures nothing travels as it is; arguments and results by `serde`.
    let squares = (1..6).par_map(&pool, (|n| n * n) as fn(u64) -> u64);
    println!("squares: {:?}", squares.collect::<Vec<_>>());

    // One that is marked `#[remote]` is a job by its name, and a function as before.
    let tasks = ["12", "twelve", "", "7"].map(|text| (text, pool.submit(parse::call(text.to_owned()))));
    for (text, task) in tasks {
        println!("parse {text:?}: {}", told(task.result()));
    }

    // A time-out ends what never ends, and the worker with it.
    let options = Options::new().timeout(Duration::from_millis(100));
    let endless = pool.submit_with(options, portable(0, |n: u64| while black_box(n) == 0 {}));
    if endless.result().is_err_and(|error| error.is_timed_out()) {
        println!("a loop without an end: stopped after 0.1 s");
    }

    // Of a batch, too, one item is lost, and no other.
    let texts = ["1", "two", "3"].map(str::to_owned);
    let items = texts.into_iter().par_map(&pool, parse::FN).results();
    let items = items.map(|result| result.map_or_else(|_| "lost".to_owned(), |number| number.to_string()));
    println!("item by item: {}", items.collect::<Vec<_>>().join(", "));
    Ok(())
}

/// In a few words: the error itself says more, such as where the task was submitted and what its worker wrote last.
fn told(result: Result<u64, TaskError>) -> String {
    match result.as_ref().map_err(TaskError::kind) {
        Ok(number) => number.to_string(),
        Err(ErrorKind::WorkerDied(death)) => format!("lost: its worker {} {}", death.exit, death.phase),
        Err(ErrorKind::Panicked { message }) => format!("panicked: {message}"),
        Err(other) => format!("{other:?}"),
    }
}
