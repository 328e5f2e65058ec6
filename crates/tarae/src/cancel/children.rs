//! Whom a token has to tell: its children, each in a slot that it knows.

use super::node::Node;
use std::sync::Weak;

/// The children of a token. Adding and removing one is O(1), and the memory is that of the most there were at a time;
/// it is given back when the last one leaves.
#[derive(Default)]
pub(super) struct Children {
    slots: Vec<Slot>,
    /// The first of the free slots, which are a list; `slots.len()` if there is none.
    free: usize,
    taken: usize,
}

enum Slot {
    Child(Weak<Node>),
    /// Free; the next free one.
    Free(usize),
}

/// So many slots are kept though all are free.
const KEPT: usize = 16;

impl Children {
    /// Adds a child, which is made when its slot is known.
    pub(super) fn add<R>(&mut self, make: impl FnOnce(usize) -> (Weak<Node>, R)) -> R {
        let slot = self.free;
        let (child, made) = make(slot);
        match self.slots.get_mut(slot) {
            Some(place) => {
                let Slot::Free(next) = std::mem::replace(place, Slot::Child(child)) else {
                    unreachable!("the list of free slots holds free slots")
                };
                self.free = next;
            }
            None => {
                self.slots.push(Slot::Child(child));
                self.free = self.slots.len();
            }
        }
        self.taken += 1;
        made
    }

    /// Removes the child that was given this slot.
    pub(super) fn remove(&mut self, slot: usize) {
        self.slots[slot] = Slot::Free(self.free);
        self.free = slot;
        self.taken -= 1;
        if self.taken == 0 && self.slots.len() > KEPT {
            *self = Children::default();
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.taken
    }

    /// Those that somebody still has.
    pub(super) fn into_living(self) -> impl Iterator<Item = std::sync::Arc<Node>> {
        self.slots.into_iter().filter_map(|slot| match slot {
            Slot::Child(child) => child.upgrade(),
            Slot::Free(_) => None,
        })
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::{Children, KEPT, Weak};

    fn add(children: &mut Children) -> usize {
        children.add(|slot| (Weak::new(), slot))
    }

    #[test]
    fn slots_are_used_again_whatever_the_order() {
        let mut children = Children::default();
        let mut mine: Vec<usize> = (0..100).map(|_| add(&mut children)).collect();
        for round in 0..if cfg!(miri) { 300 } else { 10_000 } {
            children.remove(mine.swap_remove(round * 31 % mine.len()));
            children.remove(mine.swap_remove(round * 17 % mine.len()));
            mine.push(add(&mut children));
            mine.push(add(&mut children));
        }
        assert_eq!((children.len(), children.slots.len()), (100, 100));
        mine.sort_unstable();
        assert!(mine.into_iter().eq(0..100), "each has a slot of its own");
    }

    #[test]
    fn many_short_lived_ones_take_one_slot_beside_those_that_stay() {
        let mut children = Children::default();
        let stays = add(&mut children);
        for _ in 0..if cfg!(miri) { 1_000 } else { 1_000_000 } {
            let slot = add(&mut children);
            children.remove(slot);
        }
        assert_eq!(children.slots.len(), 2);
        children.remove(stays);
        assert_eq!(children.len(), 0);
    }

    #[test]
    fn the_memory_of_many_is_given_back_when_the_last_leaves() {
        let mut children = Children::default();
        let mine: Vec<usize> = (0..1_000).map(|_| add(&mut children)).collect();
        mine.into_iter().for_each(|slot| children.remove(slot));
        assert!(children.slots.capacity() <= KEPT);
        assert_eq!(add(&mut children), 0);
    }
}
