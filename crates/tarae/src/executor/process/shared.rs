//! What the pool, its keepers and its tasks share: the queue, and who has what.
//!
//! ```text
//! execute ──▶ queue ──dispatch──▶ seat: in flight ──▶ worker ──▶ its keeper ──▶ answer
//!               ▲                       │
//!               └── taken back: not begun, and its worker has died or is behind
//! ```
//!
//! One lock for all of it, held for some instructions, or as long as it takes to copy a small job into a ring; never while code
//! of the user's runs.
//!
//! - here: what there is, and the way into the queue.
//! - `seat.rs`: a worker's place, and what it has.
//! - `dispatch.rs`: who gets what, and what comes back.
//! - `stop.rs`: a task is over before its job is.
//! - `deaths.rs`: what becomes of what a dead worker had.
//! - `ending.rs`: how it all ends.

use super::away::Away;
use super::builder::Settings;
use super::seat::Seat;
use crate::executor::{Counters, Shutdown};
use crate::job::parcel::{Parcel, is_worth_keeping};
use crate::job::{Answer, Code, Item};
use crate::sync::{Condvar, Mutex, MutexGuard, lock};
use crate::task::{Cause, Elsewhere};
use std::cell::Cell;
use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) struct Shared {
    state: Mutex<State>,
    /// The pool has changed in a way that somebody waits for who ends it.
    pub(super) changed: Condvar,
    files: Mutex<Vec<File>>,
    done: AtomicU64,
    failed: AtomicU64,
    pub(super) cancelled: AtomicU64,
    pub(super) settings: Settings,
}

pub(super) struct State {
    pub(super) queue: VecDeque<Parcelled>,
    pub(super) seats: Vec<Seat>,
    /// Tasks that are queued or in flight.
    pub(super) open: usize,
    pub(super) ending: Option<Shutdown>,
    pub(super) broken: Option<Cause>,
    pub(super) early_deaths: u32,
    /// Whether a worker has ever said that it is one.
    pub(super) has_been_ready: bool,
    pub(super) is_initialized: bool,
    pub(super) submitted: u64,
    /// Keepers that have not ended.
    pub(super) keepers: usize,
}

/// A job, packed.
pub(super) struct Parcelled {
    pub(super) task: Arc<dyn Away>,
    pub(super) code: Code,
    pub(super) parcel: Parcel,
    /// How many results it has, if that is not one of a call.
    pub(super) batch: Option<usize>,
    /// Of a batch: what has come back.
    pub(super) items: Vec<Item>,
    pub(super) retries: u32,
}

impl Shared {
    pub(super) fn new(settings: Settings) -> Self {
        let seats = (0..settings.workers.get()).map(|_| Seat::default()).collect::<Vec<_>>();
        Shared {
            state: Mutex::new(State {
                queue: VecDeque::new(),
                open: 0,
                ending: None,
                broken: None,
                early_deaths: 0,
                has_been_ready: false,
                is_initialized: false,
                submitted: 0,
                keepers: seats.len(),
                seats,
            }),
            changed: Condvar::new(),
            files: Mutex::new(Vec::new()),
            done: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            cancelled: AtomicU64::new(0),
            settings,
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Whether a job would be refused, and why if the pool broke.
    pub(super) fn refuses(&self) -> Option<Option<Cause>> {
        let state = self.lock();
        (state.ending.is_some() || state.broken.is_some()).then(|| state.broken.clone())
    }

    /// Queues a job, or gives it back if the pool has ended meanwhile.
    pub(super) fn push(&self, job: Parcelled) -> Result<(), Parcelled> {
        let mut state = self.lock();
        if state.ending.is_some() || state.broken.is_some() {
            return Err(job);
        }
        state.submitted += 1;
        state.open += 1;
        state.queue.push_back(job);
        let unwanted = self.dispatch(&mut state);
        drop(state);
        self.forget(unwanted);
        Ok(())
    }

    /// Answers a task, and counts it first: who has the answer finds it counted.
    pub(super) fn answer(&self, job: Parcelled, answer: Result<Answer<'_>, Elsewhere>) {
        let counted = Cell::new(false);
        job.task.answer(answer, &|is_value| {
            let number = if is_value { &self.done } else { &self.failed };
            number.fetch_add(1, Ordering::Relaxed);
            counted.set(true);
        });
        if !counted.get() {
            self.cancelled.fetch_add(1, Ordering::Relaxed);
        }
        self.keep_file(job.parcel);
    }

    pub(super) fn counters(&self) -> Counters {
        let state = self.lock();
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let (done, panicked, cancelled) = (read(&self.done), read(&self.failed), read(&self.cancelled));
        let (submitted, queued) = (state.submitted, state.queue.len() as u64);
        let running = submitted.saturating_sub(done + panicked + cancelled + queued);
        Counters { submitted, queued, running, done, panicked, cancelled }
    }

    /// The processes.
    pub(super) fn pids(&self) -> Vec<u32> {
        self.lock().seats.iter().filter_map(|seat| Some(seat.link.as_ref()?.pid())).collect()
    }

    /// Drops what nobody wants any more, and keeps its file.
    pub(super) fn forget(&self, jobs: Vec<Parcelled>) {
        for job in jobs {
            job.task.cancel();
            self.keep_file(job.parcel);
        }
    }

    /// A file for a big value.
    pub(super) fn take_file(&self) -> Option<File> {
        lock(&self.files).pop()
    }

    /// What was in it has been read.
    pub(super) fn keep_file(&self, parcel: Parcel) {
        let Parcel::File(file, _) = parcel else { return };
        let mut files = lock(&self.files);
        if files.len() < MOST_FILES && is_worth_keeping(&file) {
            files.push(file);
        }
    }
}

/// How many files for big values a pool keeps.
const MOST_FILES: usize = 4;
