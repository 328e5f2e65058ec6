//! A worker's place in a pool, and what is on its way there and back.

use super::link::Link;
use super::shared::Parcelled;
use super::wire::frame::{Frame, Kind};
use super::wire::page::{MOST_IN_FLIGHT, Progress};
use super::wire::ring::Writer;
use crate::job::Code;
use crate::job::parcel::Parcel;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// About how long a worker is to be busy with what has been sent to it: so long its keeper may take to send more.
const AHEAD: Duration = Duration::from_micros(200);

/// A worker's place in the pool. The worker changes, the seat does not.
#[derive(Default)]
pub(super) struct Seat {
    pub(super) link: Option<Arc<Link>>,
    pub(super) writer: Writer,
    pub(super) in_flight: VecDeque<InFlight>,
    /// The number of its next job.
    pub(super) next: u64,
    /// How many of those before were taken back.
    pub(super) taken_back: u64,
    /// No more is sent to it: it is to be killed.
    pub(super) closed: bool,
    /// About how long a job of its takes, in nanoseconds.
    pub(super) pace: f64,
}

pub(super) struct InFlight {
    pub(super) job: u64,
    pub(super) what: What,
}

pub(super) enum What {
    Job(Parcelled),
    Initializer,
    /// The worker will say that it has skipped it.
    TakenBack,
}

impl Seat {
    /// Whether it has had its number of tasks.
    pub(super) fn is_spent(&self, most: Option<u64>) -> bool {
        most.is_some_and(|most| self.next - self.taken_back >= most)
    }

    /// How many jobs it is to have.
    pub(super) fn depth(&self) -> usize {
        if self.pace == 0.0 {
            return 1;
        }
        ((AHEAD.as_nanos() as f64 / self.pace) as usize).clamp(1, MOST_IN_FLIGHT)
    }

    /// Sends a job, or gives it back if there is no room.
    pub(super) fn send(&mut self, link: &Link, number: usize, job: Parcelled) -> Result<(), Parcelled> {
        let id = self.next;
        if self.in_flight.len() >= MOST_IN_FLIGHT || !self.write(link, job.code, &job.parcel, job.items.len())
        {
            return Err(job);
        }
        job.task.place().set(number, id);
        self.in_flight.push_back(InFlight { job: id, what: What::Job(job) });
        Ok(())
    }

    /// Puts a job into the worker's ring; false if there is no room.
    pub(super) fn write(&mut self, link: &Link, code: Code, parcel: &Parcel, skip: usize) -> bool {
        let job = self.next;
        let kind = Kind::Do { code, skip: skip as u32 };
        let (frame, bytes) = match parcel {
            Parcel::Inline(bytes) => {
                (Frame { job, kind, len: bytes.len() as u64, in_file: false }, bytes.as_slice())
            }
            Parcel::File(_, len) => (Frame { job, kind, len: *len, in_file: true }, [].as_slice()),
        };
        let ring = link.page.to_worker();
        if !self.writer.has_room(ring, bytes.len()) {
            return false;
        }
        if let Parcel::File(file, _) = parcel
            && link.send_file(file).is_err()
        {
            // It is gone, or cannot be reached any more: its keeper finds it dead, and sends what it had to others.
            link.kill_unasked();
            return false;
        }
        link.page.set_progress(job, Progress::Sent);
        self.next += 1;
        self.writer.push(ring, frame, bytes)
    }

    /// Takes the last job back that has not been begun.
    pub(super) fn take_back_last(&mut self) -> Option<Parcelled> {
        let link = self.link.as_ref()?;
        let entry = self.in_flight.iter_mut().rfind(|entry| matches!(entry.what, What::Job(_)))?;
        if !link.page.exchange_progress(entry.job, Progress::Sent, Progress::TakenBack) {
            return None;
        }
        let taken = std::mem::replace(&mut entry.what, What::TakenBack);
        self.taken_back += 1;
        match taken {
            What::Job(job) => {
                job.task.place().clear();
                Some(job)
            }
            _ => None,
        }
    }
}
