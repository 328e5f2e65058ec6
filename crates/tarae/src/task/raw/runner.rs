//! The runner's half of a task: what an executor holds.

use super::about::About;
use super::block::Block;
use super::context::Running;
use super::count::{Count, Uncounted};
use super::handle::Handle;
use super::header::{
    CANCELLED, FAILED, FINISHED, Header, JOB_GONE, PENDING, REJECTED, RUNNER_GONE, RUNNING, Word,
};
use crate::job::Job;
use crate::options::Options;
use crate::panics::Payload;
use std::marker::PhantomData;
use std::panic::Location;
use std::ptr::NonNull;

/// The runner's half of a task with a job of type `J`.
pub(crate) struct Runner<J: Job> {
    erased: Erased,
    job: PhantomData<J>,
}

/// A new task: its two halves.
#[inline(always)]
pub(crate) fn new<J: Job>(
    job: J,
    location: &'static Location<'static>,
    options: Options,
) -> (Runner<J>, Handle<J::Output>) {
    let header = NonNull::new(Block::allocate(job, About::new(location, options)).cast_mut())
        .expect("a box is not null");
    // SAFETY: the block is new: this is its one handle, of its type, and below its one runner.
    let handle = unsafe {
        Header::arm(header);
        Handle::new(header)
    };
    (Runner { erased: Erased(header), job: PhantomData }, handle)
}

impl<J: Job> Runner<J> {
    /// Runs the job here, if it has not been cancelled.
    #[inline(always)]
    pub(crate) fn run(self) {
        self.erased.run();
    }

    /// Ends the task without running the job.
    pub(crate) fn reject(self) {
        self.erased.reject(&Uncounted);
    }

    /// Where the task was submitted.
    pub(crate) fn location(&self) -> &'static Location<'static> {
        self.header().location()
    }

    /// The task's name, if it was given one.
    #[cfg(feature = "process")]
    pub(crate) fn name(&self) -> Option<&str> {
        self.header().name()
    }

    /// How often its job may be begun again when its worker dies.
    #[cfg(feature = "process")]
    pub(crate) fn retries(&self) -> u32 {
        self.header().retries()
    }

    /// The job. It stays the runner's, whatever the handle does: this half has not been erased.
    #[cfg(feature = "process")]
    pub(crate) fn job(&self) -> &J {
        // SAFETY: it has not been run or dropped, which takes `self`; a handle may do neither with a job that is not
        // erased or lent.
        unsafe { Header::job::<J>(self.erased.0.as_ptr()) }
    }

    /// What stays the same.
    pub(super) fn header(&self) -> &Header {
        self.erased.header()
    }

    /// The pointer, for who settles the task by other means than running a job.
    pub(super) fn into_raw(self) -> NonNull<Header> {
        self.erased.into_raw()
    }

    /// Erases the type.
    #[inline(always)]
    pub(crate) fn erase(self) -> Erased
    where
        J: 'static,
    {
        // SAFETY: the job's type is `'static`.
        unsafe { self.erased.0.as_ref().set_claimable() };
        self.erased
    }
}

/// The runner's half of a task of any type. Dropped without having been run, the task ends as Cancelled.
pub(crate) struct Erased(NonNull<Header>);

// SAFETY: a job is `Send`, and so is its output; the header is made to be shared.
unsafe impl Send for Erased {}

impl Erased {
    /// Runs the job here, if nobody else has and it has not been cancelled.
    #[inline(always)]
    pub(crate) fn run(self) {
        self.run_counted(&Uncounted);
    }

    /// The same for the pool that has it.
    #[inline(always)]
    pub(crate) fn run_counted(self, count: &impl Count) {
        let header = self.0.as_ptr().cast_const();
        // SAFETY: we are the runner, which leaves by `execute` or `count_and_leave`.
        unsafe {
            if (*header).claim() {
                std::mem::forget(self);
                execute(header, RUNNER_GONE, count);
            } else {
                self.count_and_leave(count);
            }
        }
    }

    /// Whether it is the runner's half of that task.
    pub(super) fn is(&self, task: *const Header) -> bool {
        self.0.as_ptr().cast_const() == task
    }

    /// What stays the same.
    pub(super) fn header(&self) -> &Header {
        // SAFETY: the block is there as long as its runner's half is.
        unsafe { self.0.as_ref() }
    }

    /// The state, with all that happened before it.
    pub(super) fn word(&self) -> Word {
        self.header().word()
    }

    /// Whether nobody has begun to run it or cancelled it.
    pub(super) fn is_pending(&self) -> bool {
        self.word().state() == crate::task::TaskState::Pending
    }

    /// Whether it is over.
    pub(crate) fn is_settled(&self) -> bool {
        self.word().is_settled()
    }

    /// Ends the task, if it is pending; the error says that the executor refused it.
    pub(crate) fn reject(self, count: &dyn Count) {
        self.give_up(REJECTED, count);
    }

    /// Ends the task, if it is pending, as Cancelled.
    pub(crate) fn cancel(self, count: &dyn Count) {
        self.give_up(0, count);
    }

    /// Ends the task, if it is pending, without running the job.
    fn give_up(self, reason: u32, count: &dyn Count) {
        if self.header().is_on_stack() {
            return self.run_counted(&count); // whoever waits for it cannot go on without
        }
        let header = self.0.as_ptr().cast_const();
        // SAFETY: we are the runner. If we settle the task we own its job; the block stays until we leave.
        unsafe {
            let Some(settled) = (*header).settle(PENDING, CANCELLED, reason | JOB_GONE) else {
                return self.count_and_leave(count);
            };
            std::mem::forget(self);
            count.cancelled();
            settled.waiters.tell_all();
            Header::drop_job(header);
            leave(header);
        }
    }

    /// Ends the task, if it is pending, as one that failed, without running the job.
    pub(crate) fn fail(self, failure: Payload, count: &dyn Count) {
        if self.header().is_on_stack() {
            return self.run_counted(&count); // whoever waits for it cannot go on without
        }
        let header = self.0.as_ptr().cast_const();
        // SAFETY: we are the runner, which leaves by `finish`, `conclude` or `count_and_leave`. Who claims a task owns its
        // job.
        unsafe {
            if !(*header).claim() {
                return self.count_and_leave(count);
            }
            std::mem::forget(self);
            Header::drop_job(header);
            Header::write_failure(header, failure);
            count.cancelled();
            if !(*header).finish(FAILED | RUNNER_GONE) {
                conclude(header, FAILED, false, RUNNER_GONE);
            }
        }
    }

    /// The pointer, for a queue of pointers.
    #[inline(always)]
    pub(crate) fn into_raw(self) -> NonNull<Header> {
        let header = self.0;
        std::mem::forget(self);
        header
    }

    /// # Safety
    /// `header` is from `into_raw`, and this is its only use.
    #[inline(always)]
    pub(crate) unsafe fn from_raw(header: NonNull<Header>) -> Self {
        Erased(header)
    }
}

impl Drop for Erased {
    fn drop(&mut self) {
        Erased(self.0).give_up(0, &Uncounted);
    }
}

/// Runs a claimed job, makes the result visible and tells who waits. `gone` is `RUNNER_GONE` if the caller is the
/// runner, and 0 if it is the handle, which stays.
///
/// # Safety
/// The caller has claimed the task.
#[inline(always)]
pub(super) unsafe fn execute(header: *const Header, gone: u32, count: &impl Count) {
    // SAFETY: the caller's promise. The block stays until the task is settled, since whoever claimed it is one of its
    // owners; after that only if the handle had gone before is it ours.
    unsafe {
        let (panicked, stopped) = Running::run(header);
        let failed = if panicked { FAILED } else { 0 };
        // Whoever has a task on its stack cannot go on without a result.
        if stopped && !(*header).is_on_stack() {
            count.cancelled();
            return conclude(header, failed, true, gone);
        }
        count.ran(panicked);
        if !(*header).finish(failed | gone) {
            conclude(header, failed, false, gone);
        }
    }
}

/// The rest of `execute`, if the job has stopped, somebody waits, or the handle has gone.
///
/// # Safety
/// As for `execute`; the job has been run.
#[cold]
#[inline(never)]
pub(super) unsafe fn conclude(header: *const Header, failed: u32, stopped: bool, gone: u32) {
    // SAFETY: the caller's promise.
    unsafe {
        let (to, flags) = if stopped {
            // What a job returns that stopped half-way is no answer.
            Header::drop_result(header);
            (CANCELLED, JOB_GONE)
        } else {
            (FINISHED, failed)
        };
        let Some(settled) = (*header).settle(RUNNING, to, flags | gone) else {
            unreachable!("only the claimer settles a running task")
        };
        // A failure is left to a runner that stays: a scope.
        if settled.handle_gone && to == FINISHED && (failed == 0 || gone != 0) {
            Header::drop_answer(header, failed != 0);
        }
        if settled.both_gone {
            Header::free(header);
        }
        settled.waiters.tell_all();
    }
}

/// The runner leaves a task that someone else has claimed or cancelled.
///
/// # Safety
/// The caller is the runner, and does not use the block after this.
#[cold]
#[inline(never)]
pub(super) unsafe fn leave(header: *const Header) {
    // SAFETY: the caller's promise. A cancelled job that nobody has dropped is the runner's.
    unsafe {
        let word = (*header).word();
        if word.state() == crate::task::TaskState::Cancelled && !word.has(JOB_GONE) {
            Header::drop_job(header);
        }
        if (*header).release_runner() {
            Header::free(header);
        }
    }
}
