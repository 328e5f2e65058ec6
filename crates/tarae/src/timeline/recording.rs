//! Starting and ending a recording, and what each thread keeps of it.

use super::clock::{Moment, Scale};
use super::lane::{Kind, Lane, Writer};
use super::record::Timeline;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
// std's under loom, too: nothing that is checked there depends on it.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The number of the recording that goes on; zero if there is none. All that a task looks at.
static GOING_ON: AtomicUsize = AtomicUsize::new(0);
/// The recording that goes on.
static CURRENT: Mutex<Option<Current>> = Mutex::new(None);

struct Current {
    number: usize,
    start: Moment,
    room: usize,
    lanes: Vec<Arc<Lane>>,
}

/// Nothing panics while it is held.
fn current() -> MutexGuard<'static, Option<Current>> {
    CURRENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many tasks and waits each thread has room for, if nothing else is said: 64 bytes each, which the system gives as
/// they are used.
pub const EVENTS: usize = 1 << 16;

/// Starts recording what runs when, on all threads.
///
/// See the [module](crate::timeline) for an example.
///
/// # Errors
/// If a recording goes on: there is one at a time.
pub fn start() -> Result<Recording, AlreadyRecording> {
    start_with(EVENTS)
}

/// The same with room for so many tasks and waits on each thread. Those that do not fit are counted.
///
/// ```
/// use tarae::prelude::*;
/// use tarae::timeline;
///
/// let recording = timeline::start_with(2)?;
/// (1..=5).try_for_each(|n| Inline.submit(move || n).result().map(drop))?;
/// let timeline = recording.finish();
/// assert_eq!((timeline.tasks().count(), timeline.dropped()), (2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`start`].
pub fn start_with(events: usize) -> Result<Recording, AlreadyRecording> {
    static RECORDINGS: AtomicUsize = AtomicUsize::new(0);
    let mut current = current();
    if current.is_some() {
        return Err(AlreadyRecording);
    }
    let number = RECORDINGS.fetch_add(1, Ordering::Relaxed) + 1;
    *current = Some(Current { number, start: Moment::now(), room: events, lanes: Vec::new() });
    GOING_ON.store(number, Ordering::Relaxed);
    Ok(Recording(()))
}

/// A recording that goes on: [`finish`](Self::finish) it. Dropped, it ends, and what was recorded is gone.
#[must_use = "finish it, or nothing is recorded"]
pub struct Recording(());

impl Recording {
    /// Ends it, and gives what was recorded. What still runs is in it, without an end.
    pub fn finish(self) -> Timeline {
        let current = stop().expect("it goes on until this, or the drop");
        std::mem::forget(self);
        let scale = Scale::new(current.start, Moment::now());
        Timeline::new(&current.lanes, &scale)
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        drop(stop());
    }
}

fn stop() -> Option<Current> {
    let mut current = current();
    GOING_ON.store(0, Ordering::Relaxed);
    current.take()
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recording")
    }
}

/// A recording goes on: there is one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyRecording;

impl fmt::Display for AlreadyRecording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a recording goes on already: finish it before the next one")
    }
}

impl std::error::Error for AlreadyRecording {}

thread_local! {
    /// What this thread records, and in which recording.
    static OWN: RefCell<Option<(usize, Writer)>> = const { RefCell::new(None) };
    /// Whether the next task was taken out of another worker's queue.
    static STOLEN: Cell<bool> = const { Cell::new(false) };
}

/// Something that has begun, on this thread.
pub(crate) struct Open {
    recording: usize,
    index: usize,
}

/// Something begins. `None` if nothing is recorded: that costs one load.
#[inline(always)]
pub(crate) fn begin<'a>(
    kind: Kind,
    what: impl FnOnce() -> (Option<&'a str>, Option<&'static Location<'static>>),
) -> Option<Open> {
    let recording = GOING_ON.load(Ordering::Relaxed);
    if recording == 0 {
        return None;
    }
    let (name, location) = what();
    open(recording, kind, name, location)
}

#[inline(never)]
fn open(
    recording: usize,
    kind: Kind,
    name: Option<&str>,
    location: Option<&'static Location<'static>>,
) -> Option<Open> {
    let kind = if kind == Kind::Task && STOLEN.replace(false) { Kind::Stolen } else { kind };
    // A thread that ends may run tasks in its destructors: they are not recorded.
    let begun = OWN.try_with(|own| {
        let mut own = own.try_borrow_mut().ok()?;
        if own.as_ref().is_none_or(|(number, _)| *number != recording) {
            *own = join_in(recording).map(|writer| (recording, writer));
        }
        own.as_ref()?.1.begin(kind, name, location)
    });
    let index = begun.ok().flatten()?;
    Some(Open { recording, index })
}

/// The first time that a thread has something to record.
#[cold]
fn join_in(recording: usize) -> Option<Writer> {
    let thread = thread::current();
    let name = thread.name().map_or_else(|| format!("{:?}", thread.id()), str::to_owned);
    let mut current = current();
    // It may have ended by now.
    let current = current.as_mut().filter(|current| current.number == recording)?;
    let (writer, lane) = Writer::new(name, current.room);
    current.lanes.push(lane);
    Some(writer)
}

impl Open {
    /// It ends.
    #[cold]
    #[inline(never)]
    pub(crate) fn end(self, failed: bool) {
        let _ = OWN.try_with(|own| {
            if let Ok(own) = own.try_borrow()
                && let Some((recording, writer)) = &*own
                && *recording == self.recording
            {
                writer.end(self.index, failed);
            }
        });
    }
}

/// The next task that begins on this thread was taken out of another worker's queue.
pub(crate) fn mark_stolen() {
    if GOING_ON.load(Ordering::Relaxed) != 0 {
        STOLEN.set(true);
    }
}
