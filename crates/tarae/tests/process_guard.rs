//! No pool starts a worker of a program that does not ask whether it is one: each would start workers in its turn, and so on.
//!
//! This program has no hook, on purpose.
#![cfg(not(miri))]
#![forbid(unsafe_code)]

use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use tarae::executor::{ProcessPool, StartError};

/// The name of the test that makes a pool.
const MAKES_A_POOL: &str = "a_program_that_has_not_asked_gets_no_pool";

#[test]
fn a_program_that_has_not_asked_gets_no_pool() {
    let error = ProcessPool::new(2).unwrap_err();
    assert!(matches!(error, StartError::NotAsked));
    assert!(error.to_string().contains("call `tarae::init()` first in `main`"), "{error}");
}

/// What a worker would be that has no hook: it is told that it is one, and makes a pool.
#[test]
fn a_worker_that_has_not_asked_exits_instead_of_making_a_pool() {
    let this = std::env::current_exe().unwrap();
    let (_pool, worker) = UnixStream::pair().unwrap();
    let socket = File::from(OwnedFd::from(worker));
    let status = socket.metadata().unwrap();
    // Whatever goes wrong, there are not many of them.
    let output = Command::new("sh")
        .args(["-c", "ulimit -u 400 2>&- || ulimit -p 400; exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(this)
        .arg(MAKES_A_POOL)
        .env("TARAE_WORKER", format!("{}:{}", status.dev(), status.ino()))
        .stdin(Stdio::from(socket))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(87), "{stderr}");
    assert!(stderr.contains("call `tarae::init()` first in `main`"), "{stderr}");
}
