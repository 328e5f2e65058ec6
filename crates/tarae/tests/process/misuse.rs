//! What cannot work says so, and what happens to the program's file does not matter.

use std::error::Error;
use std::fs;
use std::process::Command;
use std::sync::OnceLock;

use super::meeting::Place;
use super::meeting::jobs::{echo, pid};
use super::odd::{Act, Death, Odd, dies, odd};
use super::support::{eventually, watched};
use super::system::{self, alone};
use rustix::process::Signal;
use tarae::executor::{Output, StartError};
use tarae::prelude::*;
use tarae::task::ErrorKind;

#[test]
fn settings_that_cannot_be_meant_are_errors_that_say_what_to_do() {
    let refused = |builder: tarae::executor::ProcessPoolBuilder, says: &str| {
        let error = builder.build().unwrap_err();
        assert_eq!(error.to_string(), says);
        assert!(error.source().is_none());
    };
    refused(
        ProcessPool::builder().workers(0),
        "a pool of 0 workers would never run anything: give it at least 1",
    );
    refused(
        ProcessPool::builder().workers(5_000),
        "a pool of 5000 processes cannot be meant: give it at most 4096",
    );
    refused(
        ProcessPool::builder().workers(1).tasks_per_worker(0),
        "workers that may do 0 tasks would never run anything: give them at least 1",
    );
    let odd_one = Odd { encoded_here: Act::Fail, ..Odd::not(1) };
    let error = ProcessPool::builder().workers(1).initializer(odd::call(odd_one)).build().unwrap_err();
    assert!(matches!(error, StartError::Initializer { .. }));
    assert!(
        error.to_string().starts_with("the initializer failed: it has arguments that cannot be sent"),
        "{error}"
    );
}

#[test]
fn without_a_number_there_is_a_worker_for_each_core() {
    let cores = std::thread::available_parallelism().unwrap().get();
    assert_eq!(ProcessPool::builder().build().unwrap().workers(), cores);
}

static SET: OnceLock<u64> = OnceLock::new();

#[tarae::remote]
fn set(number: u64) {
    SET.set(number).unwrap();
}

#[tarae::remote]
fn get() -> (u32, Option<u64>) {
    (std::process::id(), SET.get().copied())
}

#[test]
fn each_worker_is_initialized_first_and_so_is_who_replaces_it() {
    watched(|| {
        let builder = ProcessPool::builder().workers(2).tasks_per_worker(2).initializer(set::call(3));
        let pool = builder.build().unwrap();
        let mut pids = Vec::new();
        for n in 0..20 {
            let (pid, set) = pool.submit(get::call()).result().unwrap();
            assert_eq!(set, Some(3));
            pids.push(pid);
            if n % 5 == 0 {
                pool.submit(dies::call(Death::Kill)).result().unwrap_err();
            }
        }
        for pid in &pids {
            assert!(
                pids.iter().filter(|other| *other == pid).count() <= 2,
                "the initializer is no task: {pids:?}"
            );
        }
        assert!(SET.get().is_none());
    });
}

#[tarae::remote]
fn panics(text: String) {
    panic!("{text}");
}

/// A pool that is broken: all that it has and all that comes ends, with what it broke of.
fn assert_broken(pool: &ProcessPool, early: Vec<Task<u64>>, says: &[&str]) {
    let late = pool.submit(echo::call(1));
    for task in early.into_iter().chain([late]) {
        let error = task.result().unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::Broken, "{error}");
        let cause = error.source().unwrap().to_string();
        assert!(says.iter().all(|says| cause.contains(says)), "{cause}");
    }
    eventually("the end of its workers", || pool.process_ids().is_empty());
    pool.shutdown(Shutdown::Finish, None).unwrap();
}

fn some(pool: &ProcessPool) -> Vec<Task<u64>> {
    (0..20).map(|n| pool.submit(echo::call(n))).collect()
}

#[test]
fn an_initializer_that_fails_breaks_the_pool() {
    watched(|| {
        let builder = || ProcessPool::builder().workers(2).stderr(Output::Capture);
        let pool = builder().initializer(panics::call("no licence".into())).build().unwrap();
        let early = some(&pool);
        assert_broken(&pool, early, &["the initializer failed", "panicked: no licence"]);
        let pool = builder().initializer(dies::call(Death::Exit)).build().unwrap();
        let early = some(&pool);
        assert_broken(&pool, early, &["the initializer failed", "its worker exited with code 7"]);
        let pool = builder().initializer(dies::call(Death::Kill)).build().unwrap();
        let early = some(&pool);
        assert_broken(
            &pool,
            early,
            &["the initializer failed", "its worker was killed by signal 9 (SIGKILL)"],
        );
        let undecodable = Odd { decoded_there: Act::Fail, ..Odd::not(1) };
        let pool = builder().initializer(odd::call(undecodable)).build().unwrap();
        let early = some(&pool);
        assert_broken(&pool, early, &["the initializer failed", "has arguments that cannot be sent"]);
    });
}

#[test]
fn workers_that_die_before_they_are_ready_break_the_pool() {
    if !alone("misuse::workers_that_die_before_they_are_ready_break_the_pool") {
        return;
    }
    watched(|| {
        // With so little memory a worker cannot start a thread.
        let pool = ProcessPool::builder().workers(2).memory_limit(1).stderr(Output::Capture).build().unwrap();
        let early = some(&pool);
        let says = ["the workers end before they have said that they are any", "cannot be a"];
        assert_broken(&pool, early, &says[..1]);
        assert!(system::children().is_empty());
    });
}

#[test]
fn a_process_to_which_no_pool_speaks_is_no_worker_and_says_so() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::process::Stdio;
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    std::io::Write::write_all(&mut ours, &[7; 64]).unwrap();
    let closed = UnixStream::pair().unwrap().0;
    let inputs = [Stdio::null(), Stdio::from(OwnedFd::from(theirs)), Stdio::from(OwnedFd::from(closed))];
    for input in inputs {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let output = command.env("TARAE_WORKER", "1").stdin(input).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(87), "{stderr}");
        assert!(stderr.contains("this process was started as a worker and cannot be one: "), "{stderr}");
    }
}

/// Where the copy of this program is that is to do it.
const COPY: &str = "TARAE_TEST_COPY";

/// Runs a test in a copy of this program, alone.
fn in_a_copy(test: &str) {
    let place = Place::new();
    // By another program: what this one has open to write, a worker that starts just now has as well for a moment.
    let copied = Command::new("cp").arg(std::env::current_exe().unwrap()).arg(place.path()).status();
    assert!(copied.unwrap().success());
    let output = system::command(&place.path(), test).env(COPY, place.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

/// Works, and goes on when workers die.
fn assert_works() {
    let pool = ProcessPool::new(2).unwrap();
    for n in 0..3 {
        assert_eq!(pool.submit(echo::call(n)).result().unwrap(), n);
        pool.process_ids().into_iter().for_each(|pid| system::kill(pid, Signal::KILL));
    }
    assert_ne!(pool.submit(pid::call()).result().unwrap(), std::process::id());
}

#[test]
fn a_program_whose_file_was_deleted_has_workers_all_the_same() {
    let Some(copy) = std::env::var_os(COPY) else {
        return in_a_copy("misuse::a_program_whose_file_was_deleted_has_workers_all_the_same");
    };
    fs::remove_file(copy).unwrap();
    watched(assert_works);
}

#[test]
fn a_program_whose_file_was_replaced_has_workers_of_its_own() {
    let Some(copy) = std::env::var_os(COPY) else {
        return in_a_copy("misuse::a_program_whose_file_was_replaced_has_workers_of_its_own");
    };
    let other = Place::new();
    fs::copy("/bin/true", other.path()).unwrap();
    fs::rename(other.path(), copy).unwrap();
    watched(assert_works);
}

#[test]
fn if_a_process_cannot_be_started_nothing_is_left_of_those_that_were() {
    if !alone("misuse::if_a_process_cannot_be_started_nothing_is_left_of_those_that_were") {
        return;
    }
    watched(|| {
        drop(ProcessPool::new(1).unwrap());
        let before = system::holdings();
        let few = rustix::process::Rlimit { current: Some(before.0 as u64 + 12), maximum: None };
        let many = rustix::process::getrlimit(rustix::process::Resource::Nofile);
        let few = rustix::process::Rlimit { maximum: many.maximum, ..few };
        rustix::process::setrlimit(rustix::process::Resource::Nofile, few).unwrap();
        let error = ProcessPool::new(20).unwrap_err();
        assert!(matches!(error, StartError::Start { .. }));
        assert_eq!(error.to_string(), "a worker could not be started");
        assert!(error.source().unwrap().to_string().contains("Too many open files"));
        rustix::process::setrlimit(rustix::process::Resource::Nofile, many).unwrap();
        assert_eq!(system::holdings().0, before.0);
        eventually("no children, dead or alive", || system::children().is_empty());
    });
}
