//! A worker's process, as its pool has it.

use super::shared::Shared;
use super::wire::page::Page;
use super::wire::socket::{Came, Socket};
use crate::cancel::timer::{Expire, Scheduled, try_schedule};
use crate::sync::{Mutex, lock};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering, fence};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How long a batch that nobody wants may take until its next item.
const GRACE: Duration = Duration::from_millis(100);

pub(super) struct Link {
    pub(super) page: Page,
    socket: Socket,
    pid: Pid,
    /// Says when the process has ended, also if another one has its socket; and is never another's, as its number may be.
    process: Option<OwnedFd>,
    /// Its number is the process's: until that has been waited for.
    is_there: Mutex<bool>,
    /// That it ends was asked for.
    asked: AtomicBool,
    grace: Mutex<Option<(Scheduled, Arc<Grace>)>>,
}

impl Link {
    pub(super) fn new(page: Page, socket: Socket, pid: Pid, process: Option<OwnedFd>) -> Arc<Self> {
        Arc::new(Link {
            page,
            socket,
            pid,
            process,
            is_there: Mutex::new(true),
            asked: AtomicBool::new(false),
            grace: Mutex::new(None),
        })
    }

    pub(super) fn process(&self) -> Option<&OwnedFd> {
        self.process.as_ref()
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get() as u32
    }

    /// Wakes the worker if it sleeps: there is a frame.
    pub(super) fn ring(&self) {
        fence(Ordering::SeqCst);
        let asleep = self.page.worker_asleep();
        if asleep.load(Ordering::Relaxed) != 0 && asleep.swap(0, Ordering::SeqCst) != 0 {
            self.socket.ring();
        }
    }

    /// Wakes the worker if it waits for room: there is some.
    pub(super) fn ring_for_room(&self) {
        fence(Ordering::SeqCst);
        let no_room = self.page.no_room();
        if no_room.load(Ordering::Relaxed) != 0 && no_room.swap(0, Ordering::SeqCst) != 0 {
            self.socket.ring();
        }
    }

    pub(super) fn send_file(&self, file: &File) -> io::Result<()> {
        self.socket.send(b"f", &[file])
    }

    /// What has come through the socket.
    pub(super) fn receive(&self, heard: &mut Vec<u8>, files: &mut VecDeque<File>) -> io::Result<Came> {
        self.socket.receive(false, heard, files)
    }

    /// Lets the worker end when it has nothing to do.
    pub(super) fn finish(&self) {
        self.asked.store(true, Ordering::Relaxed);
        self.socket.finish();
    }

    /// Ends the process.
    pub(super) fn kill(&self) {
        self.asked.store(true, Ordering::Relaxed);
        self.kill_unasked();
    }

    /// Ends the process if that has not ended; what it dies of is not what was asked for.
    pub(super) fn kill_unasked(&self) {
        #[cfg(target_os = "linux")]
        if let Some(process) = &self.process {
            let _ = rustix::process::pidfd_send_signal(process, Signal::KILL);
            return;
        }
        if *lock(&self.is_there) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }

    /// Ends the process if it has not done with a job in a while.
    ///
    /// # Errors
    /// If there is no thread to wait that while.
    pub(super) fn kill_later(
        self: &Arc<Self>,
        shared: &Arc<Shared>,
        seat: usize,
        job: u64,
    ) -> io::Result<()> {
        let (shared, link) = (Arc::downgrade(shared), Arc::downgrade(self));
        let grace = Arc::new(Grace { shared, link, seat, job });
        let weak: Weak<Grace> = Arc::downgrade(&grace);
        let scheduled = try_schedule(Instant::now() + GRACE, weak)?;
        let before = lock(&self.grace).replace((scheduled, grace));
        drop(before);
        Ok(())
    }

    /// Whether it was to end.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The process is about to be waited for: from then on its number may be another one's.
    pub(super) fn let_go(&self) {
        *lock(&self.is_there) = false;
    }
}

impl AsFd for Link {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

/// The end of a worker that does not stop.
struct Grace {
    shared: Weak<Shared>,
    link: Weak<Link>,
    seat: usize,
    job: u64,
}

impl Expire for Grace {
    fn expire(self: Arc<Self>) {
        if let Some((shared, link)) = self.shared.upgrade().zip(self.link.upgrade()) {
            shared.stop_at_last(&link, self.seat, self.job);
        }
    }
}
