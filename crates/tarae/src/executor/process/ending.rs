//! How a pool ends: as it is told to, or since it can do nothing any more.

use super::seat::{InFlight, What};
use super::shared::{Parcelled, Shared, State};
use crate::cancel::Deadline;
use crate::executor::{Shutdown, StillRunning, StuckTask};
use crate::sync::wait_for;
use crate::task::{Broken, Cause};
use std::sync::atomic::Ordering;
use std::time::Duration;

impl Shared {
    /// Ends the pool as `how` says, or more strongly.
    pub(super) fn end(&self, how: Shutdown) {
        let mut state = self.lock();
        state.ending = state.ending.max(Some(how));
        self.changed.notify_all();
        let given_up = match how {
            Shutdown::Finish => Vec::new(),
            Shutdown::CancelPending => {
                let mut taken: Vec<Parcelled> = Vec::new();
                for seat in &mut state.seats {
                    while let Some(job) = seat.take_back_last() {
                        taken.push(job);
                    }
                }
                state.queue.extend(taken);
                self.give_up(&mut state, false)
            }
            Shutdown::Abort => self.give_up(&mut state, true),
        };
        self.finish_if_over(&mut state);
        drop(state);
        given_up.iter().for_each(|job| job.task.cancel());
    }

    /// Takes the queue, and with `all` what is with workers as well, who are killed.
    fn give_up(&self, state: &mut State, all: bool) -> Vec<Parcelled> {
        let mut given_up: Vec<Parcelled> = state.queue.drain(..).collect();
        if all {
            for seat in &mut state.seats {
                for entry in &mut seat.in_flight {
                    if let What::Job(job) = &entry.what {
                        job.task.place().clear();
                        let taken = std::mem::replace(&mut entry.what, What::TakenBack);
                        let What::Job(job) = taken else { continue };
                        given_up.push(job);
                    }
                }
                seat.closed = true;
                if let Some(link) = &seat.link {
                    link.kill();
                }
            }
        }
        state.open -= given_up.len();
        self.cancelled.fetch_add(given_up.len() as u64, Ordering::Relaxed);
        self.finish_if_over(state);
        given_up
    }

    /// The pool can do nothing any more: what it has ends with an error.
    pub(super) fn break_down(&self, cause: Cause) {
        let mut state = self.lock();
        if state.broken.is_some() {
            return;
        }
        state.broken = Some(cause.clone());
        self.changed.notify_all();
        let given_up = self.give_up(&mut state, true);
        drop(state);
        for job in given_up {
            let broken = Broken { cause: Some(cause.clone()) };
            job.task.break_off(broken);
        }
    }

    /// If all is done and the pool ends, the workers may go.
    pub(super) fn finish_if_over(&self, state: &mut State) {
        if state.ending.is_some() && state.open == 0 {
            for seat in &state.seats {
                // One that is being initialised says when it is: then this comes again.
                let is_initialised =
                    !matches!(seat.in_flight.front(), Some(InFlight { what: What::Initializer, .. }));
                if let Some(link) = &seat.link
                    && is_initialised
                {
                    link.finish();
                }
            }
            self.changed.notify_all();
        }
    }

    /// Whether the seat gets another worker. If not, its keeper has ended.
    pub(super) fn goes_on(&self) -> bool {
        let mut state = self.lock();
        let over = state.broken.is_some() || (state.ending.is_some() && state.open == 0);
        if over {
            state.keepers -= 1;
            self.changed.notify_all();
        }
        !over
    }

    /// So many keepers could not be started.
    pub(super) fn without_keepers(&self, keepers: usize) {
        self.lock().keepers -= keepers;
        self.changed.notify_all();
    }

    /// Waits until all workers and their keepers have ended.
    pub(super) fn wait_for_end(&self, deadline: Deadline) -> Result<(), StillRunning> {
        let mut state = self.lock();
        while state.keepers > 0 {
            let left = deadline.remaining();
            if left == Some(Duration::ZERO) {
                return Err(state.still_running());
            }
            state = wait_for(&self.changed, state, left);
        }
        Ok(())
    }
}

impl State {
    fn still_running(&self) -> StillRunning {
        let stuck = self.seats.iter().filter_map(|seat| match &seat.in_flight.front()?.what {
            What::Job(job) => {
                let (name, location) = job.task.about();
                Some(StuckTask::new(name.map(str::to_owned), location))
            }
            _ => None,
        });
        let stuck: Vec<StuckTask> = stuck.collect();
        let queued = self.open.saturating_sub(stuck.len());
        StillRunning::new(stuck, queued, 0)
    }
}
