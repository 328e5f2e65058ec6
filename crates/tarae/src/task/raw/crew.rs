//! The tasks of a scope, until the last is gone: who runs them, and how the scope learns that they are over.
//!
//! ```text
//! submit ──▶ [waiting] ──▶ a thread of the pool, or the one that waits for the end ──▶ gone
//!                │              (busy + 1 .. busy - 1, and in `begun` meanwhile)
//!                │
//!                └─ begun by a handle that waits for it ──▶ [kept] ──▶ gone, once the handle is done with it
//! ```
//!
//! The crew has the runner's half of each task, and lets it go when the job is run or dropped, with all it had captured: after
//! that nothing is touched that the job may have borrowed. What a job returns belongs to the task's handle, whose type says
//! what it borrows; if that has gone before, it is dropped while its thread still counts as busy.
//!
//! For each task that waits, the pool is asked for a thread once; which task that one runs is decided when it comes. So the
//! thread that waits for the end finds the scope's own tasks, and no others. What a thread is asked for may be over when it
//! comes: then there is another request less to make, and a job that submits and waits, again and again, leaves nothing
//! behind.
//!
//! No lock is held while a job, a destructor or a callback runs.

use super::context;
use super::join::Guard;
use super::observed;
use super::runner::Runner;
use super::scoped::{Begun, Scoped};
use super::stopper::Told;
use crate::cancel::{Listen, Reason};
use crate::job::Job;
use crate::panics::drop_quietly;
use crate::sync::{Condvar, Mutex, MutexGuard, lock};
use crate::task::{TaskError, unseen};
use std::collections::VecDeque;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, PoisonError};
use std::task::{Wake, Waker};

pub(crate) use super::scoped::End;

/// The tasks of a scope.
pub(crate) struct Crew {
    state: Mutex<State>,
    /// One of the things that who waits for the end wants to know.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// To be run, the oldest first. Some have been begun by their handle, or cancelled.
    waiting: VecDeque<Scoped>,
    /// What threads of the crew are at.
    begun: Vec<Scoped>,
    /// How many threads are at a task: until nothing of it is left, which may be after it was taken out of `begun`.
    busy: usize,
    /// Begun by a handle and not over, a moment ago; or failed, and the handle may still look at that.
    kept: Vec<Scoped>,
    /// With more in `kept` it is looked through.
    full: usize,
    /// How many threads were asked for that have not come.
    asked: usize,
    /// The scope's token is cancelled: what comes now is, too.
    stopped: Option<Reason>,
    /// Of those kept, one is over.
    told: bool,
    /// Somebody sleeps until the end.
    awaited: bool,
    /// Whoever waits for the end runs what comes.
    helps: bool,
    /// The first failure whose handle was dropped.
    failure: Option<TaskError>,
}

/// With fewer it is not worth it.
const FEW: usize = 16;

impl Crew {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Crew { state: Mutex::new(State::default()), changed: Condvar::new() })
    }

    /// Takes a task; true if the pool is to be asked for a thread.
    ///
    /// # Safety
    /// What the job borrows outlives [`scope`](Self::scope).
    pub(crate) unsafe fn add<J: Job>(&self, runner: Runner<J>) -> bool {
        // SAFETY: the caller's promise: `scope` does not return before it is gone.
        let task = unsafe { runner.into_scoped() };
        loop {
            let mut state = lock(&self.state);
            if let Some(over) = state.take_over() {
                let over = state.begin(over);
                drop(state);
                self.over(over);
                continue;
            }
            if state.stopped.is_some() {
                let task = state.begin(task);
                drop(state);
                self.end(task, End::Cancel);
                return false;
            }
            state.waiting.push_back(task);
            if state.awaited && state.helps {
                self.changed.notify_all();
            }
            let asks = state.asked < state.waiting.len();
            state.asked += usize::from(asks);
            return asks;
        }
    }

    /// Takes a task that is not to be run.
    ///
    /// # Safety
    /// As for [`add`](Self::add).
    pub(crate) unsafe fn refuse<J: Job>(&self, runner: Runner<J>, end: End) {
        // SAFETY: the caller's promise: `scope` does not return before it is gone.
        let task = unsafe { runner.into_scoped() };
        let task = lock(&self.state).begin(task);
        self.end(task, end);
    }

    /// What a thread does that was asked for.
    pub(crate) fn come(&self) {
        lock(&self.state).asked -= 1;
        self.run_one();
    }

    /// What is done if the pool will not send the thread that was asked for.
    pub(crate) fn stay_away(&self, mut end: impl FnMut() -> End) {
        lock(&self.state).asked -= 1;
        while let Some(task) = self.take() {
            if self.end(task, end()) {
                break;
            }
        }
    }

    /// Runs the oldest task that nobody has begun; false if there is none.
    fn run_one(&self) -> bool {
        while let Some(task) = self.take() {
            // SAFETY: in `begun` until `over`.
            let ran = unsafe { task.run() };
            self.over(task);
            if ran {
                return true;
            }
        }
        false
    }

    /// Ends a task that was begun here; whether it was pending.
    fn end(&self, task: Begun, end: End) -> bool {
        // SAFETY: in `begun` until `over`.
        let ended = unsafe { task.end(end) };
        self.over(task);
        ended
    }

    fn take(&self) -> Option<Begun> {
        let mut state = lock(&self.state);
        let task = state.waiting.pop_front()?;
        Some(state.begin(task))
    }

    /// Lets a task go that was begun here; if its handle is at it, keeps it.
    fn over(&self, task: Begun) {
        let mut state = lock(&self.state);
        let at = state.begun.iter().rposition(|begun| begun.is(task));
        let task = state.begun.swap_remove(at.expect("it stays until it is over"));
        if task.has_value() {
            self.idle(&mut state);
            drop(state);
            task.let_go(); // touches nothing but the block
            return;
        }
        drop(state);
        if let Some(task) = self.leave(task) {
            self.keep(task);
        }
        self.idle(&mut lock(&self.state));
    }

    /// One thread less is busy.
    fn idle(&self, state: &mut State) {
        state.busy -= 1;
        if state.awaited && state.is_quiet() {
            self.changed.notify_all();
        }
    }

    /// Leaves a task; gives it back if its handle is at it, or may still look at its failure.
    fn leave(&self, task: Scoped) -> Option<Scoped> {
        match task.leave() {
            Ok(failure) => {
                failure.into_iter().for_each(|failure| self.failed(failure));
                None
            }
            Err(task) => Some(task),
        }
    }

    /// Keeps a task, and leaves those that have been kept for nothing. The caller is busy.
    fn keep(&self, task: Scoped) {
        let mut state = lock(&self.state);
        state.kept.push(task);
        let kept = if state.kept.len() > state.full { mem::take(&mut state.kept) } else { Vec::new() };
        drop(state);
        let stay: Vec<_> = kept.into_iter().filter_map(|task| self.leave(task)).collect();
        if !stay.is_empty() {
            lock(&self.state).full = stay.len().max(FEW) * 2;
        }
        self.put_back(stay);
    }

    /// Puts tasks back that were kept. What asked all to stop meanwhile has missed them.
    fn put_back(&self, tasks: Vec<Scoped>) {
        let mut state = lock(&self.state);
        let told: Vec<_> =
            state.stopped.iter().flat_map(|reason| tasks.iter().map(|task| task.stop(*reason))).collect();
        state.kept.extend(tasks);
        drop(state);
        told.into_iter().for_each(Told::tell);
    }

    /// Keeps the first failure that nobody looked at; says the others.
    fn failed(&self, failure: TaskError) {
        let another = {
            let mut state = lock(&self.state);
            if state.failure.is_none() {
                state.failure = Some(failure);
                return;
            }
            failure
        };
        drop_quietly(|| unseen::say(&another));
    }

    /// Runs `f`, then waits until all tasks are over; goes on with the panic of `f`, or with the first failure whose handle
    /// was dropped.
    pub(crate) fn scope<R>(self: &Arc<Self>, f: impl FnOnce() -> R) -> R {
        let guard = Guard;
        let result = catch_unwind(AssertUnwindSafe(f));
        let failure = self.wait(context::is_worker());
        guard.disarm();
        match (result, failure) {
            (Ok(result), None) => result,
            (Ok(result), Some(failure)) => {
                drop_quietly(|| drop(result));
                failure.resume()
            }
            (Err(panic), failure) => {
                failure.iter().for_each(|failure| drop_quietly(|| unseen::say(failure)));
                resume_unwind(panic)
            }
        }
    }

    /// Waits until all tasks are over, and runs them meanwhile if this thread is one that helps.
    pub(super) fn wait(self: &Arc<Self>, helps: bool) -> Option<TaskError> {
        lock(&self.state).helps = helps;
        loop {
            while helps && self.run_one() {}
            let mut state = self.until_quiet(helps);
            if !state.is_quiet() {
                continue; // there is something to help with
            }
            let kept = mem::take(&mut state.kept);
            state.told = false;
            drop(state);
            let waker = Waker::from(self.clone());
            let (over, at_work): (Vec<_>, Vec<_>) =
                kept.into_iter().partition(|task| task.wake_when_settled(&waker));
            let failed: Vec<_> = over.into_iter().filter_map(|task| self.leave(task)).collect();
            let is_last = at_work.is_empty();
            self.put_back(at_work);
            let state = lock(&self.state);
            if is_last && state.is_quiet() && state.kept.is_empty() {
                drop(state); // nobody is left who could submit
                failed.into_iter().filter_map(Scoped::let_go).for_each(|failure| self.failed(failure));
                return lock(&self.state).failure.take();
            }
            drop(state);
            self.put_back(failed);
            let mut state = lock(&self.state);
            // A handle is at one of those that are kept: it tells when it is done, and may submit more before.
            while !is_last && state.is_quiet() && !state.told {
                state = self.sleep(state);
            }
        }
    }

    /// Sleeps as long as threads are busy, or expected; or, who helps, until there is something to run.
    fn until_quiet(&self, helps: bool) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        while !(state.is_quiet() || helps && !state.waiting.is_empty()) {
            state = self.sleep(state);
        }
        state
    }

    fn sleep<'a>(&self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        state.awaited = true;
        let woken = observed::wait_for_any(|| self.changed.wait(state));
        let mut state = woken.unwrap_or_else(PoisonError::into_inner);
        state.awaited = false;
        state
    }
}

impl State {
    /// Whether no thread of the crew is at a task or has one to begin. Others may be, by their handles.
    fn is_quiet(&self) -> bool {
        self.busy == 0 && self.waiting.is_empty()
    }

    fn begin(&mut self, task: Scoped) -> Begun {
        let begun = task.begun();
        self.begun.push(task);
        self.busy += 1;
        begun
    }

    /// The oldest or the latest of those that wait, if it has been begun by its handle or cancelled.
    fn take_over(&mut self) -> Option<Scoped> {
        if self.waiting.back().is_some_and(|task| !task.is_pending()) {
            return self.waiting.pop_back();
        }
        if self.waiting.front().is_some_and(|task| !task.is_pending()) {
            return self.waiting.pop_front();
        }
        None
    }
}

/// A task is over that its handle was at.
impl Wake for Crew {
    fn wake(self: Arc<Self>) {
        lock(&self.state).told = true;
        self.changed.notify_all();
    }
}

/// The scope's token is cancelled.
impl Listen for Crew {
    fn cancelled(&self, reason: Reason) {
        let told: Vec<_> = {
            let mut state = lock(&self.state);
            state.stopped = Some(reason);
            let tasks = state.waiting.iter().chain(&state.begun).chain(&state.kept);
            tasks.map(|task| task.stop(reason)).collect()
        };
        told.into_iter().for_each(Told::tell);
    }
}
