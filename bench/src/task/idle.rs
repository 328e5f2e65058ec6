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
    let pool = ThreadPool::builder().workers(2).name(NAME).build().map_err(io::Error::other)?;
    let tasks: Vec<_> = (0..1000u64).map(|n| pool.submit(move || n)).collect();
    assert_eq!(tasks.into_iter().map(|task| task.result().unwrap()).sum::<u64>(), super::sum_below(1000));

    // A worker looks around for some microseconds before it sleeps; on a busy machine it may have to wait for its turn.
    let mut before = switches(NAME)?;
    loop {
        thread::sleep(Duration::from_millis(50));
        let now = switches(NAME)?;
        if now == before {
            break;
        }
        before = now;
    }
    assert!(before > 0, "they have slept, or nothing is counted");
    thread::sleep(Duration::from_secs(1));
    Ok(switches(NAME)? - before)
}

/// How often threads whose name begins so were taken off a core: each of them had been put on one.
fn switches(name: &str) -> io::Result<u64> {
    let mut sum = 0;
    let mut threads = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let status = fs::read_to_string(thread?.path().join("status"))?;
        let fields: Vec<(&str, &str)> = status.lines().filter_map(|line| line.split_once(':')).collect();
        let is = |(field, value): &(&str, &str)| *field == "Name" && value.trim().starts_with(name);
        if !fields.iter().any(is) {
            continue;
        }
        threads += 1;
        let counts = fields.iter().filter(|(field, _)| field.ends_with("voluntary_ctxt_switches"));
        sum += counts.filter_map(|(_, value)| value.trim().parse::<u64>().ok()).sum::<u64>();
    }
    assert_eq!(threads, 2, "expected both workers");
    Ok(sum)
}
