//! The example `ctrl_c` as a program: what it prints, and how it exits, when it gets the signal of Ctrl-C.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::support::watched;

/// Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
fn example() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.ancestors().nth(2).unwrap().join("examples/ctrl_c");
    assert!(
        path.exists(),
        "{path:?} is missing: build it with `cargo build --profile test --example ctrl_c`"
    );
    path
}

/// The running example, ended with the test.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(example());
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Program(command.spawn().unwrap())
    }

    /// What the kernel does for Ctrl-C. There is no safe way to it in std, so a shell does it.
    fn press_ctrl_c(&self) {
        let kill = Command::new("sh").arg("-c").arg(format!("kill -INT {}", self.0.id())).status();
        assert!(kill.unwrap().success());
    }

    /// Waits until it has only the endless part left, and gives what reads the rest of what it prints.
    fn has_begun(&mut self) -> impl Read + use<> {
        let mut out = BufReader::new(self.0.stdout.take().unwrap());
        let mut lines = BEGUN.map(|_| {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        });
        lines.sort(); // two workers: whichever is done first
        assert_eq!(lines, BEGUN);
        out
    }

    fn exit_code(&mut self) -> Option<i32> {
        self.0.wait().unwrap().code()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Fails if it has ended, as it should.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What it prints before it has only the endless part left, sorted.
const BEGUN: [&str; 3] = [
    "the numbers up to 1000 sum to 500500",
    "the numbers up to 1000000 sum to 500000500000",
    "working: Ctrl-C stops it",
];

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn ctrl_c_stops_the_work_and_what_was_done_is_printed() {
    watched(|| {
        let mut program = Program::start(&[]);
        let mut out = program.has_begun();
        program.press_ctrl_c();
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "the numbers up to 18446744073709551615: stopped\n2 of 3 done\n");
        assert_eq!(program.exit_code(), Some(130));
        let mut complaints = String::new();
        program.0.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        assert_eq!(complaints, "\nstopping: a second Ctrl-C ends it at once\n");
    });
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn a_second_ctrl_c_ends_a_program_that_does_not_stop() {
    watched(|| {
        let mut program = Program::start(&["stubborn"]);
        let mut out = program.has_begun();
        program.press_ctrl_c();
        // It has heard, and says so; but one of its jobs does not look.
        let mut lines = BufReader::new(&mut out).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "the numbers up to 18446744073709551615: stopped");
        assert_eq!(lines.next().unwrap().unwrap(), "2 of 3 done");
        assert_eq!(program.0.try_wait().unwrap(), None, "it waits for the stubborn one");
        program.press_ctrl_c();
        assert_eq!(program.exit_code(), Some(130));
        assert!(lines.next().is_none());
    });
}
