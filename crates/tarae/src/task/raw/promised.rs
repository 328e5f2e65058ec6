//! The runner's half of a task that nobody runs: whoever holds it supplies the answer.

use super::block::Payload;
use super::handle::Handle;
use super::header::{CANCELLED, FAILED, Header, JOB_GONE, RUNNER_GONE, RUNNING};
use super::runner::{self, Runner, conclude, leave};
use super::spawned::{self, Spawned};
use crate::cancel::CancelToken;
use crate::job::Job;
use crate::options::Options;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Weak;

/// In the place of a job: there is none.
///
/// Invariant: a promise takes a `T`, and its task gives it. Were a promise of a `&'static str` one of a shorter-lived text as
/// well, the task would give that out as `'static` (`tests/refused/promise_of_a_shorter_life.rs`).
struct NoJob<T>(PhantomData<fn(T) -> T>);

impl<T: Send> Job for NoJob<T> {
    type Output = T;

    fn run(self) -> T {
        unreachable!("a promise is kept, not run")
    }
}

/// The duty to supply an answer.
pub(crate) struct Promised<T: Send> {
    /// Taken when the task is settled.
    runner: Option<Runner<NoJob<T>>>,
    /// The task is Running: nobody else can settle it.
    started: bool,
}

impl<T: Send> Promised<T> {
    /// A new task: its two halves.
    pub(crate) fn new(options: Options, location: &'static Location<'static>) -> (Self, Handle<T>) {
        let (runner, handle) = runner::new(NoJob(PhantomData), location, options);
        (Promised { runner: Some(runner), started: false }, handle)
    }

    fn header(&self) -> &Header {
        // The handle may not run it: `NoJob` is never erased, so the task is not claimable.
        self.runner.as_ref().expect("there until the task is settled").header()
    }

    /// Pending to Running; false if the task has been cancelled.
    pub(crate) fn start(&mut self) -> bool {
        self.started = self.header().claim();
        self.started
    }

    pub(crate) fn is_started(&self) -> bool {
        self.started
    }

    /// Whether the task was cancelled or asked to stop, or its handle dropped.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.header().word().is_abandoned()
    }

    /// Settles the task; gives the answer back if nobody can have it any more. A failure that nobody can have is said.
    pub(crate) fn settle(mut self, answer: Result<T, Payload>) -> Result<(), Result<T, Payload>> {
        match self.claim() {
            Some(header) => settle(header, answer),
            None => Err(answer),
        }
    }

    /// Hangs the future that will keep the promise on its task, with the token that asks it to stop; false if the task is
    /// settled already.
    pub(crate) fn hang(&self, spawned: Weak<dyn Spawned>, token: CancelToken) -> bool {
        spawned::hang(self.header(), spawned, token)
    }

    /// Ends the task as Cancelled, whoever wants its answer.
    pub(crate) fn cancel(mut self) {
        if self.started
            && let Some(header) = self.claim()
        {
            abandon(header);
        } else {
            drop(self.runner.take()); // not begun: that cancels it
        }
    }

    /// Ends a task that has not begun; the error says that its executor refused it.
    pub(crate) fn reject(mut self) {
        if let Some(runner) = self.runner.take() {
            runner.reject();
        }
    }

    /// Takes the runner out, with the task Running; `None` if it has been cancelled.
    fn claim(&mut self) -> Option<*const Header> {
        let header = self.runner.take()?.into_raw().as_ptr().cast_const();
        // SAFETY: the runner was ours, and leaves here or is given on.
        unsafe {
            if self.started || (*header).claim() {
                return Some(header);
            }
            leave(header);
        }
        None
    }
}

/// A promise that is not kept is broken, unless the answer is not wanted any more.
impl<T: Send> Drop for Promised<T> {
    fn drop(&mut self) {
        let Some(header) = self.claim() else { return };
        // SAFETY: the task is claimed, and the runner's half is ours.
        if unsafe { (*header).word() }.is_abandoned() {
            abandon(header);
        } else {
            let _ = settle::<T>(header, Err(Box::new(crate::task::error::Broken { cause: None })));
        }
    }
}

/// Settles a claimed task as its runner.
fn settle<T: Send>(header: *const Header, answer: Result<T, Payload>) -> Result<(), Result<T, Payload>> {
    // SAFETY: both callers have claimed the task, whose results are of this type, and have its runner's half, which ends
    // here.
    unsafe {
        if answer.is_ok() && (*header).word().is_handle_gone() {
            abandon(header);
            return Err(answer);
        }
        let failed = if answer.is_err() { FAILED } else { 0 };
        Header::write_result(header, answer);
        if !(*header).finish(failed | RUNNER_GONE) {
            conclude(header, failed, false, RUNNER_GONE);
        }
    }
    Ok(())
}

/// Ends a claimed task, as its runner, without an answer.
fn abandon(header: *const Header) {
    // SAFETY: all callers have claimed the task, and have its runner's half, which ends here. There is no result.
    unsafe {
        let settled = (*header).settle(RUNNING, CANCELLED, JOB_GONE | RUNNER_GONE);
        let settled = settled.expect("only the claimer settles a running task");
        if settled.both_gone {
            Header::free(header);
        }
        settled.waiters.tell_all();
    }
}
