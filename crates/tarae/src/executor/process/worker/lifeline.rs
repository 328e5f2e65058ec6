//! Ends the process when its pool has gone, in the middle of a job as well: a pool that is killed leaves no orphans.

use crate::executor::process::wire::socket::Socket;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Signal, getpid, kill_process};
use std::io;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Whether a job runs. If not, the thread that takes them hears that the socket is closed, and ends in peace.
static BUSY: AtomicBool = AtomicBool::new(false);

/// How long ending in peace may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often to look meanwhile whether a job runs.
const LOOK: Duration = Duration::from_millis(5);

/// A job runs, or none does.
pub(super) fn set_busy(busy: bool) {
    BUSY.store(busy, Ordering::SeqCst);
}

/// Starts the thread that watches the socket.
pub(super) fn hold(socket: &Socket) -> io::Result<()> {
    let socket = socket.as_fd().try_clone_to_owned()?;
    let thread = thread::Builder::new().name("tarae-lifeline".into()).stack_size(64 << 10);
    thread.spawn(move || {
        let mut fds = [PollFd::new(&socket, CLOSED)];
        while !fds[0].revents().intersects(CLOSED | PollFlags::HUP | PollFlags::ERR) {
            let _ = poll(&mut fds, None); // interrupted: looks again
        }
        // A job that begins now was sent by a pool that has gone; after a graceful end none does.
        let mut looks = PATIENCE.as_millis() / LOOK.as_millis();
        while looks > 0 && !BUSY.load(Ordering::SeqCst) {
            thread::sleep(LOOK);
            looks -= 1;
        }
        let _ = kill_process(getpid(), Signal::KILL);
    })?;
    Ok(())
}

/// What says that the other end is closed, besides what is always said.
#[cfg(target_os = "linux")]
const CLOSED: PollFlags = PollFlags::RDHUP;
#[cfg(not(target_os = "linux"))]
const CLOSED: PollFlags = PollFlags::HUP;
