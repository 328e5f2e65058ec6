//! A task whose job is done by another process.

use super::shared::Shared;
use crate::cancel::{CancelToken, Listen, Reason};
use crate::job::{Answer, Fault, PortableJob};
use crate::panics::{Payload, drop_quietly};
use crate::sync::{Mutex, lock};
use crate::task::{Broken, Elsewhere, ErrorKind, Promised, Runner, Spawned, message_of};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

/// A task whose job is away, of whatever type.
pub(super) trait Away: Send + Sync {
    /// It has begun; false if it has been cancelled. Runs no code of the user's.
    fn start(&self) -> bool;

    /// Whether its answer is awaited still: if not, nobody is to do its job.
    fn is_open(&self) -> bool;

    /// Brings the answer. Before anybody can see it, `count` is told whether it is a value; it is not if nobody can.
    fn answer(&self, answer: Result<Answer<'_>, Elsewhere>, count: &dyn Fn(bool));

    /// Ends it as one whose pool broke.
    fn break_off(&self, broken: Broken);

    /// Ends it as Cancelled.
    fn cancel(&self);

    /// Ends it as one that was refused.
    fn reject(&self);

    /// Where its job is, for who wants to stop it.
    fn place(&self) -> &Place;

    /// Where it was submitted, and its name.
    fn about(&self) -> (Option<&str>, &'static Location<'static>);
}

/// Where a job is: nowhere but in the queue, or with a worker. Written under the pool's lock.
#[derive(Default)]
pub(super) struct Place(AtomicU64);

/// Bits of the number of a worker's job; the rest is the worker's, and one.
const JOB_BITS: u32 = 48;

impl Place {
    pub(super) fn set(&self, seat: usize, job: u64) {
        self.0.store((seat as u64 + 1) << JOB_BITS | job, Ordering::Relaxed);
    }

    pub(super) fn clear(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// The worker, and the number of the job there.
    pub(super) fn get(&self) -> Option<(usize, u64)> {
        let place = self.0.load(Ordering::Relaxed);
        let seat = (place >> JOB_BITS).checked_sub(1)?;
        Some((seat as usize, place & ((1 << JOB_BITS) - 1)))
    }
}

/// A task whose job is away.
pub(super) struct Sent<J: PortableJob> {
    pool: Weak<Shared>,
    place: Place,
    name: Option<String>,
    location: &'static Location<'static>,
    /// Until the task is settled.
    promise: Mutex<Option<Promised<J::Output>>>,
}

impl<J: PortableJob> Sent<J> {
    /// The job has been packed: here it goes.
    pub(super) fn new(
        pool: &Arc<Shared>,
        runner: Runner<J>,
        location: &'static Location<'static>,
    ) -> Arc<Self> {
        let name = runner.name().map(str::to_owned);
        let promise = Promised::instead_of(runner);
        let sent = Arc::new(Sent {
            pool: Arc::downgrade(pool),
            place: Place::default(),
            name,
            location,
            promise: Mutex::new(None),
        });
        let weak: Weak<Self> = Arc::downgrade(&sent);
        let token = CancelToken::telling(weak.clone());
        // Whoever ends the task from here on finds the promise under the lock, or is waited for by it.
        let mut place = lock(&sent.promise);
        let hung = promise.hang(weak, token);
        if hung {
            *place = Some(promise);
        } else {
            promise.cancel(); // born cancelled
        }
        drop(place);
        sent
    }

    fn take(&self) -> Option<Promised<J::Output>> {
        lock(&self.promise).take()
    }

    /// Nobody wants the answer any more: the job is taken back, or its worker ended.
    fn stop(&self) {
        // Without the promise there is nothing to stop: the task has just been answered.
        let Some(promise) = self.take() else { return };
        // First: what follows the task's end may wait for what the worker would do next.
        if let Some(pool) = self.pool.upgrade() {
            pool.stop(self.place(), J::IS_BATCH);
        }
        promise.cancel();
    }
}

impl<J: PortableJob> Away for Sent<J> {
    fn start(&self) -> bool {
        lock(&self.promise).as_mut().is_some_and(|promise| promise.is_started() || promise.start())
    }

    fn is_open(&self) -> bool {
        lock(&self.promise).as_ref().is_some_and(|promise| !promise.is_settled())
    }

    fn answer(&self, answer: Result<Answer<'_>, Elsewhere>, count: &dyn Fn(bool)) {
        let Some(promise) = self.take() else { return };
        let answer = answer.and_then(|answer| {
            // The user's `Deserialize` may panic.
            catch_unwind(AssertUnwindSafe(|| J::unpack(answer)))
                .unwrap_or_else(|panic| Err(Fault::Output(message_of(panic))))
                .map_err(Elsewhere::from)
        });
        count(answer.is_ok());
        let answer = answer.map_err(|failure| Box::new(failure) as Payload);
        if let Err(unwanted) = promise.settle(answer) {
            drop_quietly(|| drop(unwanted));
        }
    }

    fn break_off(&self, broken: Broken) {
        if let Some(promise) = self.take() {
            let _ = promise.settle(Err(Box::new(broken)));
        }
    }

    fn cancel(&self) {
        if let Some(promise) = self.take() {
            promise.cancel();
        }
    }

    fn reject(&self) {
        if let Some(promise) = self.take() {
            promise.reject();
        }
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn about(&self) -> (Option<&str>, &'static Location<'static>) {
        (self.name.as_deref(), self.location)
    }
}

/// It was cancelled, or its time was over, before it began.
impl<J: PortableJob> Spawned for Sent<J> {
    fn settled(&self) {
        self.stop();
    }

    fn may_help(&self) -> bool {
        false
    }
}

/// It runs, and is to stop.
impl<J: PortableJob> Listen for Sent<J> {
    fn cancelled(&self, _: Reason) {
        self.stop();
    }
}

impl From<Fault> for Elsewhere {
    fn from(fault: Fault) -> Self {
        use crate::task::Part;
        let kind = match fault {
            Fault::Arguments(message) => ErrorKind::NotSerializable { part: Part::Arguments, message },
            Fault::Output(message) => ErrorKind::NotSerializable { part: Part::Output, message },
            Fault::Unknown(message) => ErrorKind::UnknownFunction { message },
            Fault::TooLarge { bytes, message } => ErrorKind::TooLarge { bytes, message },
            Fault::Panicked(message) => ErrorKind::Panicked { message },
        };
        Elsewhere::new(kind)
    }
}
