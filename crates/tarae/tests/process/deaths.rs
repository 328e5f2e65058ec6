//! When a worker dies: what died of what is said, one task is blamed, and nothing else notices. Long, since a worker can die
//! in many ways, before, in and between tasks and items of batches.

use std::collections::HashMap;

use super::meeting::jobs::{counted, echo, pid, waits};
use super::meeting::{Door, Tally, count, numbers};
use super::odd::{Act, Death, Odd, die, dies, odd};
use super::support::{Random, eventually, watched};
use super::system;
use rustix::process::Signal;
use tarae::executor::{Exit, Output, Phase, WorkerDeath};
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// Enough for a worker, and soon used up.
const MEMORY: u64 = 1 << 30;

fn one_worker() -> ProcessPool {
    ProcessPool::builder().workers(1).memory_limit(MEMORY).stderr(Output::Capture).build().unwrap()
}

/// How the worker died that had begun a task.
fn death<T>(answer: Result<T, TaskError>) -> WorkerDeath {
    match answer.err().expect("its worker died").kind() {
        ErrorKind::WorkerDied(death) => death.clone(),
        other => panic!("{other:?}"),
    }
}

fn is_how(exit: Exit, how: Death) -> bool {
    match how {
        Death::Exit => exit == Exit::Code(7),
        Death::Abort | Death::OutOfMemory => exit == Exit::Signal(Signal::ABORT.as_raw()),
        Death::Segfault => exit == Exit::Signal(Signal::SEGV.as_raw()),
        Death::Kill => exit == Exit::Signal(Signal::KILL.as_raw()),
        // The first before `main`, the second where std looks for it.
        Death::Overflow => {
            [Signal::SEGV, Signal::ABORT].map(|signal| Exit::Signal(signal.as_raw())).contains(&exit)
        }
    }
}

#[test]
fn each_is_reported_as_what_it_is_and_the_pool_goes_on() {
    watched(|| {
        let pool = one_worker();
        for how in Death::ALL {
            let worker = pool.submit(pid::call()).result().unwrap();
            let death = death(pool.submit(dies::call(how)).result());
            assert!(is_how(death.exit, how), "{how:?}: {death:?}");
            assert_eq!((death.pid, death.phase), (worker, Phase::Running));
            let next = pool.submit(pid::call()).result().unwrap();
            assert_ne!(next, worker);
            assert_eq!(pool.process_ids(), [next]);
        }
    });
}

#[test]
fn the_error_says_it_in_a_sentence() {
    watched(|| {
        let pool = one_worker();
        let says = |how| {
            let task = pool.submit_with(Options::new().name("t"), dies::call(how));
            let text = task.result().unwrap_err().to_string();
            let text = text.split(" (submitted at ").next().unwrap().to_owned();
            text.split_whitespace()
                .map(|word| if word.contains(char::is_numeric) && word.ends_with(',') { "N," } else { word })
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            says(Death::Exit),
            "task \"t\" was lost: its worker, process N, exited with code 7 while it ran"
        );
        assert_eq!(
            says(Death::Kill),
            "task \"t\" was lost: its worker, process N, was killed by signal 9 (SIGKILL) while it ran"
        );
    });
}

#[test]
fn how_far_the_task_was_is_said() {
    watched(|| {
        let pool = one_worker();
        for how in Death::QUICK {
            let decoding = Odd { decoded_there: Act::Die(how), ..Odd::not(1) };
            let encoding = Odd { encoded_there: Act::Die(how), ..Odd::not(1) };
            for (value, phase) in [(decoding, Phase::Decoding), (encoding, Phase::Encoding)] {
                let death = death(pool.submit(odd::call(value)).result());
                assert!(is_how(death.exit, how), "{how:?}: {death:?}");
                assert_eq!(death.phase, phase);
            }
        }
        assert_eq!(pool.submit(odd::call(Odd::not(3))).result().unwrap().number, 3);
    });
}

#[tarae::remote]
fn prints_and_dies(lines: u64) {
    println!("to the standard output");
    for line in 1..=lines {
        eprintln!("line {line}");
    }
    die(Death::Abort);
}

#[test]
fn the_last_lines_that_it_wrote_are_part_of_the_error_if_they_were_captured() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1);
        let pool = pool.stdout(Output::Capture).stderr(Output::Capture).build().unwrap();
        let error = pool.submit(prints_and_dies::call(3)).result().unwrap_err();
        assert!(
            error.to_string().contains("it wrote last: to the standard output\nline 1\nline 2\nline 3 "),
            "{error}"
        );
        assert_eq!(death::<()>(Err(error)).output, "to the standard output\nline 1\nline 2\nline 3\n");
        // Of much, the end, in whole lines.
        let output = death(pool.submit(prints_and_dies::call(20_000)).result()).output;
        assert!(output.len() <= 4 << 10 && output.len() > 3 << 10, "{}", output.len());
        let first: u64 = output.lines().next().unwrap().strip_prefix("line ").unwrap().parse().unwrap();
        assert!(output.lines().map(str::to_owned).eq((first..=20_000).map(|n| format!("line {n}"))));
        // What one worker wrote is not the next one's.
        assert_eq!(death(pool.submit(dies::call(Death::Exit)).result()).output, "");
        let pool = ProcessPool::builder().workers(1);
        let pool = pool.stdout(Output::Discard).stderr(Output::Discard).build().unwrap();
        assert_eq!(death(pool.submit(prints_and_dies::call(3)).result()).output, "");
    });
}

#[test]
fn running_out_of_memory_says_so() {
    watched(|| {
        let death = death(one_worker().submit(dies::call(Death::OutOfMemory)).result());
        assert!(death.output.contains("memory allocation of"), "{death:?}");
    });
}

#[tarae::remote]
fn waits_and_dies(door: String, how: Death) {
    super::meeting::knock(&door, 0);
    die(how);
}

/// Has it find out that small jobs are quick, so that it sends many ahead.
fn accustom(pool: &ProcessPool) {
    let tasks: Vec<_> = (0..200).map(|n| pool.submit(echo::call(n))).collect();
    assert!(tasks.into_iter().map(|task| task.result().unwrap()).eq(0..200));
}

#[test]
fn only_the_task_that_had_begun_is_blamed_and_all_others_are_done_once() {
    watched(|| {
        for how in Death::QUICK {
            let (pool, door, tally) = (one_worker(), Door::new(), Tally::new());
            accustom(&pool);
            let before: Vec<_> = (0..10).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
            let task = pool.submit(waits_and_dies::call(door.path(), how));
            let after: Vec<_> = (10..60).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
            door.next().let_in();
            assert!(is_how(death(task.result()).exit, how));
            let values = before.into_iter().chain(after).map(|task| task.result().unwrap());
            assert!(values.eq(0..60));
            assert!(tally.sorted().into_iter().eq(0..60), "{:?}", tally.sorted());
        }
    });
}

#[test]
fn of_two_workers_the_other_notices_nothing() {
    watched(|| {
        let (pool, door) = (ProcessPool::new(2).unwrap(), Door::new());
        let stays = pool.submit(waits::call(door.path(), 1));
        let guest = door.next();
        for how in Death::QUICK {
            assert!(is_how(death(pool.submit(dies::call(how)).result()).exit, how));
        }
        let worker = guest.pid;
        guest.let_in();
        assert_eq!(stays.result().unwrap(), 1);
        assert!(pool.process_ids().contains(&worker));
    });
}

#[test]
fn a_worker_that_dies_with_nothing_to_do_is_replaced_and_nobody_is_blamed() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        for n in 0..20 {
            let victims = pool.process_ids();
            victims.iter().for_each(|pid| system::kill(*pid, Signal::KILL));
            eventually("new workers", || {
                let pids = pool.process_ids();
                pids.len() == 2 && pids.iter().all(|pid| !victims.contains(pid))
            });
            assert_eq!(pool.submit(echo::call(n)).result().unwrap(), n);
        }
    });
}

#[test]
fn a_pool_that_has_worked_goes_on_though_some_workers_are_killed_before_they_are_ready() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        pool.submit(echo::call(1)).result().unwrap();
        let mut last = Vec::new();
        for _ in 0..12 {
            eventually("a new worker", || pool.process_ids().iter().any(|pid| !last.contains(pid)));
            last = pool.process_ids();
            last.iter().for_each(|pid| system::kill(*pid, Signal::KILL));
        }
        assert_eq!(pool.submit(echo::call(2)).result().unwrap(), 2);
    });
}

#[tarae::remote]
fn item(tally: String, n: u64, every: u64) -> u64 {
    count(&tally, n);
    if n % every == 4 {
        die(Death::QUICK[(n % 4) as usize]);
    }
    n * 2
}

#[test]
fn of_a_batch_exactly_the_items_are_blamed_that_killed_and_the_rest_comes_in_order() {
    watched(|| {
        for workers in [1, 2] {
            for batch in [1, 7, 50] {
                let (pool, tally) = (ProcessPool::new(workers).unwrap(), Tally::new());
                let path = tally.path();
                let items = (0..100u64).map(|n| (path.clone(), n, 13));
                let results: Vec<_> = items.par_map(&pool, item::FN).batch(batch).results().collect();
                assert_eq!(results.len(), 100);
                for (n, result) in (0..).zip(results) {
                    if n % 13 == 4 {
                        assert!(is_how(death(result).exit, Death::QUICK[(n % 4) as usize]), "{n}");
                    } else {
                        assert_eq!(result.unwrap(), n * 2);
                    }
                }
                assert!(tally.sorted().into_iter().eq(0..100), "batches of {batch}");
            }
        }
    });
}

#[test]
fn the_last_and_the_first_item_of_a_batch_may_kill() {
    watched(|| {
        let (pool, tally) = (ProcessPool::new(1).unwrap(), Tally::new());
        let path = tally.path();
        let items = (0..12u64).map(|n| (path.clone(), if n % 4 == 0 || n % 4 == 3 { 4 } else { 1 }, 13));
        let results: Vec<_> = items.par_map(&pool, item::FN).batch(4).results().map(|r| r.is_ok()).collect();
        assert_eq!(results, [false, true, true, false].repeat(3));
        assert_eq!(tally.numbers().len(), 12);
    });
}

#[test]
fn of_a_batch_the_item_is_blamed_that_kills_when_it_is_decoded_or_its_result_encoded() {
    watched(|| {
        let pool = one_worker();
        for how in Death::QUICK {
            let items = (0..30).map(|n| match n {
                7 | 8 => Odd { decoded_there: Act::Die(how), ..Odd::not(n) },
                0 | 19 => Odd { encoded_there: Act::Die(how), ..Odd::not(n) },
                _ => Odd::not(n),
            });
            let results: Vec<_> = items.par_map(&pool, odd::FN).batch(10).results().collect();
            assert_eq!(results.len(), 30);
            for (n, result) in (0..).zip(results) {
                let phase = match n {
                    7 | 8 => Phase::Decoding,
                    0 | 19 => Phase::Encoding,
                    _ => {
                        assert_eq!(result.unwrap().number, n);
                        continue;
                    }
                };
                let death = death(result);
                assert!(is_how(death.exit, how) && death.phase == phase, "{n}: {death:?}");
            }
        }
    });
}

/// Kills from outside come at any time, also between two items, and when the last one is done.
#[test]
fn a_batch_gives_one_result_for_each_item_whenever_its_worker_is_killed() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        let mut random = Random::new(3);
        let mut lost = 0;
        for _ in 0..60 {
            let tally = Tally::new();
            let path = tally.path();
            let results =
                (0..200u64).map(|n| (path.clone(), n, 1_000)).par_map(&pool, item::FN).batch(20).results();
            let mut seen = 0;
            for result in results {
                match result {
                    Ok(value) => assert!(seen != 4 && value == seen * 2),
                    Err(error) => {
                        // The item number 4 dies by itself.
                        let exit = death::<()>(Err(error)).exit;
                        let by_itself = seen == 4 && is_how(exit, Death::QUICK[0]);
                        assert!(by_itself || is_how(exit, Death::Kill), "{seen}: {exit:?}");
                        lost += u64::from(!by_itself);
                    }
                }
                seen += 1;
                if random.below(40) == 0
                    && let Some(pid) = pool.process_ids().first()
                {
                    system::kill(*pid, Signal::KILL);
                }
            }
            assert_eq!(seen, 200);
            let (all, mut once) = (tally.sorted(), tally.sorted());
            once.dedup();
            assert_eq!(all, once, "none ran twice");
        }
        assert!(lost < 600, "{lost} items lost");
    });
}

#[tarae::remote]
fn dies_so_often(tally: String, times: usize) -> usize {
    count(&tally, 1);
    let runs = numbers(&tally).len();
    if runs <= times {
        die(Death::QUICK[runs % 4]);
    }
    runs
}

#[test]
fn retries_run_a_task_again_exactly_so_often() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        for retries in 0..4u32 {
            let options = || Options::new().retries(retries);
            let tally = Tally::new();
            let lost = pool.submit_with(options(), dies_so_often::call(tally.path(), 100));
            death(lost.result());
            assert_eq!(tally.numbers().len(), retries as usize + 1);
            let tally = Tally::new();
            let saved = pool.submit_with(options(), dies_so_often::call(tally.path(), retries as usize));
            assert_eq!(saved.result().unwrap(), retries as usize + 1);
        }
        // A panic is an answer, and none to try again.
        let tally = Tally::new();
        let panics = portable(tally.path(), |tally: String| {
            count(&tally, 1);
            assert!(tally.is_empty(), "once");
        });
        assert!(pool.submit_with(Options::new().retries(5), panics).result().unwrap_err().is_panic());
        assert_eq!(tally.numbers().len(), 1);
    });
}

#[tarae::remote]
fn may_die(tally: String, n: u64, how: Option<Death>) -> u64 {
    count(&tally, n);
    if let Some(how) = how {
        die(how);
    }
    n
}

#[test]
fn over_hundreds_of_random_kills_nothing_is_lost_run_twice_or_wrongly_blamed() {
    watched(|| {
        const TASKS: u64 = 3_000;
        let (pool, tally) = (ProcessPool::new(2).unwrap(), Tally::new());
        let mut random = Random::new(7);
        let mut fates = HashMap::new();
        let tasks: Vec<_> = (0..TASKS)
            .map(|n| {
                let how = (random.below(20) == 0).then(|| Death::QUICK[random.below(4) as usize]);
                fates.insert(n, how);
                pool.submit(may_die::call(tally.path(), n, how))
            })
            .collect();
        let (mut done, mut died, mut killed) = (0, 0, 0);
        let mut runs: HashMap<u64, u64> = HashMap::new();
        let mut finished = Vec::new();
        for (n, task) in (0..).zip(tasks) {
            if random.below(30) == 0 {
                let pids = pool.process_ids();
                if let Some(pid) = pids.get(random.below(2) as usize) {
                    system::kill(*pid, Signal::KILL);
                }
            }
            finished.push((n, task.result()));
        }
        for n in tally.numbers() {
            *runs.entry(n).or_default() += 1;
        }
        for (n, answer) in finished {
            let times = runs.get(&n).copied().unwrap_or_default();
            assert!(times <= 1, "{n} ran {times} times");
            match answer {
                Ok(value) => {
                    assert_eq!((value, fates[&n], times), (n, None, 1));
                    done += 1;
                }
                Err(error) => {
                    let death = death::<()>(Err(error));
                    let by_itself = fates[&n].is_some_and(|how| is_how(death.exit, how));
                    assert!(by_itself || is_how(death.exit, Death::Kill), "{n}: {death:?}");
                    died += u64::from(by_itself);
                    killed += u64::from(!by_itself);
                }
            }
        }
        assert_eq!(done + died + killed, TASKS);
        assert!(died > 50, "{died} died");
    });
}
