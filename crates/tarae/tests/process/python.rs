//! What CPython's own tests promise of `ProcessPoolExecutor`, row by row of `tests/task_python/README.md`.

use std::error::Error;
use std::sync::Arc;

use super::meeting::jobs::{counted, echo, pid, waits};
use super::meeting::{Door, Tally, knock};
use super::odd::{Act, Death, Odd, die, dies, odd};
use super::support::{eventually, watched};
use super::system;
use rustix::process::Signal;
use tarae::executor::{Exit, Output, Phase, WorkerDeath};
use tarae::prelude::*;
use tarae::task::{ErrorKind, Part};

fn quiet(workers: usize) -> ProcessPool {
    ProcessPool::builder().workers(workers).stderr(Output::Discard).build().unwrap()
}

fn death(error: &TaskError) -> &WorkerDeath {
    let ErrorKind::WorkerDied(death) = error.kind() else { panic!("{error:?}") };
    death
}

/// P1: DIFFERENCE: the task that had begun fails, and the pool goes on.
#[test]
fn a_worker_that_is_killed_takes_one_task_with_it() {
    watched(|| {
        let (pool, door) = (quiet(1), Door::new());
        let task = pool.submit(waits::call(door.path(), 1));
        let guest = door.next();
        let others: Vec<_> = (0..50).map(|n| pool.submit(echo::call(n))).collect();
        system::kill(guest.pid, Signal::KILL);
        let error = task.result().unwrap_err();
        assert_eq!((death(&error).exit, death(&error).pid), (Exit::Signal(9), guest.pid));
        assert!(others.into_iter().map(|task| task.result().unwrap()).eq(0..50));
        let error = pool.submit(dies::call(Death::Segfault)).result().unwrap_err();
        assert_eq!(death(&error).exit, Exit::Signal(11));
        assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
    });
}

/// P2
#[test]
fn an_argument_that_cannot_be_encoded_fails_its_task_alone() {
    watched(|| {
        let pool = quiet(2);
        for act in [Act::Fail, Act::Panic] {
            let task = pool.submit(odd::call(Odd { encoded_here: act, ..Odd::not(1) }));
            let error = task.result().unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::NotSerializable { part: Part::Arguments, .. }),
                "{error}"
            );
            assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
        }
    });
}

/// P3: DIFFERENCE: the task's own error, and the pool goes on.
#[test]
fn decoding_that_fails_or_kills_the_worker_hangs_nobody() {
    watched(|| {
        let pool = quiet(2);
        let there =
            |act| pool.submit(odd::call(Odd { decoded_there: act, ..Odd::not(1) })).result().unwrap_err();
        for act in [Act::Fail, Act::Panic] {
            let error = there(act);
            assert!(
                matches!(error.kind(), ErrorKind::NotSerializable { part: Part::Arguments, .. }),
                "{error}"
            );
        }
        for (how, exit) in [(Death::Exit, Exit::Code(7)), (Death::Segfault, Exit::Signal(11))] {
            let error = there(Act::Die(how));
            assert_eq!((death(&error).exit, death(&error).phase), (exit, Phase::Decoding));
        }
        assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
    });
}

/// P4
#[test]
fn a_result_that_cannot_be_encoded_is_the_error_of_its_task() {
    watched(|| {
        let pool = quiet(1);
        let error =
            pool.submit(odd::call(Odd { encoded_there: Act::Fail, ..Odd::not(1) })).result().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::NotSerializable { part: Part::Output, .. }), "{error}");
        assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
    });
}

/// P5: DIFFERENCE: the error says with which code.
#[test]
fn a_task_that_calls_exit_fails_with_the_code() {
    watched(|| {
        let error = quiet(1).submit(dies::call(Death::Exit)).result().unwrap_err();
        assert_eq!(death(&error).exit, Exit::Code(7));
    });
}

#[tarae::remote]
fn fails_in_a_line() {
    panic!("no such number");
}

/// P6: DIFFERENCE: the place of the panic, and with `RUST_BACKTRACE` the way there.
#[test]
fn a_panic_has_its_place_in_the_worker_as_its_cause() {
    watched(|| {
        let plain = ProcessPool::builder().workers(1).stderr(Output::Discard).env("RUST_BACKTRACE", "0");
        let traced = ProcessPool::builder().workers(1).stderr(Output::Discard).env("RUST_BACKTRACE", "1");
        for (builder, is_traced) in [(plain, false), (traced, true)] {
            let pool = builder.build().unwrap();
            let worker = pool.submit(pid::call()).result().unwrap();
            let error = pool.submit(fails_in_a_line::call()).result().unwrap_err();
            assert_eq!(error.kind(), &ErrorKind::Panicked { message: "no such number".into() });
            let cause = error.source().unwrap().to_string();
            assert!(cause.starts_with(&format!("a panic in process {worker}, at ")), "{cause}");
            assert!(cause.contains("python.rs:"), "{cause}");
            assert_eq!(cause.contains("fails_in_a_line"), is_traced, "{cause}");
        }
    });
}

/// P7
#[test]
fn after_so_many_tasks_a_new_process_comes_and_an_end_in_the_middle_finishes_all() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).tasks_per_worker(3).build().unwrap();
        let pids: Vec<u32> = (0..9).map(|_| pool.submit(pid::call()).result().unwrap()).collect();
        for three in pids.chunks(3) {
            assert!(three.iter().all(|pid| *pid == three[0]), "{pids:?}");
        }
        assert!(pids[0] != pids[3] && pids[3] != pids[6]);
        let pool = ProcessPool::builder().workers(4).tasks_per_worker(1).build().unwrap();
        let tasks: Vec<_> = (0..20).map(|n| pool.submit(echo::call(n))).collect();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        assert!(tasks.into_iter().map(|task| task.result().unwrap()).eq(0..20));
    });
}

/// P8
#[test]
fn one_worker_of_two_tasks_does_ten_that_are_queued_at_once() {
    watched(|| {
        let builder = ProcessPool::builder().workers(1).tasks_per_worker(2);
        let (pool, tally) = (builder.build().unwrap(), Tally::new());
        let tasks: Vec<_> = (0..10).map(|n| pool.submit(counted::call(tally.path(), n))).collect();
        assert!(tasks.into_iter().map(|task| task.result().unwrap()).eq(0..10));
        assert!(tally.numbers().into_iter().eq(0..10));
    });
}

/// P9
#[test]
fn a_death_or_an_encoding_error_about_the_end_hangs_nobody() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let (pool, door) = (quiet(2), Door::new());
            let _first = pool.submit(waits::call(door.path(), 1));
            let guest = door.next();
            let deaths: Vec<_> = Death::QUICK.into_iter().map(|how| pool.submit(dies::call(how))).collect();
            let refuses = [
                pool.submit(odd::call(Odd { encoded_here: Act::Fail, ..Odd::not(1) })),
                pool.submit(odd::call(Odd { encoded_there: Act::Fail, ..Odd::not(1) })),
            ];
            drop(guest);
            pool.shutdown(how, None).unwrap();
            assert!(deaths.into_iter().all(|task| task.result().is_err()));
            assert!(refuses.into_iter().all(|task| task.result().is_err()));
            drop(pool);
            // And without a word of goodbye.
            let pool = quiet(1);
            let death = pool.submit(dies::call(Death::Kill));
            drop(pool);
            death.result().unwrap_err();
        }
    });
}

#[tarae::remote]
fn big_and_dies(bytes: Vec<u8>, door: String) -> Vec<u8> {
    knock(&door, bytes.len() as u64);
    die(Death::Kill)
}

/// P10: DIFFERENCE: the others are done, by the next worker.
#[test]
fn a_worker_that_dies_among_big_values_hangs_nobody() {
    watched(|| {
        const BIG: usize = 8 << 20;
        let (pool, door) = (quiet(1), Door::new());
        let task = pool.submit(big_and_dies::call(vec![1; BIG], door.path()));
        let guest = door.next();
        let others: Vec<_> =
            (0..5u8).map(|n| pool.submit(portable(vec![n; BIG], |bytes: Vec<u8>| bytes))).collect();
        assert_eq!(guest.says, BIG as u64);
        guest.let_in();
        assert_eq!(death(&task.result().unwrap_err()).exit, Exit::Signal(9));
        for (n, task) in (0..).zip(others) {
            assert!(task.result().unwrap() == vec![n; BIG]);
        }
        // Killed at any time while values go to and fro.
        for _ in 0..10 {
            let tasks: Vec<_> =
                (0..4u8).map(|n| pool.submit(portable(vec![n; BIG], |bytes: Vec<u8>| bytes))).collect();
            pool.process_ids().into_iter().for_each(|pid| system::kill(pid, Signal::KILL));
            let lost: Vec<_> = tasks.into_iter().filter_map(|task| task.result().err()).collect();
            assert!(
                lost.len() <= 1 && lost.iter().all(|error| death(error).exit == Exit::Signal(9)),
                "{lost:?}"
            );
        }
    });
}

/// P11
#[test]
fn a_hundred_submits_at_once_and_thousands_after_a_full_ring_do_not_hang() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        let tasks: Vec<_> = (0..100).map(|n| pool.submit(echo::call(n))).collect(); // it is not ready yet
        assert!(tasks.into_iter().map(|task| task.result().unwrap()).eq(0..100));
        let door = Door::new();
        let held = pool.submit(waits::call(door.path(), 1));
        let guest = door.next();
        let text = "x".repeat(20_000);
        let tasks: Vec<_> =
            (0..2_000).map(|_| pool.submit(portable(text.clone(), |text: String| text.len()))).collect();
        guest.let_in();
        held.result().unwrap();
        assert!(tasks.into_iter().all(|task| task.result().unwrap() == 20_000));
    });
}

/// P12
#[test]
fn each_task_that_breaks_has_an_error_of_its_own() {
    watched(|| {
        let builder = ProcessPool::builder().workers(2).stderr(Output::Discard);
        let pool = Arc::new(builder.initializer(dies::call(Death::Abort)).build().unwrap());
        let names = ["a", "b", "c"];
        let errors = names.map(|name| {
            let task = pool.submit_with(Options::new().name(name), echo::call(1));
            task.result().unwrap_err()
        });
        for (name, error) in names.into_iter().zip(&errors) {
            assert_eq!((error.kind(), error.task_name()), (&ErrorKind::Broken, Some(name)));
            assert!(error.to_string().starts_with(&format!("task {name:?} cannot be answered any more: ")));
        }
        eventually("the end of its workers", || pool.process_ids().is_empty());
    });
}
