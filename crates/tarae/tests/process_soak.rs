//! Workers that die in all ways, thousands of times, in one pool: each task is asked for its answer, and each answer is
//! judged by what the task was told, which worker had begun it, and who was killed. Nothing may be lost, blamed on another
//! task, left behind, or grow.
//!
//! `TARAE_SOAK_DEATHS` and `TARAE_SOAK_TASKS` say how many (10,000 over 1,000,000 is the long form), `TARAE_SOAK_SEED` which.
//! The counts are printed, and written to the file `TARAE_SOAK_COUNTS` if that is set.
#![cfg(all(target_os = "linux", not(miri)))]
#![deny(unsafe_code)]

#[path = "executor_contract/support.rs"]
mod support;

#[path = "process_soak/fate.rs"]
mod fate;
#[path = "process_soak/machine.rs"]
mod machine;
#[path = "process_soak/record.rs"]
mod record;
#[path = "process_soak/rounds.rs"]
mod rounds;
#[path = "process_soak/tally.rs"]
mod tally;

use rounds::{Soak, TASKS_A_ROUND};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use support::Random;
use tally::Tally;
use tarae::executor::Output;
use tarae::prelude::*;

tarae::init!();

/// A task that takes longer than this hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A worker may have so much memory.
const MEMORY: u64 = 1 << 30;

/// After so many tasks a worker is replaced, if it has not died.
const TASKS_PER_WORKER: usize = 3_000;

/// How much may be resident more at the end than after the first quarter, in KiB.
const GROWTH: u64 = 4 << 10;

#[test]
fn whatever_workers_die_of_nothing_is_lost_or_blamed_on_another_task() {
    let number = |name: &str, otherwise: u64| match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} must be a number, and is {text:?}")),
        Err(_) => otherwise,
    };
    let deaths = number("TARAE_SOAK_DEATHS", 300);
    let tasks = number("TARAE_SOAK_TASKS", 20_000);
    let seed = number("TARAE_SOAK_SEED", 1);
    println!("seed {seed}");
    let (tally, problems) = soak(deaths, tasks, Random::new(seed));
    println!("{tally}");
    if let Some(path) = std::env::var_os("TARAE_SOAK_COUNTS") {
        std::fs::write(path, tally.goals()).unwrap();
    }
    assert_eq!(problems, Vec::<String>::new());
    assert!(tally.all_deaths() >= deaths, "that were not enough deaths");
    assert_eq!((tally.lost, tally.misblamed), (0, 0));
    assert_eq!((tally.orphans, tally.descriptors, tally.threads), (0, 0, 0));
    let (first, last) = (tally.resident[0], *tally.resident.last().unwrap());
    assert!(last <= first + GROWTH, "memory grows: {:?} KiB", tally.resident);
}

fn pool() -> ProcessPool {
    ProcessPool::builder()
        .workers(2)
        .memory_limit(MEMORY)
        .tasks_per_worker(TASKS_PER_WORKER)
        .env(record::VARIABLE, record::path())
        // What is captured is the end: a backtrace would leave no last words in it.
        .env("RUST_BACKTRACE", "0")
        .stdout(Output::Discard)
        .stderr(Output::Capture)
        .build()
        .unwrap()
}

/// The first problems are told in words.
fn soak(deaths: u64, tasks: u64, random: Random) -> (Tally, Vec<String>) {
    record::clear();
    // What is started once and stays, is there before anything is counted.
    let warm = pool();
    let _ =
        warm.submit_with(Options::new().timeout(Duration::from_millis(1)), portable((), |()| ())).result();
    drop(warm);
    let (descriptors, threads) = (machine::descriptors(), support::threads());
    let begun = Instant::now();
    let mut soak = Soak::new(pool(), random, deaths, tasks);
    let quarter = tasks.div_ceil(4);
    let watchdog = Watchdog::default();
    std::thread::scope(|scope| {
        scope.spawn(|| watchdog.watch());
        while soak.tally.tasks < tasks || soak.tally.all_deaths() < deaths {
            soak.round();
            watchdog.pet();
            if soak.tally.tasks >= quarter * (soak.tally.resident.len() as u64 + 1) {
                soak.tally.resident.push(machine::resident());
            }
        }
        watchdog.over.store(true, Ordering::SeqCst);
    });
    let Soak { pool, mut tally, problems, .. } = soak;
    let counters = pool.counters();
    assert_eq!((counters.queued, counters.running), (0, 0), "{counters:?}");
    drop(pool);
    tally.elapsed = begun.elapsed();
    tally.orphans = machine::relatives().len() as u64;
    // Threads that have ended are seen to have ended a little later.
    let limit = Instant::now() + Duration::from_secs(5);
    while support::threads() > threads && Instant::now() < limit {
        std::thread::yield_now();
    }
    tally.threads = support::threads().saturating_sub(threads) as u64;
    tally.descriptors = machine::descriptors().saturating_sub(descriptors) as u64;
    let _ = std::fs::remove_file(record::path());
    (tally, problems)
}

/// Ends the test if a round takes far too long: whoever waits for what never comes cannot say so.
#[derive(Default)]
struct Watchdog {
    rounds: AtomicU64,
    over: AtomicBool,
}

impl Watchdog {
    fn pet(&self) {
        self.rounds.fetch_add(1, Ordering::SeqCst);
    }

    fn watch(&self) {
        let (mut rounds, mut since) = (0, Instant::now());
        while !self.over.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(20));
            let now = self.rounds.load(Ordering::SeqCst);
            if now != rounds {
                (rounds, since) = (now, Instant::now());
            }
            if since.elapsed() > PATIENCE + PATIENCE / 2 {
                eprintln!("1 hang: round {rounds}, of at most {TASKS_A_ROUND} tasks, does not end");
                std::process::exit(1);
            }
        }
    }
}
