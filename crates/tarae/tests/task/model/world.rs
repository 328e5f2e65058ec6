//! Tasks, beside their models: each operation is done to both, and what both say is compared.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::alive::{Alive, outcome};
use super::model::{Kind, Model, Outcome, State, Totals};
use super::slot::{BoxJob, Handles, Runner, Slot};
use super::{Op, REPORTS};
use crate::support::{Shelf, Wakes, poll};
use proptest::sample::Index;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tarae::executor::Ticket;
use tarae::prelude::*;
use tarae::task::{Shared, promise};

pub struct World {
    slots: Vec<Slot>,
    totals: Totals,
    set: TaskSet<(usize, Task<Alive>)>,
    pub jobs: Arc<AtomicIsize>,
    pub values: Arc<AtomicIsize>,
    wakes: [(Arc<Wakes>, Waker); 2],
    callbacks: Arc<Mutex<Vec<(usize, Outcome)>>>,
    /// Numbers for those who share.
    pollers: usize,
}

impl World {
    pub fn new() -> Self {
        REPORTS.set(0);
        World {
            slots: Vec::new(),
            totals: Totals::default(),
            set: TaskSet::new(),
            jobs: Arc::default(),
            values: Arc::default(),
            wakes: [Wakes::new(), Wakes::new()],
            callbacks: Arc::default(),
            pollers: 0,
        }
    }

    fn job(&self, panics: bool) -> BoxJob {
        let (captured, values) = (Alive::new(self.slots.len() as u32, &self.jobs), self.values.clone());
        Box::new(move || {
            let captured = captured; // all of it, not its number
            if panics {
                std::panic::resume_unwind(Box::new("as it should"));
            }
            Alive::new(captured.number, &values)
        })
    }

    fn add(&mut self, runner: Runner, kind: Kind, task: Task<Alive>) {
        self.slots.push(Slot { runner: Some(runner), handles: Handles::One(task), model: Model::new(kind) });
    }

    /// Does it to the task that `which` says, and to its model; nothing, if that makes no sense there.
    pub fn apply(&mut self, op: Op, which: Index) {
        match op {
            Op::Submit { panics } => {
                let shelf = Shelf::default();
                let task = shelf.submit(self.job(panics));
                return self.add_job(Runner::Runnable(shelf.take()), Kind::Runnable, task, panics);
            }
            Op::Ticket { panics } => {
                let (ticket, task) = Ticket::new(Options::new(), self.job(panics));
                return self.add_job(Runner::Ticket(ticket), Kind::Ticket, task, panics);
            }
            Op::Promise => {
                let (answer, task) = promise();
                return self.add(Runner::Promise(answer, false), Kind::Promise, task);
            }
            Op::TryNext => return self.try_next(),
            Op::DropSet => return self.drop_set(),
            _ if self.slots.is_empty() => return,
            _ => {}
        }
        let index = which.index(self.slots.len());
        match op {
            Op::Run | Op::Fail | Op::Start | Op::Reject | Op::DropRunner => self.at_runner(op, index),
            _ => self.at_handle(op, index),
        }
    }

    fn add_job(&mut self, runner: Runner, kind: Kind, task: Task<Alive>, panics: bool) {
        self.add(runner, kind, task);
        self.slots.last_mut().unwrap().model.panics = panics;
    }

    fn at_runner(&mut self, op: Op, index: usize) {
        let (slot, totals) = (&mut self.slots[index], &mut self.totals);
        let model = &mut slot.model;
        let Some(runner) = slot.runner.take() else { return };
        let number = index as u32;
        let ran = if model.panics { Outcome::Panicked } else { Outcome::Value(number) };
        match (op, runner) {
            (Op::Run, Runner::Runnable(runnable)) => {
                runnable.run();
                model.end(index, ran, totals);
            }
            (Op::Run, Runner::Ticket(ticket)) => {
                ticket.run();
                model.end(index, ran, totals);
            }
            (Op::Run, Runner::Promise(promise, _)) => {
                let answer = promise.complete(Alive::new(number, &self.values));
                assert_eq!(answer.is_ok(), model.answer(index, Outcome::Value(number), totals));
            }
            (Op::Fail, Runner::Promise(promise, _)) => {
                promise.fail(std::io::Error::other("as it should"));
                model.answer(index, Outcome::Failed, totals);
            }
            (Op::Start, Runner::Promise(mut promise, false)) => {
                let started = promise.start();
                assert_eq!(started, model.start());
                slot.runner = Some(Runner::Promise(promise, started));
            }
            (Op::Reject, Runner::Ticket(ticket)) => {
                ticket.reject();
                model.end(index, Outcome::Rejected, totals);
            }
            (Op::DropRunner, Runner::Promise(promise, _)) => {
                drop(promise);
                model.break_promise(index, totals);
            }
            (Op::DropRunner, runner) => {
                drop(runner);
                model.end(index, Outcome::Cancelled, totals);
            }
            (_, runner) => slot.runner = Some(runner),
        }
    }

    fn at_handle(&mut self, op: Op, index: usize) {
        match std::mem::replace(&mut self.slots[index].handles, Handles::None) {
            Handles::One(task) => self.at_task(op, index, task),
            Handles::Many(owners) => self.at_shared(op, index, owners),
            Handles::None => {}
        }
    }

    fn at_task(&mut self, op: Op, index: usize, mut task: Task<Alive>) {
        let (slot, totals) = (&mut self.slots[index], &mut self.totals);
        let model = &mut slot.model;
        let mut answered = |answer: Result<Alive, TaskError>, model: &mut Model| {
            assert_eq!(State::Over(outcome(answer.as_ref())), model.state);
            model.see(true);
            model.leave(0, totals);
        };
        match op {
            Op::Cancel => assert_eq!(task.cancel(), model.cancel(index, totals)),
            Op::Abort => {
                task.abort();
                model.abort(index, totals);
            }
            Op::WaitZero => assert_eq!(task.wait_within(Duration::ZERO), model.is_over()),
            Op::ResultZero => match task.result_within(Duration::ZERO) {
                Ok(answer) => return answered(answer, model),
                Err(back) => {
                    assert!(!model.is_over());
                    task = back;
                }
            },
            Op::Poll { waker } => {
                let over = model.poll(0, waker);
                match poll(&mut task, &self.wakes[waker].1) {
                    Poll::Ready(answer) => return answered(answer, model),
                    Poll::Pending => assert!(!over),
                }
            }
            Op::OnDone => {
                let seen = self.callbacks.clone();
                let callback = move |answer: Result<Alive, TaskError>| {
                    seen.lock().unwrap().push((index, outcome(answer.as_ref())));
                };
                task.on_done(callback).detach();
                model.owners -= 1;
                return model.follow(index, true, totals);
            }
            Op::Share => {
                self.pollers += 1;
                slot.handles = Handles::Many(vec![(self.pollers, task.shared())]);
                return;
            }
            Op::DropHandle => {
                drop(task);
                return model.leave(0, totals);
            }
            Op::Push => {
                self.set.push((index, task));
                model.in_set = true;
                if model.is_over() {
                    totals.ready.push_back(index);
                }
                return;
            }
            _ => {}
        }
        slot.handles = Handles::One(task);
    }

    fn at_shared(&mut self, op: Op, index: usize, mut owners: Vec<(usize, Shared<Alive>)>) {
        let (slot, totals) = (&mut self.slots[index], &mut self.totals);
        let model = &mut slot.model;
        let (poller, shared) = owners.last_mut().expect("one at least");
        match op {
            Op::Cancel => assert_eq!(shared.cancel(), model.cancel(index, totals)),
            Op::Abort => {
                shared.abort();
                model.abort(index, totals);
            }
            Op::WaitZero => assert_eq!(shared.wait_within(Duration::ZERO), model.is_over()),
            Op::ResultZero => match shared.get_within(Duration::ZERO) {
                Some(answer) => {
                    assert_eq!(State::Over(outcome(answer)), model.state);
                    model.see(false);
                }
                None => assert!(!model.is_over()),
            },
            Op::Poll { waker } => {
                let over = model.poll(*poller, waker);
                match poll(shared, &self.wakes[waker].1) {
                    Poll::Ready(answer) => {
                        assert_eq!(State::Over(outcome(answer.as_ref())), model.state);
                        model.see(false);
                    }
                    Poll::Pending => assert!(!over),
                }
            }
            Op::OnDone => {
                let seen = self.callbacks.clone();
                let callback = move |shared: &Shared<Alive>| {
                    seen.lock().unwrap().push((index, outcome(shared.get())));
                };
                shared.on_done(callback).detach();
                model.follow(index, false, totals);
            }
            Op::Clone => {
                self.pollers += 1;
                let clone = shared.clone();
                owners.push((self.pollers, clone));
                model.owners += 1;
            }
            Op::DropHandle => {
                let (poller, shared) = owners.pop().expect("one at least");
                drop(shared);
                model.leave(poller, totals);
            }
            _ => {}
        }
        if !owners.is_empty() {
            slot.handles = Handles::Many(owners);
        }
    }

    fn try_next(&mut self) {
        let next = self.set.try_next();
        assert_eq!(next.as_ref().map(|&(index, _)| index), self.totals.ready.pop_front());
        if let Some((index, task)) = next {
            self.slots[index].model.in_set = false;
            self.slots[index].handles = Handles::One(task);
        }
    }

    fn drop_set(&mut self) {
        self.set = TaskSet::new();
        self.totals.ready.clear();
        for slot in self.slots.iter_mut().filter(|slot| slot.model.in_set) {
            slot.model.in_set = false;
            slot.model.leave(0, &mut self.totals);
        }
    }

    /// Compares all that can be seen.
    pub fn check(&self) {
        for slot in &self.slots {
            let state = match &slot.handles {
                Handles::One(task) => task.state(),
                Handles::Many(owners) => owners[0].1.state(),
                Handles::None => continue,
            };
            assert_eq!(state, slot.model.task_state());
        }
        let models = || self.slots.iter().map(|slot| &slot.model);
        let count = |which: fn(&Model) -> bool| models().filter(|model| which(model)).count() as isize;
        assert_eq!(self.jobs.load(Ordering::SeqCst), count(|model| model.job), "jobs alive");
        assert_eq!(self.values.load(Ordering::SeqCst), count(|model| model.value), "values alive");
        assert_eq!(self.set.len() as isize, count(|model| model.in_set), "in the set");
        assert_eq!(self.wakes.each_ref().map(|(wakes, _)| wakes.get()), self.totals.wakes, "wakes");
        assert_eq!(*self.callbacks.lock().unwrap(), self.totals.callbacks, "callbacks");
        assert_eq!(REPORTS.get(), self.totals.reports, "failures that nobody looked at");
        for slot in &self.slots {
            if let Some(Runner::Promise(promise, _)) = &slot.runner {
                assert_eq!(promise.is_abandoned(), slot.model.is_abandoned());
            }
        }
    }
}
