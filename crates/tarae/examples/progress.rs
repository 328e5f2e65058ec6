//! A progress bar for work on a pool: one line, `.on_progress(..)`, beside the bar's own.
//!
//! ```text
//! $ cargo run --release --example progress
//! of 1 to 200, 171 needs the most steps: 124
//! 200 items were 133 tasks
//! $ cargo run --release --example progress 1000
//! of 1 to 1000, 871 needs the most steps: 178
//! 1000 items were 858 tasks
//! ```
//!
//! Counts the steps of each number's Collatz sequence, and says which number needs most. How many items make a task depends on
//! how long they take. The bar is drawn on stderr, if that is a terminal.
#![forbid(unsafe_code)]

use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::hint::black_box;
use tarae::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let numbers: u64 = match std::env::args().nth(1) {
        None => 200,
        Some(text) => {
            text.parse().map_err(|_| format!("{text:?} is no number of numbers; give one such as 1000"))?
        }
    };
    let pool = ThreadPool::builder().build()?;
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}, {eta} to go")?;
    let bar = ProgressBar::new(numbers).with_style(style);

    let longest = (1..=numbers)
        .par_map(&pool, |n| (steps(n), n))
        .on_progress(|p| bar.set_position(p.done)) // the line
        .max();

    bar.finish_and_clear();
    match longest {
        Some((steps, n)) => println!("of 1 to {numbers}, {n} needs the most steps: {steps}"),
        None => println!("of no numbers, none needs the most steps"),
    }
    let counters = pool.counters();
    println!("{numbers} items were {} tasks", counters.submitted);
    Ok(())
}

/// How many steps it takes from `n` to 1; again and again, so that there is something to wait for.
fn steps(n: u64) -> u32 {
    (0..2_000)
        .map(|_| {
            let path = std::iter::successors(Some(black_box(n)), |n| match n {
                1 => None,
                n if n % 2 == 0 => Some(n / 2),
                n => Some(3 * n + 1),
            });
            path.count() as u32 - 1
        })
        .max()
        .unwrap_or(0)
}
