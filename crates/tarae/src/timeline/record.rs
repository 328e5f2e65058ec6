//! What was recorded.

use super::clock::Scale;
use super::lane::{Kind, Lane, Slot};
use std::fmt;
use std::panic::Location;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What ran when, on which thread: what [`Recording::finish`](super::Recording::finish) gives.
#[derive(Clone, Debug)]
pub struct Timeline {
    length: Duration,
    threads: Vec<Thread>,
}

/// What one thread did.
#[derive(Clone, Debug)]
pub struct Thread {
    /// The thread's name, which for a worker is its pool's name and its number; its id if it has none.
    pub name: String,
    /// In the order they began. They follow each other, or the later one is inside the earlier one.
    pub events: Vec<Event>,
    /// How many there was no room for.
    pub dropped: usize,
}

/// A task that was run, or a time that was spent waiting for one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// The task's name, if it has one.
    pub name: Option<String>,
    /// Where the task was submitted; `None` for a wait for whichever of several is done first, or for a scope.
    pub location: Option<&'static Location<'static>>,
    /// When it began, from the start of the recording.
    pub start: Duration,
    /// When it ended; the end of the recording if it went on then.
    pub end: Duration,
    /// How many others on this thread it is inside of: a job that waits for a task may run that itself.
    pub depth: usize,
    /// Whether the thread waited for the task, and did not run it.
    pub is_wait: bool,
    /// Whether it went on when the recording ended.
    pub is_open: bool,
    /// Whether the job panicked.
    pub panicked: bool,
    /// Whether a worker took it out of another worker's queue.
    pub stolen: bool,
}

impl Timeline {
    pub(super) fn new(lanes: &[Arc<Lane>], scale: &Scale) -> Self {
        let mut threads: Vec<Thread> = lanes.iter().map(|lane| Thread::new(lane, scale)).collect();
        threads.sort_by(|a, b| natural(&a.name).cmp(&natural(&b.name)));
        Timeline { length: scale.length(), threads }
    }

    /// How long it was recorded.
    pub fn length(&self) -> Duration {
        self.length
    }

    /// What each thread did that has run a task, or waited for one. Sorted by name, numbers by their values.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// All tasks that were run, thread by thread.
    pub fn tasks(&self) -> impl Iterator<Item = &Event> {
        self.threads.iter().flat_map(|thread| &thread.events).filter(|event| !event.is_wait)
    }

    /// How many tasks and waits are missing, since there was no room for more of a thread's: its latest ones.
    pub fn dropped(&self) -> usize {
        self.threads.iter().map(|thread| thread.dropped).sum()
    }
}

impl Thread {
    fn new(lane: &Lane, scale: &Scale) -> Self {
        let mut events: Vec<Event> = Vec::new();
        // Those that the next one may be inside of.
        let mut around: Vec<usize> = Vec::new();
        for slot in lane.slots() {
            let mut event = Event::new(slot, scale);
            while around
                .last()
                .is_some_and(|&outer| events[outer].end <= event.start && !events[outer].is_open)
            {
                around.pop();
            }
            event.depth = around.len();
            // The clocks of two cores may differ by a little.
            if let Some(&outer) = around.last() {
                event.end = event.end.min(events[outer].end);
            }
            around.push(events.len());
            events.push(event);
        }
        Thread { name: lane.thread.clone(), events, dropped: lane.dropped() }
    }

    /// How long it ran tasks, without the times that it waited inside them.
    pub fn busy(&self) -> Duration {
        let mut busy = Duration::ZERO;
        let mut task: Option<&Event> = None;
        let mut waited: Option<&Event> = None;
        for event in &self.events {
            if event.depth == 0 {
                busy += if event.is_wait { Duration::ZERO } else { event.end - event.start };
                task = (!event.is_wait).then_some(event);
            } else if event.is_wait && task.is_some() && waited.is_none_or(|wait| wait.end <= event.start) {
                busy = busy.saturating_sub(event.end - event.start);
                waited = Some(event);
            }
        }
        busy
    }
}

impl Event {
    fn new(slot: &Slot, scale: &Scale) -> Self {
        let (start, end) = (scale.time(slot.start), slot.end());
        Event {
            name: slot.name.as_deref().map(str::to_owned),
            location: slot.location,
            start,
            end: end.map_or(scale.length(), |(end, _)| scale.time(end)).max(start),
            depth: 0,
            is_wait: matches!(slot.kind, Kind::Wait | Kind::WaitForAny),
            is_open: end.is_none(),
            panicked: end.is_some_and(|(_, failed)| failed),
            stolen: slot.kind == Kind::Stolen,
        }
    }

    /// The task's name, or else the file and line of its submit.
    pub fn label(&self) -> impl fmt::Display {
        fmt::from_fn(|f| match (&self.name, self.location) {
            (Some(name), _) => f.write_str(name),
            (None, Some(location)) => {
                let file = Path::new(location.file()).file_name().unwrap_or_default();
                write!(f, "{}:{}", file.display(), location.line())
            }
            (None, None) => f.write_str("one of several"),
        })
    }
}

/// What names are sorted by, so that 10 comes after 9.
fn natural(name: &str) -> (&str, u64, &str) {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem, name[stem.len()..].parse().unwrap_or(u64::MAX), name)
}
