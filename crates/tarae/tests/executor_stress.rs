//! Everything at once, for as many seconds as `TARAE_STRESS_SECONDS` says: threads that submit, wait, cancel, abort, drop
//! and await, on pools that come and go, with time-outs, tokens, panics and nested waits. Then all must come out even: each
//! job ran or was cancelled, each value was dropped once, each failure was seen or reported, no thread is left.
#![forbid(unsafe_code)]

#[path = "executor_contract/support.rs"]
mod support;

#[path = "executor_stress/ledger.rs"]
mod ledger;
#[path = "executor_stress/world.rs"]
mod world;

use ledger::{Ledger, REPORTED};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};
use support::{PATIENCE, Random};
use tarae::prelude::*;
use world::{Doing, World, finish, submit};

/// How long pools live.
const ROUND: Duration = Duration::from_millis(250);
const SUBMITTERS: u64 = 3;
/// How deep jobs wait for each other.
const DEPTH: u32 = 3;

#[test]
#[cfg_attr(miri, ignore = "takes seconds")]
fn whatever_many_threads_do_each_job_is_accounted_for_and_nothing_is_left() {
    let seconds = std::env::var("TARAE_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(10);
    let end = Instant::now() + Duration::from_secs(seconds);
    tarae::task::set_failure_hook(|error| {
        assert!(error.is_panic(), "{error}");
        REPORTED.fetch_add(1, Ordering::SeqCst);
    });
    // One worker alone is the hardest case of nested waits: every other round.
    let sizes: [&[usize]; 6] = [&[1], &[1, 2, 4], &[1], &[2], &[1, 1], &[4]];
    let (mut rounds, mut jobs) = (0, 0);
    while rounds == 0 || Instant::now() < end {
        jobs += round(sizes[rounds % sizes.len()], rounds as u64);
        rounds += 1;
    }
    println!("{jobs} jobs in {rounds} rounds");
}

/// Runs pools of these sizes for a while; how many jobs they were given.
fn round(sizes: &[usize], seed: u64) -> usize {
    #[cfg(target_os = "linux")]
    let threads = support::threads();
    REPORTED.store(0, Ordering::SeqCst);
    let ledger = Ledger::default();
    let pools = sizes.iter().map(|&workers| ThreadPool::new(workers).unwrap()).collect();
    let world = Arc::new(World { pools, ledger: ledger.clone() });
    let submitters: Vec<_> = (0..SUBMITTERS)
        .map(|n| {
            let (world, doing) = (world.clone(), Doing::nothing());
            let random = Random::new(1 + seed * SUBMITTERS + n);
            let told = doing.clone();
            (doing, thread::spawn(move || submit_and_finish(world, random, &told)))
        })
        .collect();
    let report = || {
        let doing: Vec<_> = submitters.iter().map(|(doing, _)| doing.get()).collect();
        format!("pools of {sizes:?}, seed {seed}; the threads are at {doing:?}; open: {:?}", ledger.open())
    };
    watch(|| submitters.iter().all(|(_, thread)| thread.is_finished()), report);
    // Every other time the last job that knows the pools is the one that drops them.
    if seed.is_multiple_of(2) {
        watch(|| Arc::strong_count(&world) == 1, report);
    }
    drop(world);
    watch(|| ledger.open().is_empty(), report);
    for (_, thread) in submitters {
        thread.join().unwrap();
    }
    #[cfg(target_os = "linux")]
    support::eventually("all threads to end", || support::threads() <= threads);
    assert_eq!(ledger.open(), []);
    ledger.submitted()
}

/// Looks until it is so; if that takes too long, fails with a report of who is at what.
fn watch(is_so: impl Fn() -> bool, report: impl Fn() -> String) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "something hangs: {}", report());
        thread::sleep(Duration::from_millis(1)); // not to wait for anything: to leave the cores to the pools
    }
}

/// What a thread from outside does for a round.
fn submit_and_finish(world: Arc<World>, mut random: Random, doing: &Doing) {
    let end = Instant::now() + ROUND;
    let mut kept = Vec::new();
    let mut group = CancelToken::new();
    while Instant::now() < end {
        doing.set("submitting");
        for _ in 0..random.below(20) {
            kept.push(submit(&world, &mut random, DEPTH, &group));
        }
        if random.below(4) == 0 {
            doing.set("cancelling a token");
            std::mem::take(&mut group).cancel();
        }
        if random.below(3) > 0 {
            let some = kept.split_off(random.below(kept.len() as u64 + 1) as usize);
            finish(&world, &mut random, some, Some(doing));
        }
    }
    finish(&world, &mut random, kept, Some(doing));
    doing.set("leaving");
}
