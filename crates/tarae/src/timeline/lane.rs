//! What one thread records: written by that thread without a lock, read by whoever ends the recording.
//!
//! A slot is written once, before the length that includes it is published; nothing in it changes after that but the time
//! of its end, which is atomic. So who has read the length may read all slots below it, while the thread goes on.

use super::clock::ticks;
use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::Location;
use std::sync::Arc;
// std's under loom, too: nothing that is checked there depends on it.
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What a thread did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It ran a task.
    Task,
    /// It ran one that a worker took out of another worker's queue.
    Stolen,
    /// It waited for a task.
    Wait,
    /// It waited for the next of several tasks, or for the end of a scope.
    WaitForAny,
}

/// Something that a thread did, or does.
pub(super) struct Slot {
    pub(super) kind: Kind,
    pub(super) name: Option<Box<str>>,
    pub(super) location: Option<&'static Location<'static>>,
    pub(super) start: u64,
    /// Zero as long as it goes on; with [`FAILED`] if it panicked.
    end: AtomicU64,
}

/// Set in a slot's end.
const FAILED: u64 = 1 << 63;

impl Slot {
    /// When it ended, and whether it panicked; `None` if it goes on.
    pub(super) fn end(&self) -> Option<(u64, bool)> {
        let end = self.end.load(Ordering::Relaxed);
        (end != 0).then_some((end & !FAILED, end & FAILED != 0))
    }
}

/// What one thread has recorded.
pub(super) struct Lane {
    pub(super) thread: String,
    slots: Box<[UnsafeCell<MaybeUninit<Slot>>]>,
    /// How many slots are written. They stay as they are.
    len: AtomicUsize,
    /// How many there was no room for.
    dropped: AtomicUsize,
}

// SAFETY: slots below `len` are only read, by whoever has loaded that with acquire order; the others are touched by the one
// `Writer` alone, which stays on its thread. What is in a slot is `Send` and `Sync`.
unsafe impl Sync for Lane {}
// SAFETY: as above.
unsafe impl Send for Lane {}

impl Lane {
    /// What has been recorded by now.
    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        (0..self.len.load(Ordering::Acquire)).filter_map(|index| self.slot(index))
    }

    /// The slot of that number, if it has been written.
    fn slot(&self, index: usize) -> Option<&Slot> {
        if index >= self.len.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: it was written before that length was published.
        self.slots.get(index).map(|slot| unsafe { (*slot.get()).assume_init_ref() })
    }

    pub(super) fn dropped(&self) -> usize {
        self.dropped.load(Ordering::Relaxed)
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let len = *self.len.get_mut();
        for slot in &mut self.slots[..len] {
            // SAFETY: written, and dropped once.
            unsafe { slot.get_mut().assume_init_drop() };
        }
    }
}

/// The right to write a lane: one thread has it.
pub(super) struct Writer {
    lane: Arc<Lane>,
    /// Not to be sent, nor shared.
    thread: PhantomData<*const ()>,
}

impl Writer {
    /// A new lane, with room for so much.
    pub(super) fn new(thread: String, room: usize) -> (Self, Arc<Lane>) {
        let slots = (0..room).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect();
        let (len, dropped) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let lane = Arc::new(Lane { thread, slots, len, dropped });
        (Writer { lane: lane.clone(), thread: PhantomData }, lane)
    }

    /// Something begins; gives its number. `None` if there is no room.
    pub(super) fn begin(
        &self,
        kind: Kind,
        name: Option<&str>,
        location: Option<&'static Location<'static>>,
    ) -> Option<usize> {
        let index = self.lane.len.load(Ordering::Relaxed);
        let Some(slot) = self.lane.slots.get(index) else {
            self.lane.dropped.store(self.lane.dropped.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
            return None;
        };
        let name = name.map(Box::from);
        let new = Slot { kind, name, location, start: ticks(), end: AtomicU64::new(0) };
        // SAFETY: nobody reads it before the length says that it is there, and only we write.
        unsafe { (*slot.get()).write(new) };
        self.lane.len.store(index + 1, Ordering::Release);
        Some(index)
    }

    /// What `begin` gave that number ends.
    pub(super) fn end(&self, index: usize, failed: bool) {
        if let Some(slot) = self.lane.slot(index) {
            slot.end.store(ticks().max(1) | if failed { FAILED } else { 0 }, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let (writer, lane) = Writer::new("t".into(), 2);
        let begun = [(); 5].map(|()| writer.begin(Kind::Task, Some("a name"), None));
        assert_eq!(begun, [Some(0), Some(1), None, None, None]);
        assert_eq!((lane.slots().count(), lane.dropped()), (2, 3));
    }

    #[test]
    fn it_is_read_while_its_thread_goes_on_and_after_that_has_ended() {
        const TASKS: usize = if cfg!(miri) { 50 } else { 10_000 };
        let (send, receive) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let (writer, lane) = Writer::new("t".into(), TASKS);
            send.send(lane).unwrap();
            for n in 0..TASKS {
                let index = writer.begin(Kind::Task, Some(&n.to_string()), None).unwrap();
                writer.end(index, n % 2 == 1);
            }
        });
        let lane = receive.recv().unwrap();
        let check = || {
            let mut read = 0;
            for (n, slot) in lane.slots().enumerate() {
                assert_eq!(slot.name.as_deref(), Some(&*n.to_string()));
                if let Some((end, failed)) = slot.end() {
                    assert!(end >= slot.start);
                    assert_eq!(failed, n % 2 == 1);
                }
                read += 1;
            }
            read
        };
        while !thread.is_finished() {
            check();
        }
        thread.join().unwrap();
        assert_eq!(check(), TASKS);
    }
}
