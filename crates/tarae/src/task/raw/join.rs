//! Two jobs, maybe at the same time: one on this thread, the other where whoever is idle can take it.
//!
//! ```text
//! worker    push b ──▶ run a ─────▶ is b still in my queue?
//!             │                       ├─ yes:  take it back, call it        (the usual case: no state is touched)
//!             ▼                       └─ no:   a thief runs it:  sleep until it is over
//!         [own queue] ──▶ thief
//! ```
//!
//! `b` lies on the stack of who joins. That does not end before `b` was taken back, or its thief is done with it; and a task
//! on a stack is never dropped unrun (`Erased::give_up`), so whoever has it runs it.

use super::about::About;
use super::block::Block;
use super::context;
use super::header::Header;
use super::park;
use super::runner::Erased;
use crate::cancel::Deadline;
use crate::job::Job;
use crate::options::Options;
use crate::panics::Payload;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::ptr::NonNull;

/// Runs both, `a` here and first; the results, once both are over. If one panics, so does this, when both are over or the
/// other has not begun; if both do, with the panic of `a`.
///
/// The caller is a worker of the pool with this address, which `wake` tells of work.
#[inline]
#[track_caller]
pub(crate) fn join<P, A, B, RA, RB>(pool: *const P, wake: impl FnOnce(), a: A, b: B) -> (RA, RB)
where
    A: FnOnce() -> RA + Send,
    B: FnOnce() -> RB + Send,
    RA: Send,
    RB: Send,
{
    let guard = Guard;
    let block = Block::on_stack(b, About::new(Location::caller(), Options::new()));
    let task = block.header();
    // SAFETY: this is its runner's half. The block stays until we have that back, or it has left, below: no panic gets past
    // the guard before that.
    if context::push_own(pool, unsafe { Erased::from_raw(task) }).is_some() {
        unreachable!("who joins is a worker of the pool");
    }
    wake();
    let ra = catch_unwind(AssertUnwindSafe(a));
    let task = task.as_ptr().cast_const();
    // SAFETY: it was pushed on this thread.
    if unsafe { context::dig_out(task) } {
        guard.disarm();
        // SAFETY: both halves are ours, and nobody has begun it.
        let b = unsafe { block.into_job() };
        return match ra {
            Ok(ra) => (ra, b()),
            Err(panic) => resume_unwind(panic),
        };
    }
    context::count_submitted();
    // SAFETY: the block is there. A thief has it, who settles it and leaves in one step.
    let rb = unsafe {
        park::until_settled(&*task, Deadline::NEVER);
        Header::take_result::<RB>(task)
    };
    guard.disarm();
    both(ra, rb)
}

/// Runs `f` on a worker, while this thread, which is none of its pool's, waits: `push` gets the task.
#[track_caller]
pub(crate) fn run_on_worker<R: Send>(push: impl FnOnce(Erased), f: impl FnOnce() -> R + Send) -> R {
    let guard = Guard;
    let block = Block::on_stack(f, About::new(Location::caller(), Options::new()));
    let task = block.header();
    // SAFETY: this is its runner's half. The block stays until that has left.
    push(unsafe { Erased::from_raw(task) });
    let task = task.as_ptr().cast_const();
    // SAFETY: the block is there; whoever runs it settles it and leaves in one step.
    let result = unsafe {
        park::until_settled(&*task, Deadline::NEVER);
        Header::take_result::<R>(task)
    };
    guard.disarm();
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

fn both<RA, RB>(ra: Result<RA, Payload>, rb: Result<RB, Payload>) -> (RA, RB) {
    match (ra, rb) {
        (Ok(ra), Ok(rb)) => (ra, rb),
        (Err(panic), _) | (_, Err(panic)) => resume_unwind(panic),
    }
}

/// Ends the process if a panic of ours would end the stack that others point to.
pub(super) struct Guard;

impl Guard {
    pub(super) fn disarm(self) {
        std::mem::forget(self);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        std::process::abort();
    }
}

impl<J: Job> Block<J> {
    /// A block on the stack, with a pending task.
    #[inline(always)]
    fn on_stack(job: J, about: About) -> Self {
        Block::new(&Self::ON_STACK, job, about)
    }

    #[inline(always)]
    fn header(&self) -> NonNull<Header> {
        NonNull::from(self).cast()
    }
}
