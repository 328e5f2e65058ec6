//! Pools, what is done to them at random, and what each thread is at, for the report if it hangs.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::ledger::{Ledger, Returned};
use super::support::{Random, block_on, poll};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};
use tarae::prelude::*;

/// The pools of a round.
pub struct World {
    pub pools: Vec<ThreadPool>,
    pub ledger: Ledger,
}

/// What a thread from outside does at the moment, and since when.
#[derive(Clone, Debug)]
pub struct Doing(Arc<Mutex<(&'static str, Instant)>>);

impl Doing {
    pub fn nothing() -> Self {
        Doing(Arc::new(Mutex::new(("nothing", Instant::now()))))
    }

    pub fn set(&self, what: &'static str) {
        *self.0.lock().unwrap() = (what, Instant::now());
    }

    pub fn get(&self) -> (&'static str, Duration) {
        let (what, since) = *self.0.lock().unwrap();
        (what, since.elapsed())
    }
}

/// A random time of at most so many microseconds.
fn moment(random: &mut Random, most: u64) -> Duration {
    Duration::from_micros(random.below(most))
}

/// Submits a random job to a random pool, which may submit others, so deep.
pub fn submit(world: &Arc<World>, random: &mut Random, depth: u32, group: &CancelToken) -> Task<Returned> {
    let mut captured = world.ledger.captured();
    let (inside, group_inside) = (world.clone(), group.clone());
    let mut own = Random::new(random.below(u64::MAX));
    let options = match random.below(12) {
        0 => Options::new().timeout(moment(random, 500)),
        1 => Options::new().token(group).timeout(moment(random, 500)),
        2 | 3 => Options::new().token(group),
        4 => Options::new().name("stressed"),
        _ => Options::new(),
    };
    let pool = &world.pools[random.below(world.pools.len() as u64) as usize];
    pool.submit_with(options, move || {
        let ledger = captured.run();
        match own.below(10) {
            0 => ledger.panic(),
            1 => drop((0..50_000u64).cancellable(&CancelToken::current()).count()),
            2 => drop(CancelToken::current().checkpoint()),
            3..=6 if depth > 0 => {
                let tasks = (0..=own.below(3)).map(|_| submit(&inside, &mut own, depth - 1, &group_inside));
                let tasks = tasks.collect();
                finish(&inside, &mut own, tasks, None);
            }
            _ => {}
        }
        ledger.returned()
    })
}

/// Does something at random with tasks until none is left. A job says that it is not a thread from outside: it awaits
/// nothing, since a worker that polls runs nothing meanwhile.
pub fn finish(world: &Arc<World>, random: &mut Random, tasks: Vec<Task<Returned>>, doing: Option<&Doing>) {
    let ledger = &world.ledger;
    let say = |what| {
        if let Some(doing) = doing {
            doing.set(what);
        }
    };
    let each = |tasks: Vec<Task<Returned>>, f: &mut dyn FnMut(Task<Returned>)| tasks.into_iter().for_each(f);
    match random.below(if doing.is_some() { 15 } else { 13 }) {
        0 => {
            say("dropping tasks");
            drop(tasks);
        }
        1 => {
            say("cancelling");
            each(tasks, &mut |task| assert!(task.cancel() || !task.is_cancelled()));
        }
        2 => {
            say("cancelling, then result");
            each(tasks, &mut |task| {
                let cancelled = task.cancel();
                let answer = task.result();
                assert!(!cancelled || answer.is_err());
                ledger.see(answer);
            });
        }
        3 => {
            say("aborting, then result");
            tasks.iter().for_each(Task::abort);
            each(tasks, &mut |task| ledger.see(task.result()));
        }
        4 | 5 => {
            say("result");
            each(tasks, &mut |task| ledger.see(task.result()));
        }
        6 => {
            say("result_within");
            let limit = moment(random, 100);
            each(tasks, &mut |task| {
                if let Ok(answer) = task.result_within(limit) {
                    ledger.see(answer);
                }
            });
        }
        7 => {
            say("wait for any or all");
            let when = if random.below(2) == 0 { Wait::Any } else { Wait::All };
            for task in wait(tasks, None, when).done {
                ledger.see(task.result());
            }
        }
        8 => {
            say("as_completed");
            as_completed(tasks).for_each(|task| ledger.see(task.result()));
        }
        9 => {
            say("as_completed, with a limit");
            let mut set = as_completed(tasks);
            for task in set.within(moment(random, 200)).flatten() {
                ledger.see(task.result());
            }
            set.abort_all();
        }
        10 => {
            say("on_done");
            each(tasks, &mut |task| task.on_done(ledger.callback()).detach());
        }
        11 => {
            say("on_done, then result");
            each(tasks, &mut |task| task.on_done(ledger.callback()).result().unwrap());
        }
        12 => {
            say("shared");
            each(tasks, &mut |task| {
                let (here, seen) = (task.shared(), Arc::new(AtomicBool::new(false)));
                let (there, ledger_there, seen_there) = (here.clone(), ledger.clone(), seen.clone());
                let pool = &world.pools[random.below(world.pools.len() as u64) as usize];
                pool.submit(move || ledger_there.see_shared(there.get(), &seen_there)).detach();
                ledger.see_shared(here.get(), &seen);
            });
        }
        13 => {
            say("await");
            each(tasks, &mut |task| ledger.see(block_on(task).0));
        }
        _ => {
            say("polling once, then dropping");
            each(tasks, &mut |mut task| {
                if let std::task::Poll::Ready(answer) = poll(&mut task, Waker::noop()) {
                    ledger.see(answer);
                }
            });
        }
    }
    say("between two operations");
}
