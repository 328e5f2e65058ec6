//! Answers as they complete, and how far it has come. Which is there first varies; what is made of them does not.
//!
//! ```text
//! $ cargo run --release --example as_completed
//! [#####               ] 1 of 4
//! [##########          ] 2 of 4
//! [###############     ] 3 of 4
//! [####################] 4 of 4
//! the longest way to 1 begins at 837799 and has 525 numbers
//! it was found among 500001..=1000000
//! ```
//!
//! The ranges are uneven, so the short ones do not wait for the long one. The example `progress` draws a real bar.
#![forbid(unsafe_code)]

use std::error::Error;
use std::iter::successors;
use std::ops::RangeInclusive;
use tarae::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let pool = ThreadPool::new(2)?;
    let ranges = [500_001..=1_000_000, 100_001..=500_000, 1_001..=100_000, 1..=1_000];
    let count = ranges.len();
    let tasks = ranges.map(|range| (range.clone(), pool.submit(|| longest(range)))); // a key travels with its task

    let mut best = (0, 0, 0..=0);
    for (done, (range, task)) in (1..).zip(as_completed(tasks)) {
        let (numbers, start) = task.result()?;
        if numbers > best.0 {
            best = (numbers, start, range);
        }
        println!("[{:20}] {done} of {count}", "#".repeat(20 * done / count));
    }
    let (numbers, start, range) = best;
    println!("the longest way to 1 begins at {start} and has {numbers} numbers");
    println!("it was found among {range:?}");
    Ok(())
}

/// Which of the numbers has the longest way to 1, where an even number is halved, and an odd one tripled and one added.
fn longest(range: RangeInclusive<u64>) -> (usize, u64) {
    let way = |n| successors(Some(n), |&n| (n > 1).then(|| if n % 2 == 0 { n / 2 } else { 3 * n + 1 }));
    range.map(|n| (way(n).count(), n)).max().unwrap_or_default()
}
