//! What a task is, without threads or memory: the answer to every operation, said as plainly as can be.
#![allow(unreachable_pub, reason = "a part of a test")]

use std::collections::VecDeque;
use tarae::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Value(u32),
    Panicked,
    Broken,
    Failed,
    Cancelled,
    Rejected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Pending,
    /// A promise that was started; whether it was asked to stop.
    Running(bool),
    Over(Outcome),
}

/// Who has the runner's half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A runnable: the handle may drop the job.
    Runnable,
    /// A ticket, whose job is its own.
    Ticket,
    Promise,
}

#[derive(Debug)]
pub struct Model {
    pub kind: Kind,
    pub state: State,
    /// The job panics when it runs.
    pub panics: bool,
    /// The job, with what it captured, is there.
    pub job: bool,
    /// The value lies in the block.
    pub value: bool,
    /// Somebody has seen the answer.
    pub seen: bool,
    /// Handles that the test has, or a set.
    pub owners: usize,
    /// Handles that callbacks have, each with whether it takes the answer.
    pub callbacks: Vec<bool>,
    /// Who is to be woken: which handle polled last with which waker.
    pub wakers: Vec<(usize, usize)>,
    pub in_set: bool,
}

/// Counts of all that can be seen besides answers.
#[derive(Debug, Default)]
pub struct Totals {
    pub wakes: [usize; 2],
    pub callbacks: Vec<(usize, Outcome)>,
    pub reports: usize,
    /// The tasks in the set that are over, in order.
    pub ready: VecDeque<usize>,
}

impl Model {
    pub fn new(kind: Kind) -> Self {
        Model {
            kind,
            state: State::Pending,
            panics: false,
            job: kind != Kind::Promise,
            value: false,
            seen: false,
            owners: 1,
            callbacks: Vec::new(),
            wakers: Vec::new(),
            in_set: false,
        }
    }

    pub fn task_state(&self) -> TaskState {
        match self.state {
            State::Pending => TaskState::Pending,
            State::Running(_) => TaskState::Running,
            State::Over(Outcome::Cancelled | Outcome::Rejected) => TaskState::Cancelled,
            State::Over(_) => TaskState::Finished,
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over(_))
    }

    /// Whether who has promised the answer need not bother.
    pub fn is_abandoned(&self) -> bool {
        self.state == State::Running(true) || self.is_cancelled() || !self.has_handle()
    }

    pub fn is_cancelled(&self) -> bool {
        self.task_state() == TaskState::Cancelled
    }

    fn has_handle(&self) -> bool {
        self.owners > 0 || !self.callbacks.is_empty()
    }

    /// The task ends: who waits is told, then callbacks run.
    fn settle(&mut self, index: usize, outcome: Outcome, totals: &mut Totals) {
        self.state = State::Over(outcome);
        for (_, waker) in self.wakers.drain(..) {
            totals.wakes[waker] += 1;
        }
        if self.in_set {
            totals.ready.push_back(index);
        }
        self.value = matches!(outcome, Outcome::Value(_));
        for takes in std::mem::take(&mut self.callbacks) {
            totals.callbacks.push((index, outcome));
            self.see(takes);
        }
        self.check_owners(totals);
    }

    /// Somebody sees the answer, and takes it or leaves it.
    pub fn see(&mut self, takes: bool) {
        self.seen = true;
        self.value &= !takes;
    }

    /// An answer that nobody can see any more is dropped; a failure is reported.
    fn check_owners(&mut self, totals: &mut Totals) {
        if self.has_handle() {
            return;
        }
        self.value = false;
        let failed = matches!(self.state, State::Over(Outcome::Panicked | Outcome::Broken | Outcome::Failed));
        if failed && !self.seen {
            totals.reports += 1;
            self.seen = true;
        }
    }

    /// A handle goes.
    pub fn leave(&mut self, poller: usize, totals: &mut Totals) {
        self.owners -= 1;
        self.wakers.retain(|&(other, _)| other != poller);
        if !self.has_handle() {
            self.wakers.clear();
        }
        self.check_owners(totals);
    }

    /// Polls: whether it is over. If not, this waker takes the place of the one before.
    pub fn poll(&mut self, poller: usize, waker: usize) -> bool {
        if !self.is_over() {
            self.wakers.retain(|&(other, _)| other != poller);
            self.wakers.push((poller, waker));
        }
        self.is_over()
    }

    /// Whether a callback ran at once.
    pub fn follow(&mut self, index: usize, takes: bool, totals: &mut Totals) {
        match self.state {
            State::Over(outcome) => {
                totals.callbacks.push((index, outcome));
                self.see(takes);
            }
            _ => self.callbacks.push(takes),
        }
    }

    pub fn cancel(&mut self, index: usize, totals: &mut Totals) -> bool {
        if self.state == State::Pending {
            self.job &= self.kind != Kind::Runnable;
            self.settle(index, Outcome::Cancelled, totals);
        }
        self.is_cancelled()
    }

    pub fn abort(&mut self, index: usize, totals: &mut Totals) {
        if !self.cancel(index, totals) && !self.is_over() {
            self.state = State::Running(true);
        }
    }

    /// The runner runs its job, or ends the task without.
    pub fn end(&mut self, index: usize, outcome: Outcome, totals: &mut Totals) {
        self.job = false;
        if self.state == State::Pending {
            self.settle(index, outcome, totals);
        }
    }

    pub fn start(&mut self) -> bool {
        let started = self.state == State::Pending;
        if started {
            self.state = State::Running(false);
        }
        started
    }

    /// A promise is kept, or fails: whether somebody can have the answer.
    pub fn answer(&mut self, index: usize, outcome: Outcome, totals: &mut Totals) -> bool {
        if self.is_over() {
            return false;
        }
        let wanted = self.has_handle();
        let is_said = wanted || outcome == Outcome::Failed;
        self.settle(index, if is_said { outcome } else { Outcome::Cancelled }, totals);
        wanted
    }

    /// A promise is dropped.
    pub fn break_promise(&mut self, index: usize, totals: &mut Totals) {
        let asked = self.state == State::Running(true);
        self.answer(index, if asked { Outcome::Cancelled } else { Outcome::Broken }, totals);
    }
}
