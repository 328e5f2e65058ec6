//! What the system knows of processes: who lives, and what they have open.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};

/// In whose environment this is, that process runs one test, by itself.
const ALONE: &str = "TARAE_TEST_ALONE";

/// Runs the test that has this name in a process of its own, where this is true: it may count what a process has.
pub(crate) fn alone(test: &str) -> bool {
    if is_alone() {
        return true;
    }
    let output = command(&std::env::current_exe().unwrap().to_string_lossy(), test).output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{test}, alone: {}\n{stdout}\n{stderr}", output.status);
    assert!(stdout.contains("1 passed"), "no test {test}");
    false
}

/// Whether this is a process with one test.
pub(crate) fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Starts a program of tests for one of them alone.
pub(crate) fn command(program: &str, test: &str) -> Command {
    // Whatever goes wrong, there are not many of them.
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "ulimit -u 2000 2>&- || ulimit -p 2000; exec \"$0\" --exact \"$1\" --nocapture --test-threads=1",
        program,
        test,
    ]);
    command.env(ALONE, "1");
    command
}

pub(crate) fn kill(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid as i32).unwrap();
    let _ = kill_process(pid, signal); // it may have gone
}

/// A process's state, its parent and its group; `None` if there is none.
fn stat(pid: u32) -> Option<(String, u32, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // Behind the name, which may have anything in it.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// Whether a process runs, or could: one that has ended and was not waited for does not.
pub(crate) fn is_alive(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, ..)| state != "Z" && state != "X")
}

pub(crate) fn group(pid: u32) -> u32 {
    stat(pid).unwrap().2
}

/// The processes that this one has started and not waited for, dead or alive.
pub(crate) fn children() -> BTreeSet<u32> {
    let pids =
        fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    pids.filter(|pid| stat(*pid).is_some_and(|(_, parent, _)| parent == std::process::id())).collect()
}

/// What this process has open: the number, what it is, and whether it is closed when another program is started.
pub(crate) fn descriptors() -> Vec<(u32, String, bool)> {
    let numbers: Vec<u32> = fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    let open = numbers.into_iter().filter_map(|number| {
        // That of the folder that was read is closed meanwhile.
        let what = fs::read_link(format!("/proc/self/fd/{number}")).ok()?;
        let info = fs::read_to_string(format!("/proc/self/fdinfo/{number}")).ok()?;
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:"))?;
        let flags = u64::from_str_radix(flags.trim(), 8).ok()?;
        Some((number, what.to_string_lossy().into_owned(), flags & 0o2_000_000 != 0))
    });
    open.collect()
}

/// How many of it this process has: descriptors, threads, children.
pub(crate) fn holdings() -> (usize, usize, usize) {
    let threads = fs::read_dir("/proc/self/task").unwrap().count();
    (descriptors().len(), threads, children().len())
}
