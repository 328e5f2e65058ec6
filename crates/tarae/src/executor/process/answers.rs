//! What a worker's frames say, and what its keeper does about it.

use super::builder::StartError;
use super::dispatch::Done;
use super::keeper::Keeper;
use super::wire::frame::{BadFrame, Frame, Kind};
use super::wire::socket::Came;
use crate::job::parcel::{Received, read_file};
use crate::job::{Answer, Fault, too_large};
use crate::task::{Elsewhere, ErrorKind};
use std::fmt;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

impl Keeper<'_> {
    /// Does what a frame says.
    pub(super) fn take(&mut self, frame: Frame) -> Result<(), BadFrame> {
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
