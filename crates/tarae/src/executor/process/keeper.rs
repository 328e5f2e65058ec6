//! A worker's keeper: the thread that starts it, takes what it answers, and sees to it that nothing is lost when it dies.

use super::builder::StartError;
use super::dispatch::Done;
use super::link::Link;
use super::output::Tail;
use super::shared::Shared;
use super::start::{Started, start};
use super::wire::frame::{BadFrame, Frame, Kind};
use super::wire::patience::look;
use super::wire::ring::Reader;
use super::wire::socket::Came;
use crate::job::parcel::{Received, read_file};
use crate::job::{Answer, Fault, Item, too_large};
use crate::task::{Elsewhere, ErrorKind, hand_callbacks_over};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::fmt;
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

    /// Does what a frame says.
    fn take(&mut self, frame: Frame) -> Result<(), BadFrame> {
        let job = frame.job;
        let received = match frame.in_file {
            false => Ok(None),
            true => {
                let file = self.next_file().ok_or(BadFrame::Length(frame.len))?;
                let read = read_file(&file, frame.len);
                self.files_read += 1;
                self.link.page.files_read().store(self.files_read, Ordering::Release);
                read.map(Some).map_err(|error| too_large(frame.len, &error))
            }
        };
        let message = || String::from_utf8_lossy(&self.bytes).into_owned();
        let fault = match frame.kind {
            Kind::Do { .. } => return Err(BadFrame::Kind(1)),
            Kind::Ready => {
                self.ready_by = None;
                self.shared.is_ready();
                return Ok(());
            }
            Kind::Skipped => {
                return match self.shared.done(self.seat, job, true, None) {
                    Done::Skipped => Ok(()),
                    _ => Err(BadFrame::Job(job)),
                };
            }
            Kind::Item => {
                self.items.push(match received {
                    Ok(Some(bytes)) => Ok(bytes),
                    Ok(None) => Ok(self.bytes.clone()),
                    Err(fault) => Err(Box::new(Elsewhere::from(fault))),
                });
                return Ok(());
            }
            Kind::ItemPanicked => {
                self.items.push(Err(Box::new(message())));
                return Ok(());
            }
            Kind::ItemBadArguments => return self.item_failed(Fault::Arguments(message())),
            Kind::ItemBadOutput => return self.item_failed(Fault::Output(message())),
            Kind::ItemTooLarge { bytes } => {
                return self.item_failed(Fault::TooLarge { bytes, message: message() });
            }
            Kind::Done { cut, nanos } => return self.done(job, received, cut, nanos),
            Kind::Panicked => return self.failed(job, self.panic(&message())),
            Kind::BadArguments => Fault::Arguments(message()),
            Kind::BadOutput => Fault::Output(message()),
            Kind::Unknown => Fault::Unknown(message()),
            Kind::TooLarge { bytes } => Fault::TooLarge { bytes, message: message() },
        };
        self.failed(job, fault.into())
    }

    /// Why there is no result of the next item of a batch, and no panic either.
    fn item_failed(&mut self, fault: Fault) -> Result<(), BadFrame> {
        self.items.push(Err(Box::new(Elsewhere::from(fault))));
        Ok(())
    }

    /// The next file that was sent.
    fn next_file(&mut self) -> Option<File> {
        // It was sent before the frame that it belongs to, perhaps with rings before it.
        self.heard.clear();
        while self.files.is_empty()
            && self.link.receive(&mut self.heard, &mut self.files).is_ok_and(|came| came == Came::Something)
        {
        }
        self.files.pop_front()
    }

    /// A job has come to its end.
    fn done(
        &mut self,
        job: u64,
        received: Result<Option<Vec<u8>>, Fault>,
        cut: bool,
        nanos: u64,
    ) -> Result<(), BadFrame> {
        self.has_begun = true;
        match self.shared.done(self.seat, job, false, Some(nanos)) {
            Done::Initializer => {}
            Done::Job(mut parcelled) => {
                let answer = match (parcelled.batch, received) {
                    (_, Err(fault)) => Err(Elsewhere::from(fault)),
                    (None, Ok(None)) => Ok(Answer::Whole(Received::Inline(&self.bytes))),
                    (None, Ok(Some(bytes))) => Ok(Answer::Whole(Received::Owned(bytes))),
                    (Some(_), Ok(_)) => {
                        let mut items = std::mem::take(&mut parcelled.items);
                        items.append(&mut self.items);
                        Ok(Answer::Items { items, cut, elapsed: Duration::from_nanos(nanos) })
                    }
                };
                self.shared.answer(parcelled, answer);
            }
            Done::Skipped | Done::Nothing => return Err(BadFrame::Job(job)),
        }
        self.items.clear();
        Ok(())
    }

    /// A job has come to an end, with a failure.
    fn failed(&mut self, job: u64, failure: Elsewhere) -> Result<(), BadFrame> {
        self.items.clear();
        self.has_begun = true;
        match self.shared.done(self.seat, job, false, None) {
            Done::Initializer => {
                let error = StartError::Initializer { message: failure.to_string() };
                self.shared.break_down(Arc::new(error));
            }
            Done::Job(parcelled) => self.shared.answer(parcelled, Err(failure)),
            Done::Skipped | Done::Nothing => return Err(BadFrame::Job(job)),
        }
        Ok(())
    }

    /// A panic: what it said, and where it was.
    fn panic(&self, message: &str) -> Elsewhere {
        let (message, place) = message.split_once('\0').unwrap_or((message, ""));
        let cause = RemotePanic { pid: self.link.pid(), place: place.to_owned() };
        Elsewhere::new(ErrorKind::Panicked { message: message.to_owned() }).because(Arc::new(cause))
    }
}

/// Where a panic was that another process has had.
#[derive(Debug)]
struct RemotePanic {
    pid: u32,
    place: String,
}

impl fmt::Display for RemotePanic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a panic in process {}", self.pid)?;
        if !self.place.is_empty() {
            write!(f, ", at {}", self.place)?;
        }
        Ok(())
    }
}

impl std::error::Error for RemotePanic {}
