//! Jobs that borrow: from what lives outside the scope, without a copy, a lock or an `Arc`.
//!
//! ```text
//! $ cargo run --release --example scope
//! 12 words, the longest is "whatever"
//! their lengths: [4, 4, 4, 8, 5, 3, 2, 3, 3, 3, 4, 4]
//! each line in order: ["come take this", "in there whatever you", "are say that with you"]
//! ```
#![forbid(unsafe_code)]

use std::error::Error;
use tarae::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let pool = ThreadPool::new(2)?;
    let text = String::from("this take come\nwhatever there you in\nyou say are with that");
    let mut lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    let mut words = 0;

    let (lengths, longest) = pool.scope(|s| {
        s.submit(|| words = text.split_whitespace().count()); // changes what is outside
        let longest = s.submit(|| text.split_whitespace().max_by_key(|word| word.len())); // gives a borrow back
        for line in &mut lines {
            s.submit(|| line.sort()); // each job changes a line of its own
        }
        let lengths: Vec<usize> = text.split_whitespace().par_map(s, str::len).collect(); // in order
        (lengths, longest.result())
    }); // here all jobs are over, whatever became of their tasks

    println!("{words} words, the longest is {:?}", longest?.unwrap_or_default());
    println!("their lengths: {lengths:?}");
    println!("each line in order: {:?}", lines.iter().map(|line| line.join(" ")).collect::<Vec<_>>());
    Ok(())
}
