//! What the system says: processes, descriptors, memory; and how processes are killed.
#![allow(unreachable_pub, reason = "a part of a test")]

use rustix::process::{Pid, PidfdFlags, Signal, getpid, kill_process, pidfd_open, pidfd_send_signal};
use std::fs;

/// Kills this process.
pub fn signal_oneself(signal: i32) -> ! {
    let signal = Signal::from_named_raw(signal).expect("a signal with a name");
    kill_process(getpid(), signal).expect("it is this process");
    unreachable!("it is dead, unless the signal is ignored here");
}

/// Kills a child of this process; false if it is none any more.
pub fn kill_child(pid: u32) -> bool {
    let Some(number) = Pid::from_raw(pid as i32) else { return false };
    let Ok(process) = pidfd_open(number, PidfdFlags::empty()) else { return false };
    // If it was gone before, and the number is another child's by now, the signal reaches nobody.
    parent_of(pid) == Some(std::process::id()) && pidfd_send_signal(&process, Signal::KILL).is_ok()
}

/// A process's parent, if it has not ended.
fn parent_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat[stat.rfind(')')? + 2..].split(' ');
    let state = fields.next()?;
    (state != "Z").then(|| fields.next()?.parse().ok())?
}

/// Processes that this one has started, or its workers have, and that have not been waited for. Which have lost their parent
/// are told by the program that they run.
pub fn relatives() -> Vec<u32> {
    let this = std::process::id();
    let program = fs::read_link("/proc/self/exe").ok();
    let pids = fs::read_dir("/proc").expect("/proc can be read").flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let is_relative = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let parent = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
        *pid != this && (parent == Some(this) || fs::read_link(format!("/proc/{pid}/exe")).ok() == program)
    };
    pids.filter(is_relative).collect()
}

/// How many descriptors are open.
pub fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("/proc can be read").count() - 1
}

/// Memory of this process that is there, in KiB.
pub fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("/proc can be read");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line of that name");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
