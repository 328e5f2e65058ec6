//! The tree of tokens: what a token is made of.
//!
//! ```text
//!            root            a child keeps its parent alive: it may be asked whether work obeyed it
//!           ▲    ▲           a parent knows its children by weak pointers, to tell them
//!   strong  │    │  strong
//!         child  child
//!           ▲
//!         grandchild
//! ```
//!
//! # Why no request is lost
//!
//! A token's state is written, and its children are added and taken, under its lock. So a child that is made while its
//! parent is cancelled is either among those that are told, or finds the parent cancelled and is born so.
//!
//! # Why nobody waits for ever
//!
//! No thread holds two of these locks, or one of them and another of the crate's: whoever cancels takes the children out
//! and unlocks before it goes on with them; whoever leaves unlinks from one parent after the other; a deadline is set and
//! taken off with no token locked. Listeners are called last, with nothing locked; besides them, nothing of the user's runs
//! in all of this. What is dropped under a lock is a weak
//! pointer, which frees memory at most.
//!
//! # Why no stack overflows
//!
//! Cancelling, leaving and obeying go through the tree in loops: the tree's depth is the user's.

use super::children::Children;
use super::timer::{self, Expire, Scheduled};
use crate::sync::{AtomicBool, AtomicU8, Mutex, Ordering, lock};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, Weak}; // loom has no weak pointers
use std::time::Instant;

/// Not cancelled. Everything else is for good: the first reason counts.
const LIVE: u8 = 0;
const CANCELLED: u8 = 1;
const TIMED_OUT: u8 = 2;
/// With one of the two: it came from the parent.
const INHERITED: u8 = 4;

/// Why a token is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Somebody called `cancel`.
    Cancelled,
    /// Its deadline has passed, or that of one above it.
    TimedOut,
}

/// Who is told that a token is cancelled, besides those who ask it.
pub(crate) trait Listen: Send + Sync + UnwindSafe + RefUnwindSafe {
    /// Called once, by whoever cancels, with nothing locked.
    fn cancelled(&self, reason: Reason);
}

impl Reason {
    fn state(self) -> u8 {
        match self {
            Reason::Cancelled => CANCELLED,
            Reason::TimedOut => TIMED_OUT,
        }
    }
}

pub(super) struct Node {
    /// `LIVE`, or why it is cancelled. Written once, under the lock of `ties`, after that of the parent whose request it
    /// is; read without it.
    state: AtomicU8,
    /// Whether work has stopped because of it. Set by `obey`; with it, a task ends as Cancelled.
    obeyed: AtomicBool,
    parent: Option<Link>,
    listener: Option<Weak<dyn Listen>>,
    ties: Mutex<Ties>,
}

/// The way to the parent.
struct Link {
    parent: Arc<Node>,
    /// Where the parent knows this one; `None` if it does not, since it was cancelled before.
    slot: Option<usize>,
}

/// What a token has as long as it is not cancelled.
#[derive(Default)]
struct Ties {
    children: Children,
    deadline: Option<Scheduled>,
}

impl Node {
    pub(super) fn root() -> Arc<Self> {
        Self::new(LIVE, None, None)
    }

    /// A root that tells a listener.
    #[cfg(feature = "process")]
    pub(super) fn root_listened_to(listener: Weak<dyn Listen>) -> Arc<Self> {
        Self::new(LIVE, None, Some(listener))
    }

    fn new(state: u8, parent: Option<Link>, listener: Option<Weak<dyn Listen>>) -> Arc<Self> {
        Arc::new(Node {
            state: AtomicU8::new(state),
            obeyed: AtomicBool::new(false),
            parent,
            listener,
            ties: Mutex::new(Ties::default()),
        })
    }

    /// A child. One that is born cancelled tells no listener: who makes it asks.
    pub(super) fn child(self: &Arc<Self>, listener: Option<Weak<dyn Listen>>) -> Arc<Self> {
        if !self.is_cancelled() {
            let mut ties = lock(&self.ties);
            if !self.is_cancelled() {
                return ties.children.add(|slot| {
                    let link = Link { parent: self.clone(), slot: Some(slot) };
                    let child = Self::new(LIVE, Some(link), listener);
                    (Arc::downgrade(&child), child)
                });
            }
        }
        let state = self.state.load(Ordering::Relaxed) | INHERITED;
        Self::new(state, Some(Link { parent: self.clone(), slot: None }), None)
    }

    /// A child that is cancelled at that moment.
    pub(super) fn child_until(
        self: &Arc<Self>,
        at: Instant,
        listener: Option<Weak<dyn Listen>>,
    ) -> Arc<Self> {
        if !self.is_cancelled() && at <= Instant::now() {
            return Self::new(TIMED_OUT, Some(Link { parent: self.clone(), slot: None }), None);
        }
        let child = self.child(listener);
        if !child.is_cancelled() {
            let what: Weak<Self> = Arc::downgrade(&child);
            child.keep(timer::schedule(at, what));
        }
        child
    }

    /// Keeps its entry of the timer's as long as it is of use.
    fn keep(&self, deadline: Scheduled) {
        let mut ties = lock(&self.ties);
        if self.is_cancelled() {
            drop(ties); // before the entry is taken off
        } else {
            ties.deadline = Some(deadline);
        }
    }

    #[inline(always)]
    pub(super) fn is_cancelled(&self) -> bool {
        self.state.load(Ordering::Relaxed) != LIVE
    }

    /// Why it is cancelled, if it is.
    pub(super) fn reason(&self) -> Option<Reason> {
        let state = self.state.load(Ordering::Relaxed);
        match state & !INHERITED {
            LIVE => None,
            TIMED_OUT => Some(Reason::TimedOut),
            _ => Some(Reason::Cancelled),
        }
    }

    /// Cancels it and all below it.
    pub(super) fn cancel(&self, reason: Reason) {
        let (mut below, mut listeners) = (Vec::new(), Vec::new());
        self.become_cancelled(reason.state(), &mut below, &mut listeners);
        while let Some(node) = below.pop() {
            node.become_cancelled(reason.state() | INHERITED, &mut below, &mut listeners);
        }
        // Last, when all tokens are cancelled: what a listener sets going may ask them.
        for listener in listeners {
            listener.cancelled(reason);
        }
    }

    /// Changes the state, for the first reason only, and says who is to be told next.
    fn become_cancelled(&self, state: u8, below: &mut Vec<Arc<Node>>, listeners: &mut Vec<Arc<dyn Listen>>) {
        let mut ties = lock(&self.ties);
        // Release: see `obey`. In one step, though the lock is held: of a load and a store by the same thread loom would
        // take the load for the last access, and never try what another thread's look before that can see.
        if self.state.compare_exchange(LIVE, state, Ordering::Release, Ordering::Relaxed).is_err() {
            return;
        }
        let taken = std::mem::take(&mut *ties);
        drop(ties); // before the entry of the timer's is taken off
        below.extend(taken.children.into_living());
        listeners.extend(self.listener.as_ref().and_then(Weak::upgrade));
    }

    /// Work has stopped because of this one, and so because of those whose cancellation reached it.
    ///
    /// Who has seen one cancelled by its parent, and looks again with acquire, sees the parent cancelled: it was so before.
    /// The first look was relaxed, and could find the parent as it was.
    pub(super) fn obey(&self) {
        let mut node = self;
        loop {
            node.obeyed.store(true, Ordering::Relaxed);
            match &node.parent {
                Some(link) if node.state.load(Ordering::Acquire) & INHERITED != 0 => node = &link.parent,
                _ => return,
            }
        }
    }

    pub(super) fn was_obeyed(&self) -> bool {
        self.obeyed.load(Ordering::Relaxed)
    }

    /// How many children it would tell.
    pub(super) fn children(&self) -> usize {
        lock(&self.ties).children.len()
    }

    /// The parent forgets the child in this slot.
    fn unlink(&self, slot: usize) {
        let mut ties = lock(&self.ties);
        // Once it is cancelled it has given its children away.
        if !self.is_cancelled() {
            ties.children.remove(slot);
        }
    }
}

impl Expire for Node {
    fn expire(self: Arc<Self>) {
        self.cancel(Reason::TimedOut);
    }
}

impl Drop for Node {
    /// Leaves its parent, and takes those above along that nobody else has.
    fn drop(&mut self) {
        let mut next = self.parent.take();
        while let Some(Link { parent, slot }) = next {
            if let Some(slot) = slot {
                parent.unlink(slot);
            }
            // Never the last `drop` of an `Arc`, which would be a recursion.
            next = Arc::into_inner(parent).and_then(|mut parent| parent.parent.take());
        }
    }
}
