//! A worker's keeper: the thread that starts it, takes what it answers, and sees to it that nothing is lost when it dies.
//!
//! Here is the thread, and what it waits for; what it does with an answer is in `answers.rs`, the last that it does in
//! `bury.rs`.

use super::builder::StartError;
use super::link::Link;
use super::output::Tail;
use super::shared::Shared;
use super::start::{Started, start};
use super::wire::frame::BadFrame;
use super::wire::patience::look;
use super::wire::ring::Reader;
use super::wire::socket::Came;
use crate::job::Item;
use crate::task::hand_callbacks_over;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::fs::File;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{Ordering, fence};
use std::time::{Duration, Instant};

/// How long a worker may take to say that it is one.
const START_LIMIT: Duration = Duration::from_secs(30);

/// Keeps a worker in one seat of a pool until the pool ends.
pub(super) fn keep(shared: &Arc<Shared>, seat: usize, first: Option<Started>) {
    hand_callbacks_over();
    let _post = Post(shared);
    let mut next = first;
    loop {
        let started = match next.take() {
            Some(started) => started,
            None => match start(&shared.settings) {
                Ok(started) => started,
                Err(error) => {
                    if shared.died_early() {
                        shared.break_down(Arc::new(StartError::Start { source: error }));
                    }
                    if !shared.goes_on() {
                        return;
                    }
                    continue;
                }
            },
        };
        shared.seat(seat, started.link.clone());
        Keeper::new(shared, seat, started).watch();
        if !shared.goes_on() {
            return;
        }
    }
}

/// A keeper's duty. A panic of its own would be a fault of ours: then nobody would bring what its worker answers.
struct Post<'s>(&'s Shared);

impl Drop for Post<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let message = "the thread that takes a worker's answers has panicked".to_owned();
            self.0.break_down(Arc::new(StartError::Start { source: std::io::Error::other(message) }));
            self.0.without_keepers(1);
        }
    }
}

/// One worker's.
pub(super) struct Keeper<'s> {
    pub(super) shared: &'s Shared,
    pub(super) seat: usize,
    pub(super) link: Arc<Link>,
    pub(super) child: Child,
    pub(super) tail: Tail,
    pub(super) reader: Reader,
    /// What followed the last frame.
    pub(super) bytes: Vec<u8>,
    pub(super) files: VecDeque<File>,
    pub(super) heard: Vec<u8>,
    pub(super) files_read: u64,
    /// Of the batch that runs: what has come.
    pub(super) items: Vec<Item>,
    /// It has begun a job, or has done one.
    pub(super) has_begun: bool,
    /// Until when it has to say that it is ready; `None` if it has.
    pub(super) ready_by: Option<Instant>,
    /// It did not say so in time.
    pub(super) late: bool,
    /// What it sent that is none of what a worker sends.
    pub(super) bad: Option<BadFrame>,
}

impl<'s> Keeper<'s> {
    fn new(shared: &'s Shared, seat: usize, started: Started) -> Self {
        let Started { link, child, tail } = started;
        Keeper {
            shared,
            seat,
            link,
            child,
            tail,
            reader: Reader::default(),
            bytes: Vec::new(),
            files: VecDeque::new(),
            heard: Vec::new(),
            files_read: 0,
            items: Vec::new(),
            has_begun: false,
            ready_by: Some(Instant::now() + START_LIMIT),
            late: false,
            bad: None,
        }
    }

    /// Takes what comes until the worker is gone.
    fn watch(mut self) {
        while self.take_frames() && self.sleep() {}
        self.bury();
    }

    /// Takes the frames that are there; false if one was bad.
    pub(super) fn take_frames(&mut self) -> bool {
        let link = self.link.clone();
        let mut any = false;
        loop {
            match self.reader.pop(link.page.to_pool(), &mut self.bytes) {
                Ok(Some(frame)) => {
                    any = true;
                    if let Err(bad) = self.take(frame) {
                        self.bad = Some(bad);
                    }
                }
                Ok(None) => break,
                Err(bad) => self.bad = Some(bad),
            }
            if self.bad.is_some() {
                link.kill_unasked();
                return false;
            }
        }
        if any {
            link.ring_for_room();
        }
        true
    }

    /// Waits for a frame; false if the worker is gone.
    fn sleep(&mut self) -> bool {
        let link = self.link.clone();
        if look(|| self.reader.is_ready(link.page.to_pool())) {
            return true;
        }
        let asleep = link.page.pool_asleep();
        asleep.store(1, Ordering::SeqCst);
        fence(Ordering::SeqCst);
        let goes_on = self.reader.is_ready(link.page.to_pool()) || self.poll();
        asleep.store(0, Ordering::Relaxed);
        goes_on
    }

    /// Waits for anything; false if the worker is gone, or too late.
    fn poll(&mut self) -> bool {
        let limit = self.ready_by.map(|by| by.saturating_duration_since(Instant::now()));
        if limit == Some(Duration::ZERO) {
            self.late = true;
            self.link.kill_unasked();
            return false;
        }
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let mut fds = vec![PollFd::new(&self.link, PollFlags::IN)];
        fds.extend(self.link.process().map(|fd| PollFd::new(fd, PollFlags::IN)));
        fds.extend(self.tail.fd().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        if poll(&mut fds, limit.as_ref()).is_err() {
            return true; // interrupted: looks again
        }
        let has_come = |at: usize| fds.get(at).is_some_and(|fd| !fd.revents().is_empty());
        let (rung, ended) = (has_come(0), self.link.process().is_some() && has_come(1));
        self.tail.read();
        if rung {
            self.heard.clear();
            if !matches!(
                self.link.receive(&mut self.heard, &mut self.files),
                Ok(Came::Something | Came::Nothing)
            ) {
                return false;
            }
        }
        !ended
    }
}
