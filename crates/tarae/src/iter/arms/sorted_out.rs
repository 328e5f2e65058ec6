//! One source whose items go to one of several arms each. What `distribute` and `partition` share.

use super::raw::lent::Lent;
use std::collections::VecDeque;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;

/// An arm, of a source that says for each item which arm it is for.
///
/// It pulls until it meets an item of its own; what it meets for another arm goes to that one's queue, or is dropped if
/// that arm has been.
pub(super) struct Arm<S: Iterator<Item = (usize, T)>, T> {
    id: usize,
    hub: Rc<Hub<S, T>>,
}

struct Hub<S, T> {
    /// None once it has ended. Out while it is pulled.
    source: Lent<Option<S>>,
    /// What waits for each arm; none for those that have been dropped. Never out while code of the program runs, so that
    /// arms can be dropped at any time.
    queues: Lent<Box<[Option<VecDeque<T>>]>>,
}

impl<S, T> Hub<S, T> {
    fn queue<R>(&self, id: usize, f: impl FnOnce(&mut Option<VecDeque<T>>) -> R) -> R {
        match self.queues.lend() {
            Some(mut queues) => f(&mut queues[id]),
            None => unreachable!("nothing that could ask runs while they are out"),
        }
    }

    fn waiting(&self, id: usize) -> Option<T> {
        self.queue(id, |queue| queue.as_mut().and_then(VecDeque::pop_front))
    }
}

#[cold]
#[inline(never)]
fn in_use() -> ! {
    panic!("an arm was asked for an item from inside its own source: ask it afterwards")
}

/// The arms of `source`, which must name none that is not among them.
pub(super) fn arms<const N: usize, S, T>(source: S) -> [Arm<S, T>; N]
where
    S: Iterator<Item = (usize, T)>,
{
    let queues = (0..N).map(|_| Some(VecDeque::new())).collect();
    let hub = Rc::new(Hub { source: Lent::new(Some(source)), queues: Lent::new(queues) });
    std::array::from_fn(|id| Arm { id, hub: Rc::clone(&hub) })
}

impl<S: Iterator<Item = (usize, T)>, T> Arm<S, T> {
    pub(super) fn id(&self) -> usize {
        self.id
    }

    pub(super) fn next(&mut self) -> Option<T> {
        let hub = &*self.hub;
        if let Some(item) = hub.waiting(self.id) {
            return Some(item);
        }
        let Some(mut lent) = hub.source.lend() else { in_use() };
        let source = lent.as_mut()?;
        for (id, item) in source.by_ref() {
            if id == self.id {
                return Some(item);
            }
            let refused = hub.queue(id, |queue| match queue {
                Some(queue) => {
                    queue.push_back(item);
                    None
                }
                None => Some(item),
            });
            drop(refused);
        }
        let ended = lent.take();
        drop(lent);
        drop(ended);
        None
    }

    /// How many wait, and what `f` says of the source; it is none once that has ended.
    ///
    /// None: this is asked from inside the source.
    pub(super) fn ahead<R>(&self, f: impl FnOnce(usize, Option<&S>) -> R) -> (usize, Option<R>) {
        let waiting = self.hub.queue(self.id, |queue| queue.as_ref().map_or(0, VecDeque::len));
        (waiting, self.hub.source.lend().map(|source| f(waiting, source.as_ref())))
    }

    pub(super) fn fold<B, G: FnMut(B, T) -> B>(mut self, init: B, mut g: G) -> B {
        let mut acc = init;
        loop {
            while let Some(item) = self.hub.waiting(self.id) {
                acc = g(acc, item);
            }
            // The last arm reads the source as its own. `g` may have dropped the others, so this is looked at for each
            // item.
            if Rc::strong_count(&self.hub) == 1 {
                let source = self.hub.source.lend().and_then(|mut source| source.take());
                let Some(source) = source else { return acc };
                let id = self.id;
                return source.fold(acc, |acc, (to, item)| if to == id { g(acc, item) } else { acc });
            }
            match self.next() {
                Some(item) => acc = g(acc, item),
                None => return acc,
            }
        }
    }

    pub(super) fn with_source<R>(&self, f: impl FnOnce(Option<&S>) -> R) -> R {
        let source = self.hub.source.lend();
        f(source.as_ref().and_then(|source| source.as_ref()))
    }
}

/// Drops what only this arm was to read.
impl<S: Iterator<Item = (usize, T)>, T> Drop for Arm<S, T> {
    fn drop(&mut self) {
        let queue = self.hub.queue(self.id, Option::take);
        drop(queue);
    }
}

/// A panic of the source leaves the queues as they are.
impl<S: UnwindSafe, T: UnwindSafe> RefUnwindSafe for Hub<S, T> {}
