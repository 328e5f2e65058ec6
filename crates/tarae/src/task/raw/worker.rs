//! The worker that this thread is: what tasks see of it that run there, and whether it may run others while it waits.

use super::count::Count;
use super::header::Header;
use super::runner::Erased;
use crate::sync::thread_local;
use std::cell::Cell;
use std::ptr::{self, NonNull};

thread_local! {
    /// The worker that this thread is.
    static WORKER: Cell<Option<AtWork>> = const { Cell::new(None) };
    /// How many tasks this worker has claimed and left in its queue, below others: about, since they leave in other ways, too.
    static LEFT_BEHIND: Cell<usize> = const { Cell::new(0) };
}

/// A worker of a pool, as tasks see it that run on its thread.
///
/// It counts what its jobs submit, and what it runs.
pub(crate) trait Worker: Count {
    /// What the other workers of its pool do.
    fn others(&self) -> Others;

    /// Takes a task that is submitted by a job it runs.
    fn submit(&self, task: Erased);

    /// Takes a task without counting it.
    fn push(&self, task: Erased);

    /// Counts a task that it was given by `push`, and another worker has taken.
    fn count_submitted(&self);

    /// Its pool's name, and its number there.
    #[cfg(feature = "tracing")]
    fn seat(&self) -> Option<(&str, usize)> {
        None
    }

    /// Gives back what it took last, if nobody else has that by now.
    fn pop(&self) -> Option<Erased>;

    /// Takes what it has just given back, and sees to it that it is found: meanwhile others saw it nowhere.
    fn put_back(&self, task: Erased);
}

/// What the other workers of an executor do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// There are none.
    None,
    /// All have something to do, or wait; or nobody knows.
    Busy,
    /// One has nothing to do: it begins whatever is in the queues.
    Idle,
}

#[derive(Clone, Copy)]
struct AtWork {
    /// Tells pools apart.
    pool: *const (),
    worker: NonNull<dyn Worker>,
}

/// Runs `f` as a worker of a pool, which is known by an address: what `f` waits for and nobody has begun, it runs itself.
pub(crate) fn work<W: Worker + 'static, P>(worker: &W, pool: *const P, f: impl FnOnce()) {
    struct Restore(Option<AtWork>);
    impl Drop for Restore {
        fn drop(&mut self) {
            WORKER.with(|worker| worker.set(self.0));
        }
    }
    let at_work = AtWork { pool: pool.cast(), worker: NonNull::from(worker) };
    let _restore = Restore(WORKER.with(|worker| worker.replace(Some(at_work))));
    f();
}

/// What the worker that this thread is says to `f`.
#[inline]
fn with_worker<R>(f: impl FnOnce(&dyn Worker) -> R) -> Option<R> {
    // SAFETY: set by `work`, which borrows the worker until it takes the pointer back.
    WORKER.with(Cell::get).map(|at_work| f(unsafe { at_work.worker.as_ref() }))
}

/// Calls `f` with the name of the pool that has this thread, and with the worker's number in it.
#[cfg(feature = "tracing")]
pub(super) fn with_seat<R>(f: impl FnOnce(Option<&str>, Option<usize>) -> R) -> R {
    let at_work = WORKER.with(Cell::get);
    // SAFETY: as above.
    let seat = at_work.as_ref().and_then(|at_work| unsafe { at_work.worker.as_ref() }.seat());
    f(seat.map(|(pool, _)| pool), seat.map(|(_, worker)| worker))
}

/// A worker of an executor that knows nothing of tasks.
struct Foreign(Others);

impl Worker for Foreign {
    fn others(&self) -> Others {
        in_rayon().unwrap_or(self.0)
    }

    fn submit(&self, _: Erased) {
        unreachable!("no pool of ours has its address");
    }

    fn push(&self, _: Erased) {
        unreachable!("no pool of ours has its address");
    }

    fn count_submitted(&self) {}

    fn pop(&self) -> Option<Erased> {
        None
    }

    fn put_back(&self, _: Erased) {
        unreachable!("it gives nothing back");
    }
}

impl Count for Foreign {
    fn ran(&self, _: bool) {}

    fn cancelled(&self) {}

    fn lent(&self, task: Erased) -> Option<Erased> {
        Some(task)
    }
}

/// The worker that this thread is counts a task that it has helped to its end, if it was its own.
pub(super) struct Helped {
    pub(super) own: bool,
}

impl Count for Helped {
    #[inline(always)]
    fn ran(&self, panicked: bool) {
        if self.own {
            with_worker(|worker| worker.ran(panicked));
        }
    }

    fn cancelled(&self) {
        if self.own {
            with_worker(|worker| worker.cancelled());
        }
    }

    fn lent(&self, task: Erased) -> Option<Erased> {
        with_worker(|worker| worker.lent(task)).flatten()
    }
}

/// Runs `run` on a thread that is a worker meanwhile, and may be none after that; `others` is what can be said of those
/// beside it.
///
/// Whoever runs a task is one, whatever executor it runs it for: what its job waits for may stand behind the job in the
/// one queue.
#[inline]
pub(crate) fn as_worker(others: Others, run: impl FnOnce()) {
    if WORKER.with(Cell::get).is_some() {
        run();
    } else {
        work(&Foreign(others), ptr::null::<()>(), run);
    }
}

/// What the other workers do, as far as can be known.
pub(super) fn others() -> Others {
    with_worker(|worker| worker.others()).or_else(in_rayon).unwrap_or(Others::Busy)
}

/// Whether this thread may run the task it waits for.
#[inline]
pub(crate) fn is_worker() -> bool {
    WORKER.with(Cell::get).is_some() || in_rayon().is_some()
}

/// On a thread of a rayon pool, what its others do. It is a worker also where rayon has it run something else than a task
/// (`install`, `join`, a parallel iterator): the task may stand in its own queue.
#[cfg(feature = "rayon")]
fn in_rayon() -> Option<Others> {
    rayon_core::current_thread_index()?;
    Some(if rayon_core::current_num_threads() == 1 { Others::None } else { Others::Busy })
}

#[cfg(not(feature = "rayon"))]
fn in_rayon() -> Option<Others> {
    None
}

/// Whether this thread runs tasks, of whatever executor.
#[inline(always)]
pub(crate) fn is_at_work() -> bool {
    WORKER.with(|worker| worker.get().is_some())
}

/// Whether this thread is a worker of that pool.
#[inline]
pub(crate) fn is_worker_of<P>(pool: *const P) -> bool {
    WORKER.with(Cell::get).is_some_and(|at_work| at_work.pool == pool.cast())
}

/// Hands a task to the worker that this thread is; gives it back if that is none of the pool's.
#[inline]
pub(crate) fn submit_own<P>(pool: *const P, task: Erased) -> Option<Erased> {
    if !is_worker_of(pool) {
        return Some(task);
    }
    with_worker(|worker| worker.submit(task));
    None
}

/// The same for a task that counts only if another worker takes it: see [`count_submitted`].
#[inline]
pub(super) fn push_own<P>(pool: *const P, task: Erased) -> Option<Erased> {
    if !is_worker_of(pool) {
        return Some(task);
    }
    with_worker(|worker| worker.push(task));
    None
}

/// A task that was given to `push_own` has been taken by another worker.
#[cold]
pub(super) fn count_submitted() {
    with_worker(|worker| worker.count_submitted());
}

/// Takes the runner's half of a task out of the queue of the worker that this thread is; true if it was the latest there,
/// and the caller is its runner from now on. Those after it that somebody else has begun or cancelled leave on the way: a
/// job that submits and waits, again and again, would leave one behind each time. So do those before it, if this worker has
/// left any there: a job that submits two and waits for the first one first would leave that behind each time.
///
/// # Safety
/// The caller has claimed the task.
pub(super) unsafe fn take_back(task: *const Header) -> bool {
    let mut found = false;
    while !found || LEFT_BEHIND.with(Cell::get) > 0 {
        let Some(Some(latest)) = with_worker(|worker| worker.pop()) else {
            LEFT_BEHIND.with(|left| left.set(0));
            break;
        };
        if latest.is(task) {
            let _ = latest.into_raw();
            found = true;
        } else if latest.is_pending() {
            with_worker(|worker| worker.put_back(latest));
            if !found {
                LEFT_BEHIND.with(|left| left.set(left.get() + 1));
            }
            break;
        } else {
            latest.run_counted(&Helped { own: true }); // nothing to run: it leaves
            LEFT_BEHIND.with(|left| left.set(left.get().saturating_sub(1)));
        }
    }
    found
}

/// Takes the runner's half of a task out of the queue of the worker that this thread is, from below what was pushed after
/// it; false if somebody else has it.
///
/// # Safety
/// It was pushed on this thread.
#[inline]
pub(super) unsafe fn dig_out(task: *const Header) -> bool {
    match with_worker(|worker| worker.pop()) {
        Some(Some(latest)) if latest.is(task) => {
            let _ = latest.into_raw();
            true
        }
        Some(Some(latest)) => dig_deeper(task, latest),
        _ => false,
    }
}

/// The job before it has left submits behind: that is rare.
#[cold]
#[inline(never)]
fn dig_deeper(task: *const Header, latest: Erased) -> bool {
    let mut above = vec![latest];
    let found = loop {
        match with_worker(|worker| worker.pop()) {
            Some(Some(next)) if next.is(task) => {
                let _ = next.into_raw();
                break true;
            }
            Some(Some(next)) => above.push(next),
            _ => break false,
        }
    };
    // In the order they were; what is none any more leaves.
    for task in above.into_iter().rev() {
        if task.is_pending() {
            with_worker(|worker| worker.put_back(task));
        } else {
            task.run_counted(&Helped { own: true });
        }
    }
    found
}
