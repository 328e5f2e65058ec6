//! What becomes of what a dead worker had, and of the pool whose workers die.

use super::dispatch::Done;
use super::seat::What;
use super::shared::{Parcelled, Shared, State};
use crate::executor::Shutdown;
use crate::task::Broken;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How many workers in a row may die before they have begun anything: then the pool gives up.
const MOST_EARLY_DEATHS: u32 = 3;

/// The same once there have been workers that said so: then the program is not to blame, and whoever kills them may stop.
const MOST_EARLY_DEATHS_LATER: u32 = 30;

/// How long a keeper waits before it starts another worker, after one that died before it had begun anything; twice as long each
/// time.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

impl Shared {
    /// A worker says that it is one.
    pub(super) fn is_ready(&self) {
        self.lock().has_been_ready = true;
    }

    /// Whether the initializer has ever done what it is to do.
    pub(super) fn is_initialized(&self) -> bool {
        self.lock().is_initialized
    }

    /// A worker could not be started, or died before it had begun anything; true if that has happened too often. If not, waits
    /// a while: who kills them may stop, and what the system lacks may come.
    pub(super) fn died_early(&self) -> bool {
        let mut state = self.lock();
        state.early_deaths += 1;
        let most = if state.has_been_ready { MOST_EARLY_DEATHS_LATER } else { MOST_EARLY_DEATHS };
        if state.early_deaths >= most {
            return true;
        }
        let pause = (FIRST_PAUSE * (1 << state.early_deaths.min(20))).min(LONGEST_PAUSE);
        let is_over = |state: &mut State| state.ending.is_none() && state.broken.is_none();
        drop(self.changed.wait_timeout_while(state, pause, is_over));
        false
    }

    /// Nothing more is sent to a worker.
    pub(super) fn close_seat(&self, number: usize) {
        self.lock().seats[number].closed = true;
    }

    /// The worker is gone: what it had, in order, and whether each has been begun.
    pub(super) fn vacate(&self, number: usize) -> Vec<(u64, Done)> {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        seat.link = None;
        let in_flight = std::mem::take(&mut seat.in_flight);
        let what = |what| match what {
            What::Job(job) => {
                // The next worker's jobs are counted from 0 again.
                job.task.place().clear();
                Done::Job(job)
            }
            What::Initializer => Done::Initializer,
            What::TakenBack => Done::Skipped,
        };
        in_flight.into_iter().map(|entry| (entry.job, what(entry.what))).collect()
    }

    /// Takes jobs back that a dead worker had, in order. If the pool has broken, or gives up what has not begun, they end.
    pub(super) fn requeue(&self, jobs: Vec<Parcelled>) {
        let mut state = self.lock();
        if state.broken.is_some() || state.ending > Some(Shutdown::Finish) {
            state.open -= jobs.len();
            self.cancelled.fetch_add(jobs.len() as u64, Ordering::Relaxed);
            self.finish_if_over(&mut state);
            let broken = state.broken.clone();
            drop(state);
            if let Some(cause) = broken {
                jobs.iter().for_each(|job| job.task.break_off(Broken { cause: Some(cause.clone()) }));
            }
            return self.forget(jobs);
        }
        for job in jobs.into_iter().rev() {
            job.task.place().clear();
            state.queue.push_front(job);
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    /// So many jobs of a dead worker need not be done again.
    pub(super) fn answered(&self, jobs: usize) {
        let mut state = self.lock();
        state.open -= jobs;
        self.finish_if_over(&mut state);
    }

    /// A worker was killed for a job, or died of it when nobody wanted it any more.
    pub(super) fn cancelled(&self, job: Parcelled) {
        self.cancelled.fetch_add(1, Ordering::Relaxed);
        self.answered(1);
        self.keep_file(job.parcel);
    }
}
