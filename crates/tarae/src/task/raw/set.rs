//! A set of tasks that hands out the settled ones: a slot for each, in memory that stays where it is.

use super::handle::TaskRef;
use super::set_queue::{Queue, Slot};
use super::worker::{self, Others};
use crate::cancel::Deadline;
use crate::sync::spin;
use crate::task::{TaskState, Waitable};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::mem::MaybeUninit;
use std::ptr;
use std::time::Duration;

/// A slot with what was put into it.
#[repr(C)]
struct Entry<W> {
    slot: Slot,
    /// Touched by the set alone; tellers touch `slot`. `None` while the entry is free.
    item: UnsafeCell<Option<W>>,
}

/// Tasks, and those of them that are settled, in the order they were.
pub(crate) struct Set<W: Waitable> {
    /// Raw: tellers have pointers to it. From a box; there until we are dropped.
    queue: *mut Queue,
    /// Allocated by `grow`, each twice as long as the one before; never moved. Raw: tellers have pointers into them.
    chunks: Vec<*mut [MaybeUninit<Entry<W>>]>,
    /// How many entries of the last chunk have been made.
    used: usize,
    free: Vec<*mut Entry<W>>,
    /// Settled, in order: taken from the queue and not handed out yet.
    ready: *const Slot,
    len: usize,
    /// On a worker: what may be run here while waiting. An entry may have been used again since; then that is tried.
    to_help: VecDeque<*mut Entry<W>>,
    /// There are others: pushed elsewhere than on a worker, or left out lest `to_help` grow without end.
    more_to_help: bool,
    /// Whether a worker has waited for it before.
    waited: bool,
    /// Whether idle workers were given time in vain, and nothing was pushed since.
    in_vain: bool,
}

// SAFETY: the set owns its entries and their items; tellers on other threads touch slots as `Queue` says.
unsafe impl<W: Waitable + Send> Send for Set<W> {}

const FIRST_CHUNK: usize = 8;

/// How long idle workers are given to begin the tasks that a worker waits for: many times what waking one takes.
const GRACE: Duration = Duration::from_millis(5);
/// How long a worker that is busy is given to become idle: what it takes from the end of a task to a look at the queues.
/// If all are really busy, each wait in each job costs so much.
const MOMENT: Duration = Duration::from_micros(100);
/// How often.
const GRACES: u32 = 4;

impl<W: Waitable> Set<W> {
    pub(crate) fn new() -> Self {
        Set {
            queue: Box::into_raw(Box::new(Queue::new())),
            chunks: Vec::new(),
            used: 0,
            free: Vec::new(),
            ready: ptr::null(),
            len: 0,
            to_help: VecDeque::new(),
            more_to_help: false,
            waited: false,
            in_vain: false,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    fn queue(&self) -> &Queue {
        // SAFETY: there until we are dropped.
        unsafe { &*self.queue }
    }

    pub(crate) fn push(&mut self, item: W) {
        // Panics for a task that has given its answer away: here, and not with the entry half made.
        item.any_task();
        let entry = self.vacant();
        // SAFETY: the entry is free or new, so nobody else is at it. From `register` on its slot is the teller's; the
        // item is still ours, and neither moves.
        unsafe {
            entry.write(Entry { slot: Slot::new(self.queue), item: UnsafeCell::new(Some(item)) });
            let slot = &raw const (*entry).slot;
            if !task(entry).register(Slot::waiter(slot)) {
                Slot::tell_now(slot);
            }
        }
        self.len += 1;
        self.in_vain = false;
        if worker::is_worker() && self.to_help.len() < FIRST_CHUNK << (self.chunks.len() + 1) {
            self.to_help.push_back(entry);
        } else {
            self.more_to_help = true;
        }
    }

    /// An entry that can be written to.
    fn vacant(&mut self) -> *mut Entry<W> {
        if let Some(entry) = self.free.pop() {
            return entry;
        }
        if self.chunks.last().is_none_or(|chunk| self.used == chunk.len()) {
            let len = self.chunks.last().map_or(FIRST_CHUNK, |chunk| chunk.len() * 2);
            self.chunks.push(Box::into_raw(Box::new_uninit_slice(len)));
            self.used = 0;
        }
        let chunk = *self.chunks.last().expect("made above");
        self.used += 1;
        // SAFETY: within the chunk.
        unsafe { chunk.cast::<Entry<W>>().add(self.used - 1) }
    }

    /// Whether one is settled that was not handed out.
    #[inline]
    pub(crate) fn has_settled_one(&self) -> bool {
        !self.ready.is_null() || self.queue().has_some()
    }

    /// One that is settled, if there is one.
    pub(crate) fn pop(&mut self) -> Option<W> {
        if self.ready.is_null() {
            self.ready = self.queue().take();
        }
        if self.ready.is_null() {
            return None;
        }
        let entry = self.ready.cast::<Entry<W>>().cast_mut();
        self.len -= 1;
        // SAFETY: the slot was taken from the queue: its teller has done with it, and the whole entry is ours.
        unsafe {
            self.ready = Queue::next_of(self.ready);
            let item = (*(*entry).item.get()).take();
            self.free.push(entry);
            item
        }
    }

    /// Waits until one is settled, or the deadline; whether one is. On a worker that may wait for ever, runs one that
    /// nobody has begun to run.
    pub(crate) fn wait(&mut self, deadline: Deadline) -> bool {
        if !self.ready.is_null() {
            return true;
        }
        if deadline == Deadline::NEVER
            && worker::is_worker()
            && (self.more_to_help || !self.to_help.is_empty())
        {
            if self.others_end_one() {
                return true;
            }
            if std::mem::take(&mut self.more_to_help) {
                self.to_help = self.occupied().into();
            }
            while let Some(entry) = self.to_help.pop_front() {
                // SAFETY: entries are never freed before the set is; an item is touched by us alone.
                let helped =
                    unsafe { (*(*entry).item.get()).as_ref().is_some_and(|item| item.any_task().0.help()) };
                if helped {
                    return true;
                }
            }
        }
        self.queue().wait(deadline)
    }

    /// Waits as long as other workers begin what can be begun; whether one is settled. So this one does not bind itself to
    /// one of several, of which another may end first. When all others are busy, and may be waiting as this one does, it
    /// must.
    fn others_end_one(&mut self) -> bool {
        // A worker that has just ended something is idle in a moment.
        let mut patient = !std::mem::replace(&mut self.waited, true);
        // Bounded: what nobody begins though somebody is idle, waits in the queues of another pool; or there is only said to
        // be somebody.
        for _ in 0..if self.in_vain { 0 } else { GRACES } {
            let grace = match worker::others() {
                Others::Idle => GRACE,
                Others::Busy if patient => {
                    patient = false;
                    MOMENT
                }
                Others::Busy | Others::None => return false,
            };
            if self.queue().wait(Deadline::from(grace)) {
                return true;
            }
            if self.is_all_begun() {
                return false;
            }
        }
        self.in_vain = true;
        false
    }

    /// Whether nothing in the set is pending.
    fn is_all_begun(&self) -> bool {
        let mut begun = true;
        self.for_each(|item| begun &= item.any_task().0.word().state() != TaskState::Pending);
        begun
    }

    /// All entries that hold an item.
    fn occupied(&self) -> Vec<*mut Entry<W>> {
        let mut entries = Vec::with_capacity(self.len);
        for (i, &chunk) in self.chunks.iter().enumerate() {
            let made = if i + 1 == self.chunks.len() { self.used } else { chunk.len() };
            for k in 0..made {
                // SAFETY: within the chunk, and written when it was made; an item is touched by the set alone.
                unsafe {
                    let entry = chunk.cast::<Entry<W>>().add(k);
                    if (*(*entry).item.get()).is_some() {
                        entries.push(entry);
                    }
                }
            }
        }
        entries
    }

    /// Visits all that are in the set.
    pub(crate) fn for_each(&self, mut f: impl FnMut(&W)) {
        for entry in self.occupied() {
            // SAFETY: an item is touched by the set alone, which is borrowed.
            if let Some(item) = unsafe { &*(*entry).item.get() } {
                f(item);
            }
        }
    }

    /// Takes everything out, settled or not, in no particular order.
    pub(crate) fn take_all(&mut self) -> Vec<W> {
        // Those that are settled have been pushed or are about to be: wait for exactly that many.
        let mut pushed = 0;
        for entry in self.occupied() {
            // SAFETY: the item is there, and its waiter was registered at its task, or told at once.
            unsafe {
                if !task(entry).unregister(Slot::waiter(&raw const (*entry).slot)) {
                    pushed += 1;
                }
            }
        }
        let mut turn = 0;
        loop {
            while !self.ready.is_null() {
                pushed -= 1;
                // SAFETY: in a list that was taken.
                self.ready = unsafe { Queue::next_of(self.ready) };
            }
            if pushed == 0 {
                break;
            }
            self.ready = self.queue().take();
            if self.ready.is_null() {
                spin(turn);
                turn += 1;
            }
        }
        let entries = self.occupied();
        // SAFETY: no teller is at any entry any more.
        let items = entries.iter().filter_map(|&entry| unsafe { (*(*entry).item.get()).take() }).collect();
        self.free.extend(entries);
        self.to_help.clear();
        self.len = 0;
        items
    }
}

/// # Safety
/// The entry holds an item.
unsafe fn task<'a, W: Waitable + 'a>(entry: *mut Entry<W>) -> TaskRef<'a> {
    // SAFETY: the caller's promise.
    unsafe { (*(*entry).item.get()).as_ref() }.expect("the entry holds an item").any_task().0
}

impl<W: Waitable> Drop for Set<W> {
    fn drop(&mut self) {
        let items = self.take_all();
        for &chunk in &self.chunks {
            // SAFETY: made by `Box::into_raw`. Entries are empty: their items have been taken.
            drop(unsafe { Box::from_raw(chunk) });
        }
        // SAFETY: made by `Box::into_raw`. All slots have been taken off their tasks or out of the queue.
        drop(unsafe { Box::from_raw(self.queue) });
        drop(items);
    }
}
