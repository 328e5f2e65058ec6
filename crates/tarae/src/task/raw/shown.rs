//! What a worker shows to other threads of the tasks that run on it, so that they can be named and asked to stop.
//!
//! The hard part: a task may end, and its block be freed, the moment after another thread has found a pointer to it; and
//! a task may cost next to nothing more for being shown. So no pointer to a block is shown that its worker could not take
//! back first:
//!
//! - *Where a task was submitted* is good for ever. The worker writes it down when the task begins, and what was there
//!   before when it ends: two plain stores to a place of its own.
//! - *A name* is the block's. It is shown under a lock, which the worker takes again before the task is settled: while the
//!   lock is held, the block is there. Only tasks that have a name pay for that; the name cost an allocation anyway.
//! - *A token* is shown under the same lock, when a job first asks for its own. Then it is known that a task that asks for
//!   its token after the request to stop is told, and one that asked before is found.

use super::header::Header;
use crate::cancel::CancelToken;
use crate::sync::{Mutex, lock};
use std::cell::RefCell;
use std::panic::Location;
use std::ptr;
use std::sync::Arc;
// std's under loom, too: what is shown by it needs no order.
use std::sync::atomic::{AtomicPtr, Ordering};

/// Where a task was submitted, or null.
type Place = AtomicPtr<Location<'static>>;

thread_local! {
    /// Where the innermost task of this thread was submitted. It has no destructor, so that getting at it costs nothing.
    static INNERMOST: Place = const { AtomicPtr::new(ptr::null_mut()) };
    /// Who is shown what else there is, if this thread is a worker.
    static SHOWN: RefCell<Option<Arc<Shown>>> = const { RefCell::new(None) };
}

/// What one worker shows.
pub(crate) struct Shown(Mutex<Details>);

struct Details {
    /// The worker's `INNERMOST`; null before it has begun and after it has left.
    innermost: *const Place,
    /// The running tasks with names, the innermost last.
    named: Vec<*const Header>,
    /// The tokens of the running tasks that have asked for one, the innermost last.
    tokens: Vec<CancelToken>,
    /// Whether tasks are to stop. Never cleared.
    stop: bool,
}

// SAFETY: the pointers are used under the lock, and the worker takes each back under it before what it points to goes.
unsafe impl Send for Details {}

/// A task, as others see it.
pub(crate) struct Seen {
    pub(crate) name: Option<String>,
    pub(crate) location: &'static Location<'static>,
}

impl Shown {
    pub(crate) fn new() -> Self {
        let (named, tokens) = (Vec::new(), Vec::new());
        Shown(Mutex::new(Details { innermost: ptr::null(), named, tokens, stop: false }))
    }

    /// Shows what runs on this thread, until what is returned is dropped.
    pub(crate) fn begin(self: &Arc<Self>) -> Showing {
        lock(&self.0).innermost = INNERMOST.with(|place| &raw const *place);
        SHOWN.set(Some(self.clone()));
        Showing(())
    }

    /// What runs on the worker: the innermost task first, then those that have a name of the ones that wait for it there.
    pub(crate) fn tasks(&self) -> Vec<Seen> {
        let details = lock(&self.0);
        // SAFETY: the worker is there, with all its thread-local variables, until it has set this to null.
        let place = unsafe { details.innermost.as_ref() }.map(|place| place.load(Ordering::Relaxed));
        // SAFETY: only what `run` has written is there, and null.
        let place = place.and_then(|place| unsafe { place.as_ref() });
        // SAFETY: none is settled before its worker has taken it out, so the blocks are there.
        let named = details.named.iter().rev().map(|task| unsafe { &**task });
        let named: Vec<Seen> = named
            .map(|task| Seen { name: task.name().map(str::to_owned), location: task.location() })
            .collect();
        drop(details);
        let is_named = |place| named.first().is_some_and(|task| ptr::eq(task.location, place));
        let innermost = place.filter(|place| !is_named(*place));
        innermost.map(|location| Seen { name: None, location }).into_iter().chain(named).collect()
    }

    /// Asks whatever runs on the worker, now or later, to stop.
    pub(crate) fn request_stop(&self) {
        let tokens = {
            let mut details = lock(&self.0);
            details.stop = true;
            details.tokens.clone()
        };
        tokens.iter().for_each(CancelToken::cancel);
    }

    /// Shows a token; whether it is to be cancelled.
    pub(super) fn add_token(&self, token: &CancelToken) -> bool {
        let mut details = lock(&self.0);
        details.tokens.push(token.clone());
        details.stop
    }

    /// Takes the token of the innermost task that has one back.
    fn remove_token(&self) {
        let token = lock(&self.0).tokens.pop();
        debug_assert!(token.is_some(), "taken back by who has shown it");
    }
}

/// As long as this is there, the thread that made it is shown.
pub(crate) struct Showing(());

impl Drop for Showing {
    fn drop(&mut self) {
        with_shown(|shown| lock(&shown.0).innermost = ptr::null());
        SHOWN.take();
    }
}

/// Calls `f` if this thread is shown.
fn with_shown<R>(f: impl FnOnce(&Shown) -> R) -> Option<R> {
    // A thread that ends runs tasks in its destructors, perhaps: it is not shown any more.
    SHOWN.try_with(|shown| shown.borrow().as_deref().map(f)).ok().flatten()
}

/// Runs the job of a claimed task, and shows it meanwhile. True if the job panicked.
///
/// # Safety
/// As for [`Header::run`].
#[inline(always)]
pub(super) unsafe fn run(task: *const Header) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        match (*task).plain_location() {
            Some(place) => run_at(place, task),
            None => run_named(task),
        }
    }
}

/// # Safety
/// As for [`run`].
#[inline(always)]
unsafe fn run_at(place: &'static Location<'static>, task: *const Header) -> bool {
    let place = ptr::from_ref(place).cast_mut();
    let outer = INNERMOST.with(|innermost| {
        let outer = innermost.load(Ordering::Relaxed);
        innermost.store(place, Ordering::Relaxed);
        outer
    });
    // SAFETY: the caller's promise. A job's panic is caught in there.
    let failed = unsafe { Header::run(task) };
    INNERMOST.with(|innermost| innermost.store(outer, Ordering::Relaxed));
    failed
}

/// # Safety
/// As for [`run`].
#[cold]
#[inline(never)]
unsafe fn run_named(task: *const Header) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let shows = (*task).name().is_some();
        if shows {
            with_shown(|shown| lock(&shown.0).named.push(task));
        }
        let failed = run_at((*task).location(), task);
        if shows {
            with_shown(|shown| lock(&shown.0).named.pop());
        }
        failed
    }
}

/// The innermost task has asked for its token: shows it. It is cancelled if tasks here are to stop.
pub(super) fn token_made(token: &CancelToken) {
    if with_shown(|shown| shown.add_token(token)) == Some(true) {
        token.cancel();
    }
}

/// The innermost task, which has asked for its token, has run.
pub(super) fn token_done() {
    with_shown(Shown::remove_token);
}
