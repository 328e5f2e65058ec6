//! What other threads see of a `Local`: the queue of those that are to have a turn.

use super::members::Key;
use crate::cancel::{Listen, Reason};
use crate::sync::{AtomicBool, Mutex, Ordering, lock, thread};
use crate::task::Spawned;
use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::task::Wake;

/// What wakes a member.
pub(super) struct Place {
    key: Key,
    /// It is in the queue. Set by who puts it there, cleared as its turn begins.
    queued: AtomicBool,
    ready: Arc<Ready>,
    me: Weak<Place>,
}

/// What comes next.
pub(super) enum Event {
    /// A member's turn.
    Turn(Arc<Place>),
    /// A member has no waker any more, and is not in the queue.
    Unwoken(Key),
}

/// The queue.
pub(super) struct Ready {
    owner: thread::ThreadId,
    queue: Mutex<Queue>,
}

struct Queue {
    events: VecDeque<Event>,
    /// The `Local` has gone: nothing is kept.
    closed: bool,
    /// The thread sleeps, or is about to.
    asleep: Option<thread::Thread>,
}

impl Ready {
    /// Of the calling thread.
    pub(super) fn new() -> Arc<Self> {
        let queue = Mutex::new(Queue { events: VecDeque::new(), closed: false, asleep: None });
        Arc::new(Ready { owner: thread::current().id(), queue })
    }

    fn push(&self, event: Event) {
        let mut queue = lock(&self.queue);
        if queue.closed {
            drop(queue); // a place on its way out comes back here
            return drop(event);
        }
        queue.events.push_back(event);
        let asleep = queue.asleep.take();
        drop(queue);
        if let Some(thread) = asleep {
            thread.unpark();
        }
    }

    /// The next event. Sleeps until there is one.
    pub(super) fn next(&self) -> Event {
        loop {
            {
                let mut queue = lock(&self.queue);
                if let Some(event) = queue.events.pop_front() {
                    queue.asleep = None;
                    return event;
                }
                queue.asleep = Some(thread::current());
            }
            thread::park();
        }
    }

    /// Keeps nothing from here on.
    pub(super) fn close(&self) {
        let events = {
            let mut queue = lock(&self.queue);
            queue.closed = true;
            std::mem::take(&mut queue.events)
        };
        drop(events);
    }
}

impl Place {
    pub(super) fn new(key: Key, ready: &Arc<Ready>) -> Arc<Self> {
        Arc::new_cyclic(|me| Place {
            key,
            queued: AtomicBool::new(false),
            ready: ready.clone(),
            me: me.clone(),
        })
    }

    pub(super) fn key(&self) -> Key {
        self.key
    }

    /// A wake from here on is for another turn. Acquire: with what the one who woke it has written.
    pub(super) fn begin_turn(&self) {
        self.queued.swap(false, Ordering::AcqRel);
    }
}

impl Wake for Place {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.ready.push(Event::Turn(self.clone()));
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.ready.push(Event::Unwoken(self.key));
    }
}

/// The token of its member was cancelled: in its next turn it is dropped.
impl Listen for Place {
    fn cancelled(&self, _: Reason) {
        self.settled();
    }
}

impl Spawned for Place {
    /// Perhaps before the member's first turn: it is dropped by its own thread.
    fn settled(&self) {
        if let Some(place) = self.me.upgrade() {
            place.wake();
        }
    }

    /// Nobody but its own thread may poll it.
    fn may_help(&self) -> bool {
        assert!(
            thread::current().id() != self.ready.owner,
            "a task of a `Local` is waited for on the thread that runs it, which would be for ever: give it to `run_until`, or \
             `.await` it in another future"
        );
        false
    }
}
