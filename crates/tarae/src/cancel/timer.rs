//! The one thread that waits for deadlines.
//!
//! ```text
//! schedule(at, what) ──▶ queue, the next deadline first ──▶ the thread sleeps until then ──▶ what.expire()
//!        │                 ▲
//!        └──▶ Scheduled ───┘ dropped: the entry is taken off
//! ```
//!
//! The thread is started for the first deadline. It sleeps exactly until the next one, and ends soon after the last. An
//! entry costs a place in a tree of them, O(log n) to add and to take off.
//!
//! What is written here with std's lock and not with `crate::sync`'s is a clock and a static, and loom has neither. One
//! lock guards all there is; `expire` runs without it, and what is dropped is dropped without it.

use crate::panics::drop_quietly;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// What has a deadline.
pub(crate) trait Expire: Send + Sync {
    /// The deadline has passed. Called on the timer's thread, so it should be quick: other deadlines wait. A panic in it
    /// is reported by the panic hook and goes no further.
    fn expire(self: Arc<Self>);
}

/// Lets `what` expire at that moment, if it is still there then; dropping what is returned takes it off.
///
/// A moment that has passed is no exception: it expires soon, on the timer's thread.
///
/// # Panics
/// If the timer's thread must be started, and the system does not start one. Nothing is scheduled then, and whoever asks
/// next tries again. To go on without the deadline would be to wait for ever in silence.
pub(crate) fn schedule(at: Instant, what: Weak<dyn Expire>) -> Scheduled {
    TIMER.schedule(at, what).unwrap_or_else(|error| {
        panic!("a deadline needs the thread `tarae-timer`, which could not be started: {error}")
    })
}

/// The same for who can do without.
#[cfg(feature = "process")]
pub(crate) fn try_schedule(at: Instant, what: Weak<dyn Expire>) -> io::Result<Scheduled> {
    TIMER.schedule(at, what)
}

/// An entry of the timer's, taken off when this is dropped.
#[must_use = "dropping it takes the entry off"]
pub(crate) struct Scheduled(Key);

impl Drop for Scheduled {
    fn drop(&mut self) {
        TIMER.remove(self.0);
    }
}

impl fmt::Debug for Scheduled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scheduled").field(&self.0.0).finish()
    }
}

/// The deadline, and a number that no other entry has.
type Key = (Instant, u64);

/// How long the thread stays when it has nothing to do. So a program with one short deadline after another starts it
/// once, and does not wake it for each.
const LINGER: Duration = Duration::from_millis(100);

static TIMER: Timer = Timer {
    queue: Mutex::new(Queue { entries: BTreeMap::new(), next_number: 0, thread: State::Ended }),
    changed: Condvar::new(),
};

thread_local! {
    static IS_TIMER: Cell<bool> = const { Cell::new(false) };
}

/// Whether this is the thread that waits for deadlines: nothing may take its time here, or wait for a deadline.
pub(crate) fn is_this_thread() -> bool {
    IS_TIMER.get()
}

struct Timer {
    queue: Mutex<Queue>,
    changed: Condvar,
}

struct Queue {
    entries: BTreeMap<Key, Weak<dyn Expire>>,
    next_number: u64,
    thread: State,
}

/// What the thread does.
///
/// | from | to | by |
/// |---|---|---|
/// | `Ended` | `Awake` | `schedule`, which starts it |
/// | `Awake` | `Asleep` | `sleep`: nothing is due |
/// | `Asleep` | `Awake` | `sleep`: it is time, or `wake` |
/// | `Awake` | `Ended` | `run`: it has lingered, and there is no entry |
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is none. Then there is no entry, either.
    Ended,
    /// It looks at the queue again before it sleeps or ends.
    Awake,
    /// Until then, or until it is woken.
    Asleep(Instant),
}

impl Timer {
    fn schedule(&'static self, at: Instant, what: Weak<dyn Expire>) -> io::Result<Scheduled> {
        let mut queue = self.lock();
        match queue.thread {
            State::Ended => {
                // Under the lock: if it fails, nobody has an entry that nobody looks at.
                thread::Builder::new().name("tarae-timer".into()).spawn(|| self.run())?;
                queue.thread = State::Awake;
            }
            State::Asleep(until) if at < until => self.wake(&mut queue),
            State::Asleep(_) | State::Awake => {}
        }
        let key = (at, queue.next_number);
        queue.next_number += 1;
        queue.entries.insert(key, what);
        Ok(Scheduled(key))
    }

    /// Takes an entry off, unless it has expired.
    fn remove(&self, key: Key) {
        let mut queue = self.lock();
        let removed = queue.entries.remove(&key);
        // Not woken for one entry of many: it sleeps until a deadline that is none any more, and then until the next.
        if let State::Asleep(until) = queue.thread
            && queue.entries.is_empty()
            && until > Instant::now() + LINGER
        {
            self.wake(&mut queue);
        }
        drop(queue);
        drop(removed);
    }

    /// Lets the sleeping thread look at the queue.
    fn wake(&self, queue: &mut Queue) {
        queue.thread = State::Awake; // one call is enough
        self.changed.notify_one();
    }

    /// What the thread runs.
    fn run(&self) {
        IS_TIMER.set(true);
        let mut queue = self.lock();
        // When it ends, if there is still no entry then.
        let mut end = None;
        loop {
            let now = Instant::now();
            let until = match queue.entries.first_key_value() {
                Some((&(at, _), _)) if at <= now => {
                    let due = queue.entries.pop_first();
                    drop(queue);
                    if let Some((_, what)) = due
                        && let Some(what) = what.upgrade()
                    {
                        drop_quietly(|| what.expire());
                    }
                    queue = self.lock();
                    continue;
                }
                Some((&(at, _), _)) => {
                    end = None;
                    at
                }
                None => *end.get_or_insert(now + LINGER),
            };
            if until <= now {
                queue.thread = State::Ended;
                return;
            }
            queue = self.sleep(queue, until, now);
        }
    }

    fn sleep<'a>(
        &self,
        mut queue: MutexGuard<'a, Queue>,
        until: Instant,
        now: Instant,
    ) -> MutexGuard<'a, Queue> {
        queue.thread = State::Asleep(until);
        let slept = self.changed.wait_timeout(queue, until - now);
        let (mut queue, _) = slept.unwrap_or_else(PoisonError::into_inner);
        queue.thread = State::Awake;
        queue
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
