//! Who gets what, and what comes back.

use super::link::Link;
use super::seat::{InFlight, Seat, What};
use super::shared::{Parcelled, Shared, State};
use crate::executor::Shutdown;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Who a frame is about.
pub(super) enum Done {
    Job(Parcelled),
    Initializer,
    Skipped,
    /// Nobody: what the worker says is wrong.
    Nothing,
}

impl Shared {
    /// Sends what is queued to workers that have nothing to do, and then to those that will soon have nothing. What it gives
    /// back has been cancelled: the caller drops it when nothing is locked.
    #[must_use]
    pub(super) fn dispatch(&self, state: &mut State) -> Vec<Parcelled> {
        let mut unwanted = Vec::new();
        if state.queue.is_empty() {
            self.balance(state);
        }
        for ahead in [false, true] {
            for number in 0..state.seats.len() {
                if state.queue.is_empty() {
                    return unwanted;
                }
                self.fill(state, number, ahead, &mut unwanted);
            }
        }
        unwanted
    }

    /// Sends to one worker as much as it is to have.
    fn fill(&self, state: &mut State, number: usize, ahead: bool, unwanted: &mut Vec<Parcelled>) {
        let workers = state.seats.len();
        let State { queue, seats, open, .. } = state;
        let seat = &mut seats[number];
        let Some(link) = seat.link.clone() else { return };
        let depth = if ahead { seat.depth() } else { 1 };
        // When half of it is done: larger portions, and fewer that wake anybody.
        let most = self.settings.tasks_per_worker;
        if seat.closed
            || seat.is_spent(most)
            || seat.in_flight.len() >= depth
            || (ahead && seat.in_flight.len() * 2 > depth)
        {
            return;
        }
        let mut room = depth - seat.in_flight.len();
        if ahead {
            room = room.min(queue.len() / workers + 1);
        }
        let mut sent = false;
        while room > 0
            && !seat.is_spent(most)
            && let Some(job) = queue.pop_front()
        {
            let is_open = if seat.in_flight.is_empty() { job.task.start() } else { job.task.is_open() };
            if !is_open {
                *open -= 1;
                self.cancelled.fetch_add(1, Ordering::Relaxed);
                unwanted.push(job);
                continue;
            }
            match seat.send(&link, number, job) {
                Ok(()) => sent = true,
                Err(job) => {
                    queue.push_front(job);
                    break;
                }
            }
            room -= 1;
        }
        if sent {
            link.ring();
        }
    }

    /// If a worker has nothing to do and the queue is empty, others give back half of what they have not begun.
    fn balance(&self, state: &mut State) {
        let most = self.settings.tasks_per_worker;
        let idle = |seat: &Seat| {
            seat.link.is_some() && !seat.closed && !seat.is_spent(most) && seat.in_flight.is_empty()
        };
        if !state.seats.iter().any(idle) {
            return;
        }
        for seat in &mut state.seats {
            let waiting = seat.in_flight.len().saturating_sub(1);
            for _ in 0..waiting.div_ceil(2) {
                let Some(job) = seat.take_back_last() else { break };
                state.queue.push_front(job);
            }
        }
    }

    /// A worker has been started.
    pub(super) fn seat(&self, number: usize, link: Arc<Link>) {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        *seat = Seat { link: Some(link.clone()), pace: seat.pace, ..Seat::default() };
        if let Some((code, parcel)) = self.settings.initializer() {
            let job = seat.next;
            // A new ring has room, and a new socket: what goes wrong shows when the worker dies.
            let _ = seat.write(&link, code, parcel, 0);
            seat.in_flight.push_back(InFlight { job, what: What::Initializer });
            link.ring();
        }
        if state.broken.is_some() || state.ending == Some(Shutdown::Abort) {
            link.kill();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    /// The worker has answered a job, or said that it skipped it: whose it was.
    pub(super) fn done(&self, number: usize, job: u64, skipped: bool, pace: Option<u64>) -> Done {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        let Some(at) = seat.in_flight.iter().position(|entry| entry.job == job) else { return Done::Nothing };
        // Looked at before it is taken: what the worker says may be wrong, and then it has the job still.
        let is_taken_back = matches!(seat.in_flight[at].what, What::TakenBack);
        let Some(entry) = seat.in_flight.remove(at).filter(|_| skipped == is_taken_back) else {
            return Done::Nothing;
        };
        let is_job = matches!(entry.what, What::Job(_));
        if let Some(nanos) = pace.filter(|_| is_job) {
            let nanos = nanos.clamp(100, 1 << 40) as f64;
            seat.pace = if seat.pace == 0.0 { nanos } else { seat.pace * 0.75 + nanos * 0.25 };
        }
        let done = match entry.what {
            What::Job(parcelled) => {
                // The next worker's jobs are counted from 0 again.
                parcelled.task.place().clear();
                state.open -= 1;
                Done::Job(parcelled)
            }
            What::Initializer => {
                state.is_initialized = true;
                Done::Initializer
            }
            What::TakenBack => Done::Skipped,
        };
        if !skipped {
            state.early_deaths = 0;
        }
        let seat = &mut state.seats[number];
        if let Some(next) = seat.in_flight.front()
            && let What::Job(next) = &next.what
        {
            // It has begun, or begins now. If it was cancelled, who did that stops it.
            next.task.start();
        }
        let retire =
            (seat.closed || seat.is_spent(self.settings.tasks_per_worker)) && seat.in_flight.is_empty();
        if retire && let Some(link) = &seat.link {
            link.finish();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
        done
    }
}
