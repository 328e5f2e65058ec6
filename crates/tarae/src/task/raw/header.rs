//! The state word of a task, and the transitions between its states. Long, since each transition stands beside the table of
//! them.

use super::about::About;
use super::block::Table;
use super::running::token_of;
use super::waiter::{Waiter, Waiters};
use crate::cancel::CancelToken;
use crate::sync::{AtomicU8, AtomicU32, Ordering, UnsafeCell, spin};
use crate::task::TaskState;
use std::panic::Location;
use std::ptr::{self, NonNull};

/// The state of the task, one of the four below. In a table:
///
/// | from | to | by | who then owns job and result |
/// |---|---|---|---|
/// | PENDING | RUNNING | `claim`: a runner, a handle that helps, a promise that starts | the claimer: the job |
/// | PENDING | CANCELLED | `settle(PENDING, ..)`: `cancel`, a stopper, or a runner that gives up | with JOB_GONE the canceller, else the runner: the job |
/// | RUNNING | FINISHED | `finish`; `settle(RUNNING, ..)` if there are waiters or the handle has gone | the handle; with HANDLE_GONE the one who finished: the result |
/// | RUNNING | CANCELLED | `settle(RUNNING, ..)`: a job that stopped as it was asked to, a promise nobody wants | nobody: both are gone |
const STATE: u32 = 0b11;
pub(super) const PENDING: u32 = 0;
pub(super) const RUNNING: u32 = 1;
pub(super) const FINISHED: u32 = 2;
pub(super) const CANCELLED: u32 = 3;

/// Someone changes the list of waiters. Held for a few instructions, never while user code runs. Not set in a settled
/// state.
const LOCKED: u32 = 1 << 2;
/// The list of waiters is not empty. Not set in a settled state.
const WAITERS: u32 = 1 << 3;
/// The handle will not touch the block again. Set by its `release`.
const HANDLE_GONE: u32 = 1 << 4;
/// The runner will not touch the block again. Set by whoever settles as the runner, or by its `release`.
pub(super) const RUNNER_GONE: u32 = 1 << 5;
/// `abort` was called while the job ran. Only with RUNNING and after.
const STOP: u32 = 1 << 6;
/// With CANCELLED: the job has been dropped, or the one who set this is about to.
pub(super) const JOB_GONE: u32 = 1 << 7;
/// With FINISHED: the job panicked.
pub(super) const FAILED: u32 = 1 << 8;
/// With CANCELLED: an executor refused the job.
pub(super) const REJECTED: u32 = 1 << 9;
/// With CANCELLED, or with STOP: it was its time that was over.
pub(super) const TIMED_OUT: u32 = 1 << 10;
/// With HANDLE_GONE: the handle has taken what the panic carried, or there was none.
pub(super) const SEEN: u32 = 1 << 11;

// What the handle may do with the job.
/// Nothing.
const NOTHING: u8 = 0;
/// Run it. The job may borrow: who has the runner's half waits for it to be over, and drops it if it is cancelled.
const RUN: u8 = 1;
/// Run it or drop it: its type is `'static`.
const RUN_OR_DROP: u8 = 2;

/// What every task's block begins with.
///
/// A block has two owners, a handle and a runner. Each sets its bit when it leaves, and who finds the other's set frees
/// the block: so there is no reference count, and the usual way of a task takes two read-modify-writes, `claim` and
/// `finish`.
///
/// All of it is behind a cell: a `&Header` says nothing about how long its bytes are there. Without that, the other owner
/// could not free the block between a method's last step, which lets it, and the method's return (Miri: "deallocation
/// is forbidden", since a reference among a function's arguments is good until it returns).
#[repr(transparent)]
pub(crate) struct Header(std::cell::UnsafeCell<Fields>);

#[repr(C)]
pub(crate) struct Fields {
    state: AtomicU32,
    /// What the handle may do with the job. Set once.
    lets: AtomicU8,
    table: &'static Table,
    waiters: UnsafeCell<Waiters>,
    about: About,
    /// The next in the queue that the runner's half is in.
    next: UnsafeCell<*const Header>,
}

// SAFETY: `waiters` is touched only by whoever has set LOCKED, or has settled the task, `next` by whoever has the runner's
// half; the rest is atomic or constant.
unsafe impl Sync for Header {}

impl std::ops::Deref for Header {
    type Target = Fields;

    /// Not to be handed to a function: see [`Header`].
    #[inline(always)]
    fn deref(&self) -> &Fields {
        // SAFETY: no `&mut Fields` is ever made.
        unsafe { &*self.0.get() }
    }
}

/// A snapshot of the state word.
#[derive(Clone, Copy)]
pub(crate) struct Word(u32);

impl Word {
    pub(crate) fn state(self) -> TaskState {
        match self.0 & STATE {
            PENDING => TaskState::Pending,
            RUNNING => TaskState::Running,
            FINISHED => TaskState::Finished,
            _ => TaskState::Cancelled,
        }
    }

    #[inline(always)]
    pub(crate) fn is_settled(self) -> bool {
        self.0 & STATE >= FINISHED
    }

    /// Whether it has finished with a value.
    #[inline(always)]
    pub(crate) fn has_value(self) -> bool {
        self.0 & (STATE | FAILED) == FINISHED
    }

    pub(crate) fn has_failed(self) -> bool {
        self.0 & (STATE | FAILED) == FINISHED | FAILED
    }

    pub(crate) fn was_rejected(self) -> bool {
        self.0 & (STATE | REJECTED) == CANCELLED | REJECTED
    }

    /// Whether nobody will look at a result.
    pub(super) fn is_handle_gone(self) -> bool {
        self.has(HANDLE_GONE)
    }

    /// Whether it has failed, and what its panic carried lies where the handle has left it.
    pub(super) fn is_failure_left(self) -> bool {
        self.has_failed() && self.0 & (HANDLE_GONE | SEEN) == HANDLE_GONE
    }

    /// Whether an answer is not wanted any more.
    pub(super) fn is_abandoned(self) -> bool {
        self.has(STOP | HANDLE_GONE) || self.is(CANCELLED)
    }

    /// Whether it has failed, in whatever way, or its time was over.
    pub(crate) fn ended_badly(self) -> bool {
        self.has_failed() || self.was_rejected() || self.has_timed_out()
    }

    pub(crate) fn has_timed_out(self) -> bool {
        self.0 & (STATE | TIMED_OUT) == CANCELLED | TIMED_OUT
    }

    #[inline(always)]
    pub(super) fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }

    #[inline(always)]
    fn is(self, state: u32) -> bool {
        self.0 & STATE == state
    }
}

/// What settling a task leaves to do.
pub(super) struct Settled {
    /// To be told, after the result has become visible.
    pub(super) waiters: Waiters,
    /// The handle had gone before: the result, if there is one, is the caller's to drop.
    pub(super) handle_gone: bool,
    /// Both owners have gone: the block is the caller's to free.
    pub(super) both_gone: bool,
}

impl Settled {
    #[inline(always)]
    fn new(before: u32, settled: u32, waiters: Waiters) -> Self {
        let handle_gone = before & HANDLE_GONE != 0;
        Settled { waiters, handle_gone, both_gone: handle_gone && settled & RUNNER_GONE != 0 }
    }
}

impl Header {
    #[inline(always)]
    pub(super) fn new(table: &'static Table, about: About) -> Self {
        Header(std::cell::UnsafeCell::new(Fields {
            state: AtomicU32::new(PENDING),
            lets: AtomicU8::new(NOTHING),
            table,
            waiters: UnsafeCell::new(Waiters::new()),
            about,
            next: UnsafeCell::new(ptr::null()),
        }))
    }

    /// The state, with all that happened before it.
    #[inline(always)]
    pub(crate) fn word(&self) -> Word {
        Word(self.state.load(Ordering::Acquire))
    }

    /// Lets the handle run or drop the job.
    ///
    /// # Safety
    /// The job's type is `'static`.
    #[inline(always)]
    pub(crate) unsafe fn set_claimable(&self) {
        self.lets.store(RUN_OR_DROP, Ordering::Relaxed);
    }

    /// Lets the handle run the job.
    ///
    /// # Safety
    /// Whatever the job borrows outlives its run, and the job itself.
    pub(super) unsafe fn set_lent(&self) {
        self.lets.store(RUN, Ordering::Relaxed);
    }

    /// Whether the handle may run the job.
    #[inline(always)]
    pub(super) fn is_claimable(&self) -> bool {
        self.lets.load(Ordering::Relaxed) != NOTHING
    }

    /// Whether the handle may drop the job.
    #[inline(always)]
    pub(super) fn is_droppable(&self) -> bool {
        self.lets.load(Ordering::Relaxed) == RUN_OR_DROP
    }

    /// Whether a scope has the runner's half.
    pub(super) fn is_lent(&self) -> bool {
        self.lets.load(Ordering::Relaxed) == RUN
    }

    /// PENDING to RUNNING. Whoever gets true owns the job, and must settle the task.
    #[inline(always)]
    pub(super) fn claim(&self) -> bool {
        // The usual word: nobody waits yet, and the handle is there.
        match self.state.compare_exchange(PENDING, RUNNING, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => true,
            Err(word) => self.claim_from(word),
        }
    }

    #[cold]
    #[inline(never)]
    fn claim_from(&self, mut word: u32) -> bool {
        while word & STATE == PENDING {
            match self.state.compare_exchange_weak(word, word | RUNNING, Ordering::AcqRel, Ordering::Relaxed)
            {
                Ok(_) => return true,
                Err(changed) => word = changed,
            }
        }
        false
    }

    /// RUNNING to FINISHED, with `flags`, if nobody waits and the handle is there: then nothing is left to do. The
    /// result is written before.
    #[inline(always)]
    pub(super) fn finish(&self, flags: u32) -> bool {
        self.state.compare_exchange(RUNNING, FINISHED | flags, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// From `from` to `to`, with `flags`; `None` if the state is another one by now. The result is written before.
    #[cold]
    #[inline(never)]
    pub(super) fn settle(&self, from: u32, to: u32, flags: u32) -> Option<Settled> {
        let mut word = self.state.load(Ordering::Relaxed);
        let mut waiters = Waiters::new();
        let mut locked = false;
        let mut turn = 0;
        loop {
            if word & STATE != from {
                if locked {
                    self.restore(waiters);
                }
                return None;
            }
            if !locked && word & LOCKED != 0 {
                spin(turn);
                turn += 1;
                word = self.state.load(Ordering::Relaxed);
                continue;
            }
            if !locked && word & WAITERS != 0 {
                match self.state.compare_exchange_weak(
                    word,
                    word | LOCKED,
                    Ordering::Acquire,
                    Ordering::Relaxed,
                ) {
                    Ok(_) => {
                        locked = true;
                        word |= LOCKED;
                        // SAFETY: we have set LOCKED.
                        waiters = self.waiters.with_mut(|list| unsafe { (*list).take() });
                    }
                    Err(changed) => word = changed,
                }
                continue;
            }
            let settled = (word & !(STATE | LOCKED | WAITERS)) | to | flags;
            match self.state.compare_exchange_weak(word, settled, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return Some(Settled::new(word, settled, waiters)),
                Err(changed) => word = changed,
            }
        }
    }

    /// Puts the list back and unlocks.
    fn restore(&self, waiters: Waiters) {
        // SAFETY: we have set LOCKED.
        self.waiters.with_mut(|list| unsafe { *list = waiters });
        self.unlock(true);
    }

    /// Sets LOCKED; `None` if the task is settled.
    fn lock(&self) -> Option<Word> {
        let mut turn = 0;
        loop {
            let word = self.state.load(Ordering::Acquire);
            if Word(word).is_settled() {
                return None;
            }
            if word & LOCKED == 0
                && self
                    .state
                    .compare_exchange_weak(word, word | LOCKED, Ordering::Acquire, Ordering::Relaxed)
                    .is_ok()
            {
                return Some(Word(word));
            }
            spin(turn);
            turn += 1;
        }
    }

    /// Clears LOCKED, and says whether there are waiters.
    fn unlock(&self, any: bool) {
        let mut word = self.state.load(Ordering::Relaxed);
        loop {
            let open = (word & !(LOCKED | WAITERS)) | if any { WAITERS } else { 0 };
            match self.state.compare_exchange_weak(word, open, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(changed) => word = changed,
            }
        }
    }

    /// Adds a waiter; false, and nothing done, if the task is settled.
    ///
    /// # Safety
    /// `waiter` stays valid until it has been told, or until [`unregister`](Self::unregister) has returned true for it.
    pub(super) unsafe fn register(&self, waiter: *const Waiter) -> bool {
        if self.lock().is_none() {
            return false;
        }
        // SAFETY: we have set LOCKED; the caller's promise.
        self.waiters.with_mut(|list| unsafe { (*list).push(waiter) });
        self.unlock(true);
        true
    }

    /// Takes a waiter off. False if the task is settled: then it has been told, or is about to be.
    ///
    /// # Safety
    /// `waiter` was registered here.
    pub(super) unsafe fn unregister(&self, waiter: *const Waiter) -> bool {
        if self.lock().is_none() {
            return false;
        }
        // SAFETY: we have set LOCKED; what is in the list is valid.
        let (found, any) = self.waiters.with_mut(|list| unsafe {
            ((*list).remove(|other| other == waiter).is_some(), !(*list).is_empty())
        });
        self.unlock(any);
        found
    }

    /// Runs `f` on the list of waiters, if the task is not settled.
    ///
    /// # Safety
    /// `f` leaves in the list only what stays valid as `register` says, and runs no user code.
    pub(super) unsafe fn with_waiters<R>(&self, f: impl FnOnce(&mut Waiters) -> R) -> Option<R> {
        self.lock()?;
        // SAFETY: we have set LOCKED.
        let (result, any) = self.waiters.with_mut(|list| unsafe {
            let result = f(&mut *list);
            (result, !(*list).is_empty())
        });
        self.unlock(any);
        Some(result)
    }

    /// Asks a running job to stop: STOP, with `flags`. Gives its token, if it has made one: for the caller to cancel when
    /// nothing is locked, since there may be many below it.
    #[must_use]
    pub(super) fn request_stop(&self, flags: u32) -> Option<CancelToken> {
        let word = self.lock()?;
        let mut token = None;
        if word.is(RUNNING) {
            // The first request counts.
            self.state.fetch_or(if word.has(STOP) { STOP } else { STOP | flags }, Ordering::Relaxed);
            token = self.waiters.with_mut(|list| {
                // SAFETY: we have set LOCKED; what is in the list is valid.
                unsafe { (*list).find(|w| (*w).kind().has_token()).map(|stop| token_of(stop)) }
            });
        }
        self.unlock(word.has(WAITERS));
        token
    }

    /// Whether a running job was asked to stop. A token that is registered before this is asked misses no request: it is
    /// found by the one who asks, or this is true.
    pub(super) fn is_asked_to_stop(&self) -> bool {
        self.word().has(STOP)
    }

    /// The handle leaves, with `flags`. True if the runner has left before: the block is the caller's to free.
    ///
    /// A result that is there is the caller's to drop, before this. `None`, which is for those who say that it is not
    /// settled: by now it is.
    #[inline(always)]
    pub(super) fn release_handle(&self, settled: bool, flags: u32) -> Option<bool> {
        let mut word = self.state.load(Ordering::Acquire);
        loop {
            if !settled && Word(word).is_settled() {
                return None;
            }
            if word & RUNNER_GONE != 0 {
                return Some(true); // nobody else is at the block
            }
            match self.state.compare_exchange_weak(
                word,
                word | HANDLE_GONE | flags,
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => return Some(false),
                Err(changed) => word = changed,
            }
        }
    }

    /// The runner leaves, without having run the job. True if the handle has left before: free the block.
    pub(super) fn release_runner(&self) -> bool {
        self.state.fetch_or(RUNNER_GONE, Ordering::AcqRel) & HANDLE_GONE != 0
    }
}

impl Header {
    /// What can be done with the rest of the block.
    #[inline(always)]
    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    /// Where the task was submitted, if it has no name and nothing else.
    #[inline(always)]
    pub(super) fn plain_location(&self) -> Option<&'static Location<'static>> {
        self.about.plain()
    }

    /// Where the task was submitted.
    pub(crate) fn location(&self) -> &'static Location<'static> {
        self.about.location()
    }

    /// Its name, if it was given one.
    pub(crate) fn name(&self) -> Option<&str> {
        self.about.extras()?.options.name.as_deref()
    }

    /// How often its job may be begun again when its worker dies.
    #[cfg(feature = "process")]
    pub(super) fn retries(&self) -> u32 {
        self.about.extras().map_or(0, |extras| extras.options.retries)
    }

    /// Has the task ended when its options say so.
    ///
    /// # Safety
    /// The block is new.
    #[inline(always)]
    pub(super) unsafe fn arm(this: NonNull<Self>) {
        // SAFETY: the caller's promise. What the block holds is dropped before its memory is given back.
        unsafe {
            if let Some(extras) = (&*this.as_ptr()).about.extras()
                && let Some(stopping) = &extras.stopping
            {
                stopping.aim_at(this);
            }
        }
    }

    /// The next in the queue.
    ///
    /// # Safety
    /// The caller has the task's runner's half.
    #[inline(always)]
    pub(super) unsafe fn next(this: *const Self) -> *const Self {
        // SAFETY: the block is there as long as its runner's half is.
        unsafe { (&*this).next.with_mut(|link| *link) }
    }

    /// # Safety
    /// As for `next`.
    #[inline(always)]
    pub(super) unsafe fn set_next(this: *const Self, next: *const Self) {
        // SAFETY: as above.
        unsafe { (&*this).next.with_mut(|link| *link = next) }
    }
}
