//! Rounds of the soak: some tasks, some of which die, and all their answers.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::fate::{Answer, Fate, Told, meet, meet_slowly};
use super::support::Random;
use super::tally::{KILLED, Tally};
use super::{PATIENCE, machine, record};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tarae::prelude::*;

/// How many tasks a round has.
pub const TASKS_A_ROUND: u64 = 1_000;

/// Problems that are told in words.
const TOLD: usize = 10;

pub struct Soak {
    pub pool: ProcessPool,
    random: Random,
    /// Deaths a million tasks.
    rate: u64,
    pub tally: Tally,
    pub problems: Vec<String>,
}

impl Soak {
    pub fn new(pool: ProcessPool, random: Random, deaths: u64, tasks: u64) -> Self {
        // Some come to nothing: a time-out before the task has begun, a kill of a worker that has ended.
        let rate = deaths * 1_200_000 / tasks;
        Soak { pool, random, rate, tally: Tally::default(), problems: Vec::new() }
    }

    /// One round; its tasks are counted.
    pub fn round(&mut self) {
        record::clear();
        match self.random.below(5) {
            0 => self.batches_with_deaths(),
            1 => self.killed_from_outside(false),
            2 => self.killed_from_outside(true),
            _ => self.calls_with_deaths(),
        }
        self.tally.tasks += TASKS_A_ROUND;
    }

    fn told(&mut self, id: u64, fate: Fate) -> Told {
        // Some are too big for a ring.
        let load = match self.random.below(100) {
            0 => vec![id as u8; 40_000],
            few => vec![id as u8; few as usize],
        };
        Told { id: id as u32, fate, load }
    }

    fn tasks_with_deaths(&mut self, fates: &[fn(&mut Random) -> Fate]) -> Vec<Told> {
        let mut draw = |id| {
            let fate = match self.random.below(1_000_000) {
                n if n < self.rate => fates[self.random.below(fates.len() as u64) as usize](&mut self.random),
                n if n < self.rate + 2_000 => Fate::Panics,
                _ => Fate::Answers,
            };
            self.told(id, fate)
        };
        (0..TASKS_A_ROUND).map(&mut draw).collect()
    }

    /// Tasks that are submitted one by one.
    fn calls_with_deaths(&mut self) {
        let all = self.tasks_with_deaths(&[
            SIGNAL, FAULTS, ABORTS, EXITS, OVERFLOWS, EATS, DECODED, ENCODED, ONCE, HANGS, ABORTED,
        ]);
        let mut tasks = Vec::new();
        for told in &all {
            let options = match told.fate {
                Fate::Hangs => Options::new().timeout(Duration::from_millis(self.random.below(100))),
                Fate::DiesOnce => Options::new().retries(1),
                _ => Options::new(),
            };
            tasks.push(self.pool.submit_with(options, meet::call(told.clone())));
        }
        // Those that are to be aborted once they have begun: they would keep all workers until somebody does that.
        let mut doomed: Vec<usize> = (0..all.len()).filter(|&at| all[at].fate == Fate::IsAborted).collect();
        let mut tasks: Vec<_> = tasks.into_iter().map(Some).collect();
        for (at, told) in all.iter().enumerate() {
            let limit = Instant::now() + PATIENCE;
            let is_there = |tasks: &[Option<Task<Answer>>]| {
                tasks[at].as_ref().is_none_or(|task| task.wait_within(Duration::from_millis(1)))
            };
            while !is_there(&tasks) && Instant::now() < limit {
                doomed.retain(|&at| {
                    let has_begun = record::begun_by(all[at].id) != 0;
                    if has_begun && let Some(task) = &tasks[at] {
                        task.abort();
                    }
                    !has_begun
                });
            }
            match tasks[at].take().map(|task| task.result_within(Duration::ZERO)) {
                Some(Ok(came)) => self.judge(told, &came, &[]),
                other => self.lose(told, &format!("{other:?}")),
            }
            // Whose time was over before they had begun have killed nobody.
            if let Some(place) = told.fate.death()
                && (told.fate != Fate::Hangs || record::begun_by(told.id) != 0)
            {
                self.tally.deaths[place] += 1;
            }
        }
    }

    /// Items of a `par_map`, in batches of some size.
    fn batches_with_deaths(&mut self) {
        let all = self.tasks_with_deaths(&[SIGNAL, FAULTS, ABORTS, EXITS, OVERFLOWS, EATS, DECODED, ENCODED]);
        let size = 1 + self.random.below(100) as usize;
        let results = all.clone().into_iter().par_map(&self.pool, meet::FN).batch(size).results();
        let results: Vec<_> = results.collect();
        self.judge_all(&all, results, &[]);
        for place in all.iter().filter_map(|told| told.fate.death()) {
            self.tally.deaths[place] += 1;
        }
    }

    /// Tasks that die of nothing, whose workers are killed.
    fn killed_from_outside(&mut self, in_batches: bool) {
        let all: Vec<Told> = (0..TASKS_A_ROUND).map(|id| self.told(id, Fate::Answers)).collect();
        let wanted = self.rate * TASKS_A_ROUND / 1_000_000;
        let killer = Killer {
            seed: self.random.below(1 << 30),
            wanted,
            pool: &self.pool,
            answered: AtomicU32::new(0),
        };
        let (results, killed) = std::thread::scope(|scope| {
            let killing = scope.spawn(|| killer.kill());
            let mut results = Vec::new();
            let mut take = |result| {
                results.push(result);
                killer.answered.fetch_add(1, Ordering::Relaxed);
            };
            if in_batches {
                all.clone().into_iter().par_map(&self.pool, meet_slowly::FN).results().for_each(&mut take);
            } else {
                let submit = |told: &Told| self.pool.submit(meet_slowly::call(told.clone()));
                let tasks: Vec<_> = all.iter().map(submit).collect();
                tasks.into_iter().for_each(|task| take(task.result()));
            }
            killer.answered.store(u32::MAX, Ordering::Relaxed);
            (results, killing.join().unwrap())
        });
        self.tally.deaths[KILLED] += killed.len() as u64;
        let mut blamed = Vec::new();
        for error in results.iter().filter_map(|came| came.as_ref().err()) {
            if let tarae::task::ErrorKind::WorkerDied(death) = error.kind() {
                if blamed.contains(&death.pid) {
                    self.complain(&format!("two tasks were blamed for one death: {error}"));
                }
                blamed.push(death.pid);
            }
        }
        self.tally.blamed_kills += blamed.len() as u64;
        self.judge_all(&all, results, &killed);
    }

    fn judge_all(&mut self, all: &[Told], results: Vec<Result<Answer, TaskError>>, killed: &[u32]) {
        let surplus = results.len().saturating_sub(all.len());
        if surplus > 0 {
            self.complain(&format!("{surplus} answers more than there were items"));
        }
        let mut results = results.into_iter();
        for told in all {
            match results.next() {
                Some(came) => self.judge(told, &came, killed),
                None => self.lose(told, "no more answers came"),
            }
        }
    }

    fn judge(&mut self, told: &Told, came: &Result<Answer, TaskError>, killed: &[u32]) {
        if let Err(problem) = told.judge(came, killed) {
            let came = came.as_ref().map_or_else(ToString::to_string, |_| "an answer".to_owned());
            self.complain(&format!("{:?}, task {}: {problem}: {came}", told.fate, told.id));
        }
    }

    fn complain(&mut self, problem: &str) {
        self.tally.misblamed += 1;
        self.tell(problem);
    }

    fn lose(&mut self, told: &Told, why: &str) {
        self.tally.lost += 1;
        self.tell(&format!("{:?}, task {}, has no answer: {why}", told.fate, told.id));
    }

    fn tell(&mut self, problem: &str) {
        eprintln!("after {} tasks: {problem}", self.tally.tasks);
        if self.problems.len() < TOLD {
            self.problems.push(problem.to_owned());
        }
    }
}

/// SIGKILL, SIGFPE, SIGUSR1, SIGALRM, SIGXCPU: those that a shell or `nohup` has nobody ignore.
const SIGNAL: fn(&mut Random) -> Fate = |random| Fate::Signal([9, 8, 10, 14, 24][random.below(5) as usize]);
const FAULTS: fn(&mut Random) -> Fate = |_| Fate::Faults;
const ABORTS: fn(&mut Random) -> Fate = |_| Fate::Aborts;
const EXITS: fn(&mut Random) -> Fate = |random| Fate::Exits(random.below(256) as i32);
const OVERFLOWS: fn(&mut Random) -> Fate = |_| Fate::OverflowsItsStack;
const EATS: fn(&mut Random) -> Fate = |_| Fate::EatsMemory;
const DECODED: fn(&mut Random) -> Fate = |_| Fate::DiesDecoded;
const ENCODED: fn(&mut Random) -> Fate = |_| Fate::DiesEncoded;
const ONCE: fn(&mut Random) -> Fate = |_| Fate::DiesOnce;
const HANGS: fn(&mut Random) -> Fate = |_| Fate::Hangs;
const ABORTED: fn(&mut Random) -> Fate = |_| Fate::IsAborted;

/// Kills workers while others wait for answers.
struct Killer<'p> {
    seed: u64,
    wanted: u64,
    pool: &'p ProcessPool,
    /// How many answers have come; the most there can be: all.
    answered: AtomicU32,
}

impl Killer<'_> {
    /// Kills so many, spread over the round, and says whom.
    fn kill(&self) -> Vec<u32> {
        let mut random = Random::new(self.seed);
        let mut at: Vec<u64> = (0..self.wanted).map(|_| random.below(TASKS_A_ROUND)).collect();
        at.sort_unstable();
        let mut killed = Vec::new();
        for at in at {
            while u64::from(self.answered.load(Ordering::Relaxed)) < at {
                std::hint::spin_loop();
                std::thread::yield_now();
            }
            // One that has begun something: a pool gives up when workers die again and again before they have.
            let answered = self.answered.load(Ordering::Relaxed);
            let pids = self.pool.process_ids();
            let begun = |pid: &&u32| {
                let recent =
                    answered.saturating_sub(50)..answered.saturating_add(200).min(TASKS_A_ROUND as u32);
                !killed.contains(*pid) && recent.into_iter().any(|id| record::begun_by(id) == **pid)
            };
            let candidates: Vec<u32> = pids.iter().filter(begun).copied().collect();
            if candidates.is_empty() {
                continue;
            }
            let pid = candidates[random.below(candidates.len() as u64) as usize];
            if machine::kill_child(pid) {
                killed.push(pid);
            }
        }
        killed
    }
}
