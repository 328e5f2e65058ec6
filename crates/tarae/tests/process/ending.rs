//! How tasks and pools end before their time, and what is left of them: nothing. Long, since a task can be ended in the queue, sent
//! ahead, running and over, by five means, and the pool end in each.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::meeting::jobs::{counted, echo, pid, waits};
use super::meeting::{Door, Guest, Tally, count, knock};
use super::odd::{Death, die, dies};
use super::support::{Gate, Random, eventually, watched};
use super::system::{self, alone, is_alive};
use rustix::process::Signal;
use tarae::executor::Output;
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// Never ends by itself.
#[tarae::remote]
fn spins(door: String) {
    knock(&door, 0);
    loop {
        std::hint::spin_loop();
    }
}

/// Keeps a pool of one worker busy, and has it send ahead: small jobs are quick, as it has seen.
fn hold(pool: &ProcessPool, door: &Door) -> (Guest, Task<u64>) {
    for task in (0..200).map(|n| pool.submit(echo::call(n))).collect::<Vec<_>>() {
        task.result().unwrap();
    }
    let held = pool.submit(waits::call(door.path(), 0));
    (door.next(), held)
}

#[test]
fn a_task_whose_time_is_over_is_answered_and_its_worker_killed_and_no_other() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(2).unwrap(), Door::new(), Tally::new());
        let stays = pool.submit(waits::call(door.path(), 1));
        let other = door.next();
        let late =
            pool.submit_with(Options::new().timeout(Duration::from_millis(50)), spins::call(door.path()));
        let guest = door.next();
        let after: Vec<_> = (0..20).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
        assert!(late.result().unwrap_err().is_timed_out());
        let victim = guest.pid;
        guest.ends();
        assert!(after.into_iter().map(|task| task.result().unwrap()).eq(0..20));
        assert!(tally.sorted().into_iter().eq(0..20));
        assert!(!pool.process_ids().contains(&victim));
        assert!(pool.process_ids().contains(&other.pid));
        eventually("two processes again", || pool.process_ids().len() == 2);
        other.let_in();
        assert_eq!(stays.result().unwrap(), 1);
    });
}

#[test]
fn a_task_that_is_aborted_is_answered_and_its_worker_killed() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        for _ in 0..10 {
            let task = pool.submit(spins::call(door.path()));
            let guest = door.next();
            let after: Vec<_> = (0..20).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
            task.abort();
            assert!(task.result().unwrap_err().is_cancelled());
            guest.ends();
            assert!(after.into_iter().map(|task| task.result().unwrap()).eq(0..20));
        }
        assert_eq!(tally.numbers().len(), 200);
    });
}

/// What was sent ahead to a worker that is busy is done by another one that is not.
#[test]
fn nobody_waits_behind_a_long_task_while_another_worker_is_idle() {
    watched(|| {
        let (pool, doors, tally) = (ProcessPool::new(2).unwrap(), [Door::new(), Door::new()], Tally::new());
        for task in (0..400).map(|n| pool.submit(echo::call(n))).collect::<Vec<_>>() {
            task.result().unwrap();
        }
        let long = doors.each_ref().map(|door| pool.submit(waits::call(door.path(), 0)));
        let guests = doors.each_ref().map(Door::next);
        let tasks: Vec<_> = (0..200).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
        let [stays, goes] = guests;
        goes.let_in();
        assert!(tasks.into_iter().map(|task| task.result().unwrap()).eq(0..200));
        stays.let_in();
        assert!(long.into_iter().all(|task| task.result().is_ok()));
        assert!(tally.sorted().into_iter().eq(0..200));
    });
}

#[test]
fn a_token_ends_what_runs_and_what_waits() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let token = CancelToken::new();
        let options = || Options::new().token(&token);
        let running = pool.submit_with(options(), spins::call(door.path()));
        let guest = door.next();
        let waiting: Vec<_> =
            (0..20).map(|n| pool.submit_with(options(), counted::call(tally.path(), n))).collect();
        let other = pool.submit(counted::call(tally.path(), 100));
        token.cancel();
        assert!(running.result().unwrap_err().is_cancelled());
        guest.ends();
        assert!(waiting.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        assert_eq!(other.result().unwrap(), 100);
        let born = pool.submit_with(options(), counted::call(tally.path(), 7));
        assert!(born.result().unwrap_err().is_cancelled());
        drop(pool);
        assert_eq!(tally.numbers(), [100]);
    });
}

#[test]
fn what_is_cancelled_before_it_begins_never_runs() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let (guest, held) = hold(&pool, &door);
        let worker = guest.pid;
        // Some have been sent ahead, and some are queued.
        let mut tasks: Vec<_> = (0..150).map(|n| (n, pool.submit(counted::call(tally.path(), n)))).collect();
        let (cancelled, kept): (Vec<_>, Vec<_>) = tasks.drain(..).partition(|(n, _)| n % 3 > 0);
        assert!(cancelled.iter().all(|(_, task)| task.cancel()));
        for (_, task) in cancelled {
            assert!(task.result_within(Duration::ZERO).unwrap().unwrap_err().is_cancelled());
        }
        guest.let_in();
        held.result().unwrap();
        assert!(kept.into_iter().all(|(n, task)| task.result().unwrap() == n));
        assert_eq!(pool.submit(pid::call()).result().unwrap(), worker, "nobody was killed");
        assert!(tally.sorted().into_iter().eq((0..150).step_by(3)));
    });
}

#[test]
fn what_has_not_begun_when_its_time_is_over_never_runs() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let (guest, held) = hold(&pool, &door);
        let options = || Options::new().timeout(Duration::from_millis(20));
        let late: Vec<_> =
            (0..100).map(|n| pool.submit_with(options(), counted::call(tally.path(), n))).collect();
        assert!(late.into_iter().all(|task| task.result().unwrap_err().is_timed_out()));
        guest.let_in();
        assert_eq!(held.result().unwrap(), 0);
        drop(pool);
        assert_eq!(tally.numbers(), []);
    });
}

/// A task that is aborted in the moment in which it ends takes no other one with it.
#[test]
fn only_tasks_that_were_ended_are_lost() {
    watched(|| {
        let (pool, tally) = (ProcessPool::new(2).unwrap(), Tally::new());
        for round in 0..150u64 {
            let tasks: Vec<_> =
                (0..20).map(|n| pool.submit(counted::call(tally.path(), round * 20 + n))).collect();
            // One is waited for, so that the next ones run just now.
            let mut tasks = tasks.into_iter();
            let first = (round % 7) as usize;
            for task in tasks.by_ref().take(first + 1) {
                task.result().unwrap();
            }
            let victim = tasks.next().unwrap();
            victim.abort();
            let _ = victim.result();
            for task in tasks {
                task.result().unwrap();
            }
        }
        let (all, mut once) = (tally.sorted(), tally.sorted());
        once.dedup();
        assert_eq!(all.len(), once.len(), "none ran twice");
    });
}

/// A value that somebody has to be let in for before it is decoded at home.
#[derive(Debug, serde::Serialize)]
struct Slow {
    home: u32,
}

static DECODED: std::sync::OnceLock<Gate> = std::sync::OnceLock::new();

impl<'de> serde::Deserialize<'de> for Slow {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Parts {
            home: u32,
        }
        let Parts { home } = Parts::deserialize(deserializer)?;
        if home == std::process::id() {
            DECODED.get_or_init(Gate::default).pass();
        }
        Ok(Slow { home })
    }
}

/// The pool has not heard yet that a task is done, since a result takes its time: whoever ends it then ends nothing else.
#[test]
fn a_task_that_is_ended_when_its_worker_has_gone_on_does_not_end_what_runs_now() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let (guest, held) = hold(&pool, &door);
        let slow = pool.submit(portable(Slow { home: std::process::id() }, |slow: Slow| slow));
        let ended = pool.submit(counted::call(tally.path(), 1));
        let innocent = pool.submit(waits::call(door.path(), 2));
        let queued = pool.submit(counted::call(tally.path(), 3));
        let worker = guest.pid;
        guest.let_in();
        let guest = door.next();
        assert_eq!((guest.says, tally.numbers()), (2, vec![1]));
        ended.abort();
        let _ = ended.result();
        guest.let_in();
        DECODED.get_or_init(Gate::default).open();
        assert_eq!(innocent.result().unwrap(), 2);
        held.result().unwrap();
        assert_eq!(slow.result().unwrap().home, std::process::id());
        assert_eq!(queued.result().unwrap(), 3);
        assert_eq!(pool.submit(pid::call()).result().unwrap(), worker);
    });
}

/// Knocks at a door for each item.
#[tarae::remote]
fn item_waits(door: String, tally: String, n: u64) -> u64 {
    count(&tally, n);
    knock(&door, n);
    n
}

#[test]
fn a_par_map_that_is_dropped_is_asked_first() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let worker = pool.submit(pid::call()).result().unwrap();
        let (at, to) = (door.path(), tally.path());
        for round in 0..5 {
            let items = (0..100u64).map(|n| (at.clone(), to.clone(), n));
            let mut map = items.par_map(&pool, item_waits::FN).batch(10).buffer(30).results();
            let waiting = std::thread::scope(|scope| {
                let guest = scope.spawn(|| door.next());
                let first = scope.spawn(|| {
                    // Until the first batch is there, which it will not be: it is dropped when the door has heard.
                    drop(map.by_ref().next());
                });
                let guest = guest.join().unwrap();
                // Its first ten come through.
                guest.let_in();
                for n in 1..10 {
                    let guest = door.next();
                    assert_eq!(guest.says, n);
                    guest.let_in();
                }
                first.join().unwrap();
                door.next()
            });
            assert_eq!(waiting.says, 10);
            drop(map);
            waiting.let_in();
            assert_eq!(pool.submit(pid::call()).result().unwrap(), worker, "it was asked, and heard that");
            assert_eq!(tally.numbers().len(), (round + 1) * 11, "the rest is left out");
        }
    });
}

#[test]
fn a_par_map_that_is_dropped_and_does_not_hear_it_is_killed() {
    watched(|| {
        let (pool, door, tally) = (ProcessPool::new(1).unwrap(), Door::new(), Tally::new());
        let (at, to) = (door.path(), tally.path());
        let items = (0..100u64).map(|n| (at.clone(), to.clone(), n));
        let mut map = items.par_map(&pool, item_waits::FN).batch(1).buffer(10);
        std::thread::scope(|scope| {
            scope.spawn(|| door.next().let_in());
            assert_eq!(map.next(), Some(0));
        });
        let guest = door.next();
        drop(map);
        guest.ends();
        assert_eq!(pool.submit(echo::call(3)).result().unwrap(), 3);
        assert_eq!(tally.numbers(), [0, 1]);
    });
}

#[test]
fn a_shutdown_within_a_limit_names_what_is_stuck_and_whoever_ends_it_more_strongly_ends_it() {
    watched(|| {
        let (pool, door) = (ProcessPool::new(2).unwrap(), Door::new());
        let named = |name: &'static str| Options::new().name(name);
        let tasks = [
            pool.submit_with(named("first"), waits::call(door.path(), 1)),
            pool.submit_with(named("second"), waits::call(door.path(), 2)),
        ];
        let guests = [door.next(), door.next()];
        let queued: Vec<_> = (0..10).map(|n| pool.submit(echo::call(n))).collect();
        let still = pool.shutdown(Shutdown::Finish, Duration::from_millis(10)).unwrap_err();
        let mut names: Vec<_> = still.tasks().iter().map(|task| task.name().unwrap()).collect();
        names.sort_unstable();
        assert_eq!((names, still.queued()), (vec!["first", "second"], 10));
        assert!(still.to_string().contains("first"), "{still}");
        let still = pool.shutdown(Shutdown::CancelPending, Duration::ZERO).unwrap_err();
        assert_eq!((still.tasks().len(), still.queued()), (2, 0));
        assert!(queued.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        pool.shutdown(Shutdown::Abort, None).unwrap();
        assert!(tasks.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        guests.into_iter().for_each(Guest::ends);
        assert_eq!(pool.process_ids(), []);
        assert_eq!(*pool.submit(echo::call(1)).result().unwrap_err().kind(), ErrorKind::Rejected);
        pool.shutdown(Shutdown::Finish, None).unwrap();
    });
}

#[test]
fn an_end_finishes_also_what_dies_meanwhile() {
    watched(|| {
        let (pool, tally) = (ProcessPool::new(2).unwrap(), Tally::new());
        let tasks: Vec<_> = (0..200)
            .map(|n| {
                if n % 20 == 5 {
                    drop(pool.submit(dies::call(Death::QUICK[n as usize % 4])));
                }
                pool.submit(counted::call(tally.path(), n))
            })
            .collect();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        assert!(tasks.into_iter().all(|task| task.result_within(Duration::ZERO).unwrap().is_ok()));
        assert!(tally.sorted().into_iter().eq(0..200));
    });
}

/// The numbers add up when all is over, whatever became of it.
#[test]
fn each_task_is_counted_as_what_became_of_it() {
    watched(|| {
        let builder = ProcessPool::builder().workers(1).stderr(Output::Discard);
        let (pool, door) = (builder.build().unwrap(), Door::new());
        let counts = || {
            let now = pool.counters();
            [now.submitted, now.queued, now.running, now.done, now.panicked, now.cancelled]
        };
        pool.submit(echo::call(1)).result().unwrap();
        assert_eq!(counts(), [1, 0, 0, 1, 0, 0]);
        pool.submit(dies::call(Death::Abort)).result().unwrap_err();
        pool.submit(portable((), |()| -> u32 { panic!("once") })).result().unwrap_err();
        assert_eq!(counts(), [3, 0, 0, 1, 2, 0]);
        let running = pool.submit(spins::call(door.path()));
        let _guest = door.next();
        let queued = pool.submit(echo::call(2));
        assert!(queued.cancel());
        running.abort();
        assert!(running.result().unwrap_err().is_cancelled());
        pool.submit(echo::call(3)).result().unwrap();
        assert_eq!(counts(), [6, 0, 0, 2, 2, 2]);
        let late =
            pool.submit_with(Options::new().timeout(Duration::from_millis(1)), spins::call(door.path()));
        assert!(late.result().unwrap_err().is_timed_out());
        pool.submit(echo::call(3)).result().unwrap();
        assert_eq!(counts(), [8, 0, 0, 3, 2, 3]);
        let _last = pool.submit(spins::call(door.path()));
        eventually("a start", || counts()[2] == 1);
        pool.shutdown(Shutdown::Abort, None).unwrap();
        assert_eq!(counts(), [9, 0, 0, 3, 2, 4]);
    });
}

/// A callback has a thread of its own: what it waits for comes.
#[test]
fn a_callback_may_wait_for_its_pool_and_drop_it() {
    watched(|| {
        let pool = std::sync::Arc::new(ProcessPool::new(1).unwrap());
        let inner = pool.clone();
        let followed = pool.submit(echo::call(1)).on_done(move |number| {
            let next = inner.submit(echo::call(2)).result().unwrap();
            drop(inner);
            number.unwrap() + next
        });
        drop(pool); // the callback has the last one, or this has
        assert_eq!(followed.result().unwrap(), 3);
        let gate = Gate::default();
        let (passed, pool) = (gate.clone(), ProcessPool::new(1).unwrap());
        let followed = pool.submit(echo::call(1)).on_done(move |number| {
            passed.pass();
            number.unwrap()
        });
        assert_eq!(pool.submit(echo::call(2)).result().unwrap(), 2, "nobody else waits for a callback");
        gate.open();
        assert_eq!(followed.result().unwrap(), 1);
    });
}

#[test]
fn a_par_map_whose_time_is_over_ends_what_runs() {
    watched(|| {
        let (pool, door) = (ProcessPool::new(1).unwrap(), Door::new());
        let path = door.path();
        let map = (0..3).map(|_| path.clone()).par_map(&pool, spins::FN).batch(1);
        let mut map = map.timeout(Duration::from_millis(50));
        assert!(map.next().unwrap().unwrap_err().is_timed_out());
        drop(map);
        door.next().ends();
        assert_eq!(pool.submit(echo::call(3)).result().unwrap(), 3);
    });
}

#[test]
fn tasks_per_worker_are_kept_and_a_new_process_comes() {
    watched(|| {
        let pool = ProcessPool::builder().workers(2).tasks_per_worker(3).build().unwrap();
        let tasks: Vec<_> = (0..60).map(|_| pool.submit(pid::call())).collect();
        let mut pids = std::collections::BTreeMap::<u32, usize>::new();
        for task in tasks {
            *pids.entry(task.result().unwrap()).or_default() += 1;
        }
        assert!(pids.values().all(|tasks| *tasks <= 3), "{pids:?}");
        assert!(pids.len() >= 20);
    });
}

/// Does one of many things to a pool.
fn do_something(pool: &ProcessPool, tasks: &mut Vec<Task<u64>>, tally: &str, random: &mut Random) {
    let n = random.below(1_000);
    let short = Duration::from_millis(random.below(8));
    let any = random.below(tasks.len() as u64 + 1) as usize;
    match random.below(24) {
        0 => tasks.push(pool.submit_with(Options::new().timeout(short), sleeps::call(20))),
        1 => tasks.push(pool.submit_with(Options::new().timeout(short), counted::call(tally.into(), n))),
        2 => tasks.push(pool.submit_with(Options::new().retries(2), dies_or_not::call(n))),
        3 => tasks.push(pool.submit(dies_or_not::call(n))),
        4 => tasks.push(pool.submit(long::call(vec![1; (n * 2_000) as usize]))),
        5 => drop(pool.submit(counted::call(tally.into(), n))),
        6 => tasks.iter().skip(any).take(3).for_each(|task| task.abort()),
        7 => drop(tasks.get(any).map(|task| task.cancel())),
        8 => pool.process_ids().iter().take(1).for_each(|pid| system::kill(*pid, Signal::KILL)),
        9 => drop((0..).par_map(pool, echo::FN).batch(1 + n as usize % 5).take(n as usize % 30).count()),
        10 => drop((0..n % 50).par_map(pool, sleeps::FN).next()),
        _ => tasks.push(pool.submit(counted::call(tally.into(), n))),
    }
}

#[tarae::remote]
fn sleeps(millis: u64) -> u64 {
    std::thread::sleep(Duration::from_millis(millis));
    millis
}

#[tarae::remote]
fn dies_or_not(n: u64) -> u64 {
    if n.is_multiple_of(2) { die(Death::QUICK[n as usize / 2 % 4]) } else { n }
}

#[tarae::remote]
fn long(bytes: Vec<u8>) -> u64 {
    bytes.len() as u64
}

#[test]
fn whatever_happens_in_whatever_order_each_task_ends_and_the_numbers_add_up() {
    watched(|| {
        for seed in 1..=12 {
            let mut random = Random::new(seed);
            let builder = ProcessPool::builder().workers(1 + seed as usize % 3).stderr(Output::Discard);
            let builder = if seed % 4 == 0 { builder.tasks_per_worker(5) } else { builder };
            let (pool, tally, mut tasks) = (builder.build().unwrap(), Tally::new(), Vec::new());
            for _ in 0..200 {
                do_something(&pool, &mut tasks, &tally.path(), &mut random);
            }
            let how = [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort][seed as usize % 3];
            pool.shutdown(how, None).unwrap();
            for task in tasks {
                let answer = task
                    .result_within(Duration::from_secs(5))
                    .unwrap_or_else(|task| panic!("{task:?}, seed {seed}"));
                let Err(error) = answer else { continue };
                assert!(!error.is_panic(), "{error}");
                assert!(
                    !matches!(
                        error.kind(),
                        ErrorKind::Broken | ErrorKind::Rejected | ErrorKind::ProtocolMismatch { .. }
                    ),
                    "{error}"
                );
            }
            let now = pool.counters();
            assert_eq!((now.queued, now.running), (0, 0), "seed {seed}");
            assert_eq!(now.submitted, now.done + now.panicked + now.cancelled, "seed {seed}");
        }
    });
}

#[test]
fn a_time_that_is_over_at_once_and_a_map_without_an_end() {
    watched(|| {
        let (pool, tally) = (ProcessPool::new(2).unwrap(), Tally::new());
        let options = Options::new().timeout(Duration::ZERO);
        assert!(
            pool.submit_with(options, counted::call(tally.path(), 1)).result().unwrap_err().is_timed_out()
        );
        assert!((0..).par_map(&pool, echo::FN).take(100).eq(0..100));
        assert_eq!((0..0).par_map(&pool, echo::FN).count(), 0);
        drop(pool);
        assert_eq!(tally.numbers(), []);
    });
}

/// A pool that has seen all that a pool sees.
fn live_and_die() {
    let pool = ProcessPool::builder().workers(3).stderr(Output::Capture).build().unwrap();
    let door = Door::new();
    for how in Death::QUICK {
        pool.submit(dies::call(how)).result().unwrap_err();
    }
    let big: Vec<_> = (0..6).map(|n| pool.submit(portable(vec![n; 1 << 20], |bytes| bytes))).collect();
    big.into_iter().for_each(|task| assert_eq!(task.result().unwrap().len(), 1 << 20));
    let late = pool.submit_with(Options::new().timeout(Duration::from_millis(10)), spins::call(door.path()));
    assert!(late.result().unwrap_err().is_timed_out());
    assert!((0..100u64).par_map(&pool, echo::FN).eq(0..100));
    let running = pool.submit(spins::call(door.path()));
    door.next();
    pool.shutdown(Shutdown::Abort, None).unwrap();
    assert!(running.result().unwrap_err().is_cancelled());
}

#[test]
fn no_process_thread_or_descriptor_is_left() {
    if !alone("ending::no_process_thread_or_descriptor_is_left") {
        return;
    }
    live_and_die(); // what a process has once
    let threads_end = |before: (usize, usize, usize)| {
        eventually("the same as before", || {
            let now = system::holdings();
            now.1 <= before.1 && now.0 <= before.0 && now.2 <= before.2
        });
    };
    let before = system::holdings();
    for _ in 0..5 {
        live_and_die();
        let pool = ProcessPool::new(2).unwrap();
        assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
        drop(pool);
        drop(ProcessPool::new(4).unwrap()); // before they are ready
    }
    assert_eq!(system::children().len(), before.2);
    threads_end(before);
}

/// Says which processes there are, and waits to be killed.
#[test]
fn no_orphans_are_left() {
    if system::is_alone() {
        let pool = ProcessPool::new(3).unwrap();
        let door = Door::new();
        let _spins = pool.submit(spins::call(door.path()));
        let _waits = pool.submit(waits::call(door.path(), 1));
        let _guests = [door.next(), door.next()];
        pool.submit(echo::call(1)).result().unwrap();
        println!("\npids {:?}", pool.process_ids());
        drop(std::fs::remove_file(door.path()));
        loop {
            std::thread::park();
        }
    }
    watched(|| {
        let this = std::env::current_exe().unwrap();
        for _ in 0..3 {
            let mut command = system::command(&this.to_string_lossy(), "ending::no_orphans_are_left");
            let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
            let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
            let line = lines.into_iter().find(|line| line.starts_with("pids ")).unwrap();
            let pids: Vec<u32> =
                line["pids [".len()..line.len() - 1].split(", ").map(|pid| pid.parse().unwrap()).collect();
            assert_eq!(pids.len(), 3);
            assert!(pids.iter().all(|pid| is_alive(*pid)));
            child.kill().unwrap();
            child.wait().unwrap();
            eventually("the end of all workers", || !pids.iter().any(|pid| is_alive(*pid)));
        }
    });
}

/// Writes to a program that has ended.
#[tarae::remote]
fn writes_to_nobody() -> String {
    use std::io::Write;
    let mut child = std::process::Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    child.wait().unwrap();
    input.write_all(b"anybody?").unwrap_err().kind().to_string()
}

/// As in `main`, though a worker of a test begins before.
#[test]
fn a_pipe_without_a_reader_is_an_error_and_no_signal() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        assert_eq!(pool.submit(writes_to_nobody::call()).result().unwrap(), "broken pipe");
    });
}

#[tarae::remote]
fn open_descriptors() -> Vec<(u32, String, bool)> {
    system::descriptors()
}

#[tarae::remote]
fn output_of(command: String) -> String {
    let output = std::process::Command::new("sh").args(["-c", &command]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_worker_has_its_socket_open_and_nothing_of_ours_and_its_children_not_even_that() {
    watched(|| {
        let _open = [Tally::new(), Tally::new()].map(|tally| std::fs::File::open(tally.path()).unwrap());
        let (_pipe, _socket) = (std::io::pipe().unwrap(), std::os::unix::net::UnixStream::pair().unwrap());
        // What this program was started with and hands on to whatever it starts.
        let inherited: Vec<u32> =
            system::descriptors().iter().filter(|open| !open.2).map(|open| open.0).collect();
        let pool = ProcessPool::builder().workers(2).stdout(Output::Discard).build().unwrap();
        pool.submit(portable(vec![1u8; 1 << 20], |bytes| bytes)).result().unwrap();
        for _ in 0..10 {
            let open = pool.submit(open_descriptors::call()).result().unwrap();
            let own: Vec<_> = open.iter().filter(|open| open.0 > 2 && !inherited.contains(&open.0)).collect();
            assert!(own.iter().all(|open| open.2), "closed when another program is started: {open:?}");
            let mut sockets: Vec<_> =
                own.iter().filter(|open| open.1.starts_with("socket:")).map(|open| &open.1).collect();
            sockets.dedup();
            assert_eq!(sockets.len(), 1, "{open:?}");
            let others = own.iter().filter(|open| !open.1.starts_with("socket:"));
            // Files for results, which are used again.
            assert!(others.filter(|open| !open.1.contains("memfd:tarae")).count() == 0, "{open:?}");
            assert_eq!(open.iter().find(|open| open.0 == 0).unwrap().1, "/dev/null");
        }
        let listed = pool.submit(output_of::call("ls /proc/self/fd".into())).result().unwrap();
        let numbers: Vec<u32> = listed.split_whitespace().map(|number| number.parse().unwrap()).collect();
        // With that of the folder.
        assert!(numbers.iter().filter(|number| !inherited.contains(number)).count() <= 4, "{numbers:?}");
    });
}

#[test]
fn ctrl_c_reaches_the_program_and_not_its_workers() {
    if system::is_alone() {
        static HEARD: AtomicUsize = AtomicUsize::new(0);
        ctrlc::set_handler(|| {
            HEARD.fetch_add(1, Ordering::SeqCst);
        })
        .unwrap();
        let (pool, door) = (ProcessPool::new(1).unwrap(), Door::new());
        let task = pool.submit(waits::call(door.path(), 1));
        let guest = door.next();
        assert_ne!(system::group(guest.pid), system::group(std::process::id()));
        rustix::process::kill_current_process_group(Signal::INT).unwrap();
        eventually("a signal", || HEARD.load(Ordering::SeqCst) > 0);
        guest.let_in();
        assert_eq!(task.result().unwrap(), 1);
        return;
    }
    use std::os::unix::process::CommandExt;
    let this = std::env::current_exe().unwrap();
    let mut command =
        system::command(&this.to_string_lossy(), "ending::ctrl_c_reaches_the_program_and_not_its_workers");
    let output = command.process_group(0).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_job_finds_its_standard_input_empty_and_the_environment_as_it_was_set() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).env("TARAE_TEST_A", "one").env("TARAE_TEST_B", "two");
        let pool = pool.build().unwrap();
        let read = portable((), |()| {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|read| (read, text)).ok()
        });
        assert_eq!(pool.submit(read).result().unwrap(), Some((0, String::new())));
        let variable = |name: &str| pool.submit(portable(name.to_owned(), |name| std::env::var(name).ok()));
        assert_eq!(variable("TARAE_TEST_A").result().unwrap().as_deref(), Some("one"));
        assert_eq!(variable("TARAE_TEST_B").result().unwrap().as_deref(), Some("two"));
        assert_eq!(variable("PATH").result().unwrap(), std::env::var("PATH").ok());
    });
}

/// Makes a pool in a job, and so on.
#[tarae::remote]
fn nested(depth: u32) -> Vec<u32> {
    if depth == 0 {
        return vec![std::process::id()];
    }
    let pool = ProcessPool::new(1).unwrap();
    let mut pids = pool.submit(nested::call(depth - 1)).result().unwrap();
    pids.push(std::process::id());
    pids
}

#[test]
fn a_job_may_have_a_pool_of_its_own() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        let mut pids = pool.submit(nested::call(3)).result().unwrap();
        assert_eq!(pids.len(), 4);
        assert!(pids[..3].iter().all(|pid| !is_alive(*pid)), "those that it had made are gone");
        pids.sort_unstable();
        pids.dedup();
        assert_eq!(pids.len(), 4);
    });
}

/// Makes a pool whose job never ends, and does not end itself.
#[tarae::remote]
fn nested_spins(door: String) {
    let pool = ProcessPool::new(1).unwrap();
    let _ = pool.submit(spins::call(door)).result();
}

#[test]
fn with_a_worker_the_workers_of_its_jobs_end() {
    watched(|| {
        let (pool, door) = (ProcessPool::new(1).unwrap(), Door::new());
        let task = pool.submit(nested_spins::call(door.path()));
        let guest = door.next();
        assert!(!pool.process_ids().contains(&guest.pid));
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
        guest.ends();
    });
}

#[tarae::remote]
fn prints_without_an_end_of_line(n: u64) {
    print!("<{n}>");
}

/// What a job has printed is there when its result is, also if the pool ends at once.
#[test]
fn nothing_that_was_printed_is_lost() {
    if system::is_alone() {
        for n in 0..100 {
            let pool = ProcessPool::new(1).unwrap();
            pool.submit(prints_without_an_end_of_line::call(n)).result().unwrap();
        }
        return;
    }
    watched(|| {
        let this = std::env::current_exe().unwrap();
        let mut command =
            system::command(&this.to_string_lossy(), "ending::nothing_that_was_printed_is_lost");
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let missing: Vec<u64> = (0..100).filter(|n| !text.contains(&format!("<{n}>"))).collect();
        assert!(output.status.success() && missing.is_empty(), "missing: {missing:?}\n{text}");
    });
}
