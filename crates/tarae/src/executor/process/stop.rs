//! A task is over before its job is: that is taken back, or its worker ended.

use super::away::Place;
use super::link::Link;
use super::seat::{InFlight, What};
use super::shared::{Shared, State};
use super::wire::page::Progress;
use crate::sync::MutexGuard;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Shared {
    /// The task at a place is over: its job is taken back, or its worker ended. A batch is asked to stop first.
    pub(super) fn stop(self: &Arc<Self>, place: &Place, is_batch: bool) {
        let mut state = self.lock();
        let Some((number, job)) = place.get() else { return };
        let seat = &mut state.seats[number];
        let is_it = |entry: &&mut InFlight| entry.job == job && matches!(entry.what, What::Job(_));
        let Some(entry) = seat.in_flight.iter_mut().find(is_it) else { return };
        let Some(link) = &seat.link else { return };
        if link.page.exchange_progress(job, Progress::Sent, Progress::TakenBack) {
            let taken = std::mem::replace(&mut entry.what, What::TakenBack);
            place.clear();
            seat.taken_back += 1;
            state.open -= 1;
            self.cancelled.fetch_add(1, Ordering::Relaxed);
            self.finish_if_over(&mut state);
            drop(state);
            drop(taken);
            return;
        }
        if is_batch && !self.is_late(link, job) {
            link.page.stop().fetch_max(job + 1, Ordering::Relaxed);
            // Without a thread for deadlines it is not asked first.
            if link.kill_later(self, number, job).is_ok() {
                return;
            }
        }
        self.end_worker(state, number, job);
    }

    /// A batch has not stopped, though it was asked to.
    pub(super) fn stop_at_last(&self, link: &Arc<Link>, number: usize, job: u64) {
        let state = self.lock();
        let seat = &state.seats[number];
        let is_its = seat.link.as_ref().is_some_and(|now| Arc::ptr_eq(now, link));
        if is_its && seat.in_flight.iter().any(|entry| entry.job == job) {
            self.end_worker(state, number, job);
        }
    }

    /// Kills a worker that does this job, unless it has done it: what it does then is another one's. To know that it begins
    /// nothing else meanwhile, all that it has not begun is taken back first.
    fn end_worker(&self, mut state: MutexGuard<'_, State>, number: usize, job: u64) {
        while let Some(later) = state.seats[number].take_back_last() {
            state.queue.push_front(later);
        }
        let seat = &mut state.seats[number];
        if let Some(link) = &seat.link
            && link.page.progress(job) != Some(Progress::Over)
        {
            seat.closed = true;
            link.kill();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    fn is_late(&self, link: &Link, job: u64) -> bool {
        link.page.stop().load(Ordering::Relaxed) > job
    }
}
