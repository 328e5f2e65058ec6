//! The futures of a `Local`.

use crate::executor::driven::Driven;
use std::task::Waker;

/// A future that takes turns, of whatever type.
pub(super) trait Member {
    /// Polls it; whether it is pending.
    fn turn(&mut self, waker: &Waker) -> bool;

    /// Drops it where it waits.
    fn stop(&mut self);

    /// Drops it, since nothing can wake it.
    fn leave_unwoken(&mut self);
}

/// There until it is over.
impl<F: Future<Output: Send>> Member for Option<Driven<F>> {
    fn turn(&mut self, waker: &Waker) -> bool {
        *self = self.take().and_then(|driven| driven.poll(waker));
        self.is_some()
    }

    fn stop(&mut self) {
        if let Some(driven) = self.take() {
            driven.stop();
        }
    }

    fn leave_unwoken(&mut self) {
        if let Some(driven) = self.take() {
            driven.leave_unwoken();
        }
    }
}

/// Where a member is, and which one: a place may be given to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    index: usize,
    serial: u64,
}

impl Key {
    /// Of the future that `run_until` is given, which is no member.
    pub(super) const OUTSIDE: Key = Key { index: usize::MAX, serial: 0 };
}

/// All that have not ended.
pub(super) struct Members<'a> {
    all: Vec<Slot<'a>>,
    free: Vec<usize>,
    serial: u64,
}

struct Slot<'a> {
    /// Of the member; changed when it is over.
    serial: u64,
    /// `None` while it has its turn, and between two members.
    member: Option<Box<dyn Member + 'a>>,
}

impl<'a> Members<'a> {
    pub(super) fn new() -> Self {
        Members { all: Vec::new(), free: Vec::new(), serial: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len() - self.free.len()
    }

    /// A key for the next member.
    pub(super) fn reserve(&mut self) -> Key {
        self.serial += 1;
        let serial = self.serial;
        let index = self.free.pop().unwrap_or_else(|| {
            self.all.push(Slot { serial, member: None });
            self.all.len() - 1
        });
        self.all[index].serial = serial;
        Key { index, serial }
    }

    /// Puts a member to its key, or back there.
    pub(super) fn put(&mut self, key: Key, member: Box<dyn Member + 'a>) {
        self.all[key.index].member = Some(member);
    }

    /// Takes a member out, if it is there.
    pub(super) fn take(&mut self, key: Key) -> Option<Box<dyn Member + 'a>> {
        let slot = self.all.get_mut(key.index).filter(|slot| slot.serial == key.serial)?;
        slot.member.take()
    }

    /// A member that was taken out is over.
    pub(super) fn free(&mut self, key: Key) {
        self.all[key.index].serial = 0;
        self.free.push(key.index);
    }

    /// Takes any member out, for good.
    pub(super) fn pop(&mut self) -> Option<Box<dyn Member + 'a>> {
        while let Some(slot) = self.all.pop() {
            if slot.member.is_some() {
                return slot.member;
            }
        }
        self.free.clear();
        None
    }
}
