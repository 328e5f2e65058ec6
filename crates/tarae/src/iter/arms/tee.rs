//! One source, read by several, each at its own pace.

use super::raw::lent::{NOBODY, Owner};
use super::tee_hub::Hub;
use std::array;
use std::fmt;
use std::iter::FusedIterator;
use std::mem;
use std::rc::Rc;

/// `N` iterators that each give all items of `iterable`, and pull it once.
///
/// ```
/// use tarae::iter::tee;
///
/// let [numbers, squares] = tee(1..=4);
/// let pairs: Vec<(i32, i32)> = numbers.zip(squares.map(|n| n * n)).collect();
/// assert_eq!(pairs, [(1, 1), (2, 4), (3, 9), (4, 16)]);
/// ```
///
/// What one arm has pulled waits for the others. An arm can be cloned: the clone goes on from the same place.
///
/// ```
/// # use tarae::iter::tee;
/// let [mut words] = tee("to be or not".split(' '));
/// words.next();
/// let ahead = words.clone();
/// assert_eq!(ahead.last(), Some("not"));
/// assert_eq!(words.next(), Some("be"));
/// ```
///
/// If the source is cheap to clone, clone it instead; if one arm is read to its end before another one begins,
/// collect. For arms on several threads there is [`shared`](super::shared()).
///
/// # Laziness
///
/// Nothing is pulled before an arm is asked; then one item for one item, by the arm that is in front.
///
/// # Cost
///
/// With `n` arms, an item costs `n - 1` clones: the last one to read it takes it. It is kept until all arms
/// have read it or been dropped. With three arms or more, clones are made when the first of the arms behind asks, for
/// all of them. No item costs an allocation. An arm that is the only one left reads the source as if it were its own,
/// and `fold` (`sum`, `for_each`, ..) is the source's.
///
/// # Differences from Python
///
/// The number of arms is part of the type. Once the source has ended it is not asked again, by no arm. Items are cloned,
/// where Python's arms refer to the same object: put large ones into an [`Rc`]. Cloning an arm clones what waits for it.
///
/// # Panics
///
/// If the source, or the clone of an item, asks or clones an arm of the same tee; it may drop one.
///
/// If the source panics, the arms go on, and ask it again. If the clone of an item panics, while the arm in front has
/// it, the item is lost for all arms; while an arm behind asks, nothing is lost.
#[doc(alias = "itertools.tee")]
#[doc(alias = "fork")]
#[inline]
pub fn tee<const N: usize, I>(iterable: I) -> [Tee<I::IntoIter>; N]
where
    I: IntoIterator,
    I::Item: Clone,
{
    let hub = Rc::new(Hub::new(iterable.into_iter(), N));
    array::from_fn(|id| Tee { claimed: Vec::new(), id: Owner::number(id), hub: Rc::clone(&hub) })
}

/// An arm of [`tee`](tee()).
///
/// It stays on its thread:
///
/// ```compile_fail,E0277
/// let [arm] = tarae::iter::tee(0..3);
/// std::thread::spawn(move || arm.count());
/// ```
#[must_use = "iterators are lazy"]
pub struct Tee<I: Iterator> {
    // What it has taken out of its inbox, the next item last. Popping here is all that an arm behind does for most of
    // its items.
    claimed: Vec<I::Item>,
    id: Owner,
    hub: Rc<Hub<I>>,
}

impl<I: Iterator<Item: Clone>> Iterator for Tee<I> {
    type Item = I::Item;

    // Always: the call would cost as much as the item.
    #[inline(always)]
    fn next(&mut self) -> Option<I::Item> {
        if let Some(item) = self.claimed.pop() {
            Some(item)
        } else if let Some(front) = self.hub.front.lend_to(self.id) {
            self.hub.pull(front)
        } else {
            self.hub.fetch(self.id, &mut self.claimed)
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let mut waiting = self.claimed.len();
        waiting += self.hub.inboxes().0[self.id.index()].as_ref().map_or(0, Vec::len);
        // Asked from inside the source nothing can be said of it.
        let Some(front) = self.hub.front.lend() else { return (waiting, None) };
        if self.hub.writer.get() != self.id {
            waiting += front.log.len();
        }
        let (low, high) = if self.hub.ended.get() { (0, Some(0)) } else { front.source.size_hint() };
        (low.saturating_add(waiting), high.and_then(|high| high.checked_add(waiting)))
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(mut self, init: B, mut g: G) -> B {
        let mut acc = init;
        loop {
            // Looked at for each item: what the program does between two of them can have dropped the others.
            if self.hub.writer.get() == self.id && Rc::strong_count(&self.hub) == 1 && !self.hub.ended.get() {
                let hub = Rc::clone(&self.hub);
                drop(self);
                return match Rc::try_unwrap(hub) {
                    Ok(hub) => hub.front.into_inner().source.fold(acc, g),
                    Err(_) => unreachable!("this arm was the last"),
                };
            }
            match self.next() {
                Some(item) => acc = g(acc, item),
                None => return acc,
            }
        }
    }
}

impl<I: ExactSizeIterator<Item: Clone>> ExactSizeIterator for Tee<I> {}

/// The source is not asked again once it has ended.
impl<I: Iterator<Item: Clone>> FusedIterator for Tee<I> {}

/// Goes on from the same place.
impl<I: Iterator<Item: Clone>> Clone for Tee<I> {
    fn clone(&self) -> Self {
        /// Brings an inbox back, also if a clone panics.
        struct Borrowed<'a, I: Iterator> {
            hub: &'a Hub<I>,
            id: usize,
            inbox: Vec<I::Item>,
        }
        impl<I: Iterator> Drop for Borrowed<'_, I> {
            fn drop(&mut self) {
                self.hub.inboxes().0[self.id] = Some(mem::take(&mut self.inbox));
            }
        }

        let hub = &*self.hub;
        let mut front = hub.front();
        // The log is not for an arm that begins where the writer is; nor for this one, if it is the writer.
        let writer = hub.writer.get();
        let heir = if writer != self.id {
            Some(self.id.index())
        } else {
            let inboxes = hub.inboxes();
            (0..inboxes.0.len()).rfind(|id| *id != writer.index() && inboxes.0[*id].is_some())
        };
        match heir {
            Some(heir) => hub.fan_out(&mut front, heir),
            None => front.log.clear(),
        }
        let inbox = hub.inboxes().0[self.id.index()].as_mut().map(mem::take).unwrap_or_default();
        let borrowed = Borrowed { hub, id: self.id.index(), inbox };
        let inbox = borrowed.inbox.clone();
        drop(borrowed);
        let claimed = self.claimed.clone();
        let id = hub.inboxes().open(inbox);
        hub.readers.set(hub.readers.get() + 1);
        // A clone above may have dropped the owner, and this arm may have its number.
        hub.settle(&mut front);
        drop(front);
        Self { claimed, id: Owner::number(id), hub: Rc::clone(&self.hub) }
    }
}

/// Frees what only this arm was still to read.
impl<I: Iterator> Drop for Tee<I> {
    fn drop(&mut self) {
        let hub = &*self.hub;
        let mut front = hub.front.lend();
        let inbox = hub.inboxes().close(self.id.index(), front.is_some());
        if hub.writer.get() == self.id {
            hub.writer.set(NOBODY);
            if let Some(front) = &mut front {
                front.set_owner(NOBODY);
            }
        } else {
            hub.readers.set(hub.readers.get() - 1);
        }
        // If the front is out, the log is too, or the writer is about to write into it.
        let log = match &mut front {
            Some(front) if hub.readers.get() == 0 => mem::take(&mut front.log),
            _ => Vec::new(),
        };
        drop(front);
        drop((inbox, log));
    }
}

impl<I: Iterator + fmt::Debug> fmt::Debug for Tee<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tee = f.debug_struct("Tee");
        if let Some(front) = self.hub.front.lend() {
            tee.field("source", &front.source);
        }
        tee.finish_non_exhaustive()
    }
}
