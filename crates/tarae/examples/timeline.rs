//! What ran when, on which thread: recorded, told, and drawn.
//!
//! ```text
//! $ cargo run --release --example timeline run.svg
//! kitchen: rice, then soup
//! bakery: bread
//! 3 tasks, none lost; the picture is run.svg
//! ```
//!
//! A browser shows the picture. Of a name that ends in `.json` it makes a trace for ui.perfetto.dev.
#![forbid(unsafe_code)]

use std::error::Error;
use std::hint::black_box;
use tarae::prelude::*;
use tarae::timeline;

fn main() -> Result<(), Box<dyn Error>> {
    let recording = timeline::start()?;
    // Pools of one thread, so that it is known which thread takes what.
    let kitchen = ThreadPool::builder().workers(1).name("kitchen").build()?;
    let bakery = ThreadPool::builder().workers(1).name("bakery").build()?;
    let rice = kitchen.submit_with(Options::new().name("rice"), || cook(3));
    let soup = kitchen.submit_with(Options::new().name("soup"), || cook(2));
    let bread = bakery.submit_with(Options::new().name("bread"), || cook(5));
    for task in as_completed([rice, soup, bread]) {
        task.result()?;
    }

    let timeline = recording.finish();
    for room in ["kitchen", "bakery"] {
        let its_own = timeline.threads().iter().filter(|thread| thread.name.starts_with(room));
        let tasks = its_own.flat_map(|thread| thread.events.iter().filter(|event| !event.is_wait));
        let names: Vec<String> = tasks.map(|task| task.label().to_string()).collect();
        println!("{room}: {}", names.join(", then "));
    }
    print!(
        "{} tasks, {} lost",
        timeline.tasks().count(),
        if timeline.dropped() == 0 { "none" } else { "some" }
    );
    match std::env::args().nth(1) {
        None => println!("; give a name such as run.svg to see them"),
        Some(path) => {
            timeline.save(&path)?;
            println!("; the picture is {path}");
        }
    }
    Ok(())
}

/// So many million steps.
fn cook(millions: u64) -> u64 {
    (0..millions * 1_000_000).map(black_box).sum()
}
