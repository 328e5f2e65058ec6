//! A pipeline: an endless source, runs of it as groups, each group worked on in parallel, totals in order. Who asks for five
//! days gets five, and the source stops.
//!
//! ```text
//! $ cargo run --release --example pipeline
//! day 1: 4 readings, 32 at most, 4 in all
//! day 2: 3 readings, 36 at most, 7 in all
//! day 3: 4 readings, 33 at most, 11 in all
//! day 4: 3 readings, 40 at most, 14 in all
//! day 5: 4 readings, 39 at most, 18 in all
//! ```
#![forbid(unsafe_code)]

use std::error::Error;
use tarae::iter::{accumulate, groupby};
use tarae::prelude::*;

/// A day and what was measured.
type Reading = (u32, u32);

#[derive(Clone, Copy)]
struct Day {
    day: u32,
    readings: usize,
    most: u32,
    total: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let pool = ThreadPool::new(2)?;
    let days = groupby(readings(), |&(day, _)| day).collect_groups(); // one day in memory, not all
    let days = days.par_map(&pool, |(day, readings)| summary(day, &readings)); // on two threads, in order
    let days = accumulate(days, |before, day| Day { total: before.total + day.total, ..day });
    for Day { day, readings, most, total } in days.take(5) {
        println!("day {day}: {readings} readings, {most} at most, {total} in all");
    }
    Ok(())
}

/// What a sensor sends, hour after hour, for ever.
fn readings() -> Generator<impl Yields<Reading>> {
    generator!({
        for hour in (0u32..).step_by(7) {
            yield (hour / 24 + 1, hour * hour % 41);
        }
    })
}

fn summary(day: u32, readings: &[Reading]) -> Day {
    let most = readings.iter().map(|&(_, value)| value).max().unwrap_or(0);
    Day { day, readings: readings.len(), most, total: readings.len() }
}
