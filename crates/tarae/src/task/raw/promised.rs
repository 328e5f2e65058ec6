//! The runner's half of a task that nobody runs here: whoever holds it supplies the answer.

use super::handle::Handle;
use super::header::{CANCELLED, FAILED, Header, JOB_GONE, PENDING, REJECTED, RUNNER_GONE, RUNNING};
#[cfg(feature = "process")]
use super::runner::Runner;
use super::runner::{self, conclude};
use super::spawned::{self, Spawned};
use crate::cancel::CancelToken;
use crate::job::Job;
use crate::options::Options;
use crate::panics::Payload;
use std::marker::PhantomData;
use std::panic::Location;
use std::ptr::NonNull;
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
///
/// Invariant: the runner's half is ours, the task's results are `Result<T, Payload>`, its handle may neither run nor drop its
/// job, and that is gone, or was none.
pub(crate) struct Promised<T: Send> {
    /// Taken when the task is settled.
    runner: Option<NonNull<Header>>,
    /// The task is Running: nobody else can settle it.
    started: bool,
    answer: PhantomData<fn(T) -> T>,
}

// SAFETY: it is moved to where the answer comes from, and an answer is `Send`; the header is made to be shared.
unsafe impl<T: Send> Send for Promised<T> {}
// SAFETY: what can be done through a `&Promised` is to look at the header.
unsafe impl<T: Send> Sync for Promised<T> {}

impl<T: Send> Promised<T> {
    /// A new task: its two halves.
    pub(crate) fn new(options: Options, location: &'static Location<'static>) -> (Self, Handle<T>) {
        let (runner, handle) = runner::new(NoJob(PhantomData), location, options);
        (Self::having(runner.into_raw()), handle)
    }

    /// Of a task whose job is done elsewhere: it is dropped here.
    #[cfg(feature = "process")]
    pub(crate) fn instead_of<J: Job<Output = T>>(runner: Runner<J>) -> Self {
        let header = runner.into_raw();
        // SAFETY: a `Runner` has not been erased, so the job is the runner's alone, whatever the handle does; nobody touches
        // it after this.
        unsafe { Header::drop_job(header.as_ptr()) };
        Self::having(header)
    }

    fn having(runner: NonNull<Header>) -> Self {
        Promised { runner: Some(runner), started: false, answer: PhantomData }
    }

    fn header(&self) -> &Header {
        let header = self.runner.expect("there until the task is settled");
        // SAFETY: the block is there as long as its runner's half is.
        unsafe { header.as_ref() }
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

    /// Whether somebody else has settled it.
    #[cfg(feature = "process")]
    pub(crate) fn is_settled(&self) -> bool {
        self.header().word().is_settled()
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
        self.give_up(0);
    }

    /// Ends a task that has not begun; the error says that its executor refused it.
    pub(crate) fn reject(mut self) {
        self.give_up(REJECTED);
    }

    fn give_up(&mut self, reason: u32) {
        let Some(header) = self.runner.take() else { return };
        let from = if self.started { RUNNING } else { PENDING };
        abandon(header.as_ptr(), from, reason);
    }

    /// Takes the runner out, with the task Running; `None` if it has been cancelled.
    fn claim(&mut self) -> Option<*const Header> {
        let header = self.runner.take()?.as_ptr().cast_const();
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
            abandon(header, RUNNING, 0);
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
            abandon(header, RUNNING, 0);
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

/// Ends a task without an answer, as its runner: a claimed one, or one that is pending, if it has not been cancelled.
fn abandon(header: *const Header, from: u32, reason: u32) {
    // SAFETY: all callers have the runner's half, which ends here, and have claimed a task that is `RUNNING`. There is no
    // result, and no job.
    unsafe {
        let Some(settled) = (*header).settle(from, CANCELLED, reason | JOB_GONE | RUNNER_GONE) else {
            return leave(header);
        };
        if settled.both_gone {
            Header::free(header);
        }
        settled.waiters.tell_all();
    }
}

/// The runner leaves a task that was cancelled.
///
/// # Safety
/// The caller has the runner's half, and does not use the block after this. The job is gone, or was none.
unsafe fn leave(header: *const Header) {
    // SAFETY: the caller's promise.
    unsafe {
        if (*header).release_runner() {
            Header::free(header);
        }
    }
}
