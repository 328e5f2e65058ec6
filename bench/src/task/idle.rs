//! Whether workers that have nothing to do stay asleep.

use std::fs;
use std::io;
use std::thread;
use std::time::Duration;
use tarae::prelude::*;

/// How often the workers of a pool ran in a second without work, all together; it had work before.
///
/// # Errors
/// If the system does not say how often its threads ran: Linux does.
pub fn wakeups_in_a_second() -> io::Result<u64> {
    const NAME: &str = "idle";
    const WORKERS: usize = 2;
    let pool = ThreadPool::builder().workers(WORKERS).name(NAME).build().map_err(io::Error::other)?;
    let tasks: Vec<_> = (0..1000u64).map(|n| pool.submit(move || n)).collect();
    assert_eq!(tasks.into_iter().map(|task| task.result().unwrap()).sum::<u64>(), super::sum_below(1000));

    // A worker looks around for some microseconds before it sleeps; on a busy machine it may have to wait for its turn,
    // also to take its name. One that never settles is what is looked for: that is measured, too.
    let mut before = switches(NAME)?;
    for _ in 0..20 {
        thread::sleep(Duration::from_millis(50));
        let now = switches(NAME)?;
        let has_settled = now == before && now.len() == WORKERS;
        before = now;
        if has_settled {
            break;
        }
    }
    if before.len() != WORKERS || before.contains(&0) {
        return Err(io::Error::other(format!("found {before:?} of {WORKERS} workers, which have all slept")));
    }
    thread::sleep(Duration::from_secs(1));
    Ok(switches(NAME)?.iter().sum::<u64>() - before.iter().sum::<u64>())
}

/// How often each thread whose name begins so was taken off a core: as often it had been put on one.
fn switches(name: &str) -> io::Result<Vec<u64>> {
    let mut of_threads = Vec::new();
    for thread in fs::read_dir("/proc/self/task")? {
        let status = fs::read_to_string(thread?.path().join("status"))?;
        let fields: Vec<(&str, &str)> = status.lines().filter_map(|line| line.split_once(':')).collect();
        let is = |(field, value): &(&str, &str)| *field == "Name" && value.trim().starts_with(name);
        if fields.iter().any(is) {
            let counts = fields.iter().filter(|(field, _)| field.ends_with("voluntary_ctxt_switches"));
            of_threads.push(counts.filter_map(|(_, count)| count.trim().parse::<u64>().ok()).sum());
        }
    }
    Ok(of_threads)
}
