//! One source, all of whose items several threads read.

use super::turnstile::{Entered, Turnstile, in_use};
use crate::sync::Arc;
use crate::sync::thread::{self, ThreadId};
use std::collections::VecDeque;
use std::fmt;
use std::iter::FusedIterator;
use std::mem;

/// Lets several threads read all items of `iterable`, which is pulled once: each clone goes on from where it was cloned.
///
/// ```
/// use tarae::iter::shared;
///
/// let readings = shared([20, 22, 19]);
/// let highest = readings.clone();
/// let highest = std::thread::spawn(move || highest.max());
/// assert_eq!(readings.sum::<i32>(), 61);
/// assert_eq!(highest.join().unwrap(), Some(22));
/// ```
///
/// What one has pulled waits for the others. On one thread [`tee`](super::tee()) is faster; where each item is for one
/// thread only, there is [`serialize`](super::serialize).
///
/// # Laziness
///
/// Nothing is pulled before one asks; then one item for one item, by the one that is in front, on its thread. Those that
/// have items waiting never wait for the source; those that have none wait while another one pulls.
///
/// # Cost
///
/// With `n` readers, an item costs `n - 1` clones, which the one that pulls it makes, and no allocation. Reading what
/// waits is one short lock, pulling two. No code of the program runs while the lock is held: neither the source nor the
/// clones of items. An item is kept until it has been read, once for each reader: put large ones into an [`Arc`].
/// Cloning a reader clones what waits for it.
///
/// # Differences from Python
///
/// As for [`tee`](super::tee()). Python's `tee` cannot be used by several threads; `more_itertools.concurrent_tee` can.
///
/// # Panics
///
/// If the source, or the clone of an item, asks the same source for an item, on the same thread. (If it waits for another
/// thread that does, both wait forever.)
///
/// If the source panics, so does the thread that asked; the others go on, and ask it again. If the clone of an item
/// panics, the item is lost for all readers.
#[doc(alias = "more_itertools.concurrent_tee")]
#[doc(alias = "broadcast")]
pub fn shared<I>(iterable: I) -> Shared<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    let front = Front { source: iterable.into_iter(), copies: Vec::new() };
    let mail = Mail { inboxes: vec![Some(VecDeque::new())], copying: None };
    Shared { id: 0, stile: Arc::new(Turnstile::new(front, mail)) }
}

/// A reader that [`shared`](shared()) makes; its clones are the others.
///
/// It is `Send` and `Sync` if the source and the items are `Send`.
#[must_use = "iterators are lazy"]
pub struct Shared<I: Iterator> {
    id: usize,
    stile: Arc<Turnstile<Front<I>, Mail<I::Item>>>,
}

struct Front<I: Iterator> {
    source: I,
    // Of the item at hand, for the others. Kept for its memory.
    copies: Vec<I::Item>,
}

struct Mail<T> {
    // What waits for each reader, by number. None: it has been dropped, and its number is free.
    inboxes: Vec<Option<VecDeque<T>>>,
    // The thread that has taken some reader's inbox out to clone it. Only one does at a time.
    copying: Option<ThreadId>,
}

impl<T> Mail<T> {
    fn open(&mut self) -> usize {
        match self.inboxes.iter().position(Option::is_none) {
            Some(id) => {
                self.inboxes[id] = Some(VecDeque::new());
                id
            }
            None => {
                self.inboxes.push(Some(VecDeque::new()));
                self.inboxes.len() - 1
            }
        }
    }

    /// Gives back what waits for a reader, and frees its number.
    fn close(&mut self, id: usize) -> Option<VecDeque<T>> {
        let unread = self.inboxes[id].take();
        while let Some(None) = self.inboxes.last() {
            self.inboxes.pop();
        }
        unread
    }

    /// Puts `items` before what waits for a reader.
    fn put_first(&mut self, id: usize, mut items: VecDeque<T>) {
        if let Some(inbox) = &mut self.inboxes[id] {
            items.append(inbox);
            *inbox = items;
        }
    }

    fn others(&self) -> usize {
        self.inboxes.iter().flatten().count() - 1
    }
}

impl<I: Iterator<Item: Clone>> Iterator for Shared<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let mut others = 0;
        let waiting = |mail: &mut Mail<I::Item>| {
            let item = mail.inboxes[self.id].as_mut().and_then(VecDeque::pop_front);
            if item.is_none() {
                others = mail.others();
            }
            item
        };
        let mut turn = match self.stile.enter(waiting) {
            Entered::Ready(item) => return Some(item),
            Entered::Ended => return None,
            Entered::Turn(turn) => turn,
        };
        let Some(item) = turn.source.next() else {
            turn.end();
            return None;
        };
        // What a panic has left.
        turn.copies.clear();
        let mut delivered = false;
        let mut refused = Vec::new();
        while !delivered {
            while turn.copies.len() < others {
                turn.copies.push(item.clone());
            }
            turn.leave(|front, mail| {
                // Readers may have come and gone in the meantime.
                others = mail.others();
                delivered = front.copies.len() >= others;
                if delivered {
                    for (id, inbox) in mail.inboxes.iter_mut().enumerate() {
                        if let Some(inbox) = inbox
                            && id != self.id
                            && let Some(copy) = front.copies.pop()
                        {
                            inbox.push_back(copy);
                        }
                    }
                    if !front.copies.is_empty() {
                        refused = mem::take(&mut front.copies);
                    }
                }
                delivered
            });
        }
        drop(refused);
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ((waiting, all), entered) = self.stile.try_enter(|mail| {
            (mail.inboxes[self.id].as_ref().map_or(0, VecDeque::len), mail.copying.is_none())
        });
        let (low, high) = match entered {
            Entered::Ended => (0, Some(0)),
            Entered::Ready(()) => (0, None),
            Entered::Turn(turn) => turn.source.size_hint(),
        };
        let high = if all { high.and_then(|high| high.checked_add(waiting)) } else { None };
        (low.saturating_add(waiting), high)
    }
}

/// The source is not asked again once it has ended.
impl<I: Iterator<Item: Clone>> FusedIterator for Shared<I> {}

/// An inbox that is out, to be cloned. Its end brings it back, and the clone too if there is one.
struct Copying<'a, I: Iterator> {
    reader: &'a Shared<I>,
    new: usize,
    items: VecDeque<I::Item>,
    copies: Option<VecDeque<I::Item>>,
}

impl<I: Iterator> Drop for Copying<'_, I> {
    fn drop(&mut self) {
        let items = mem::take(&mut self.items);
        let copies = self.copies.take();
        let unused = self.reader.stile.change(|mail| {
            mail.copying = None;
            mail.put_first(self.reader.id, items);
            match copies {
                Some(copies) => {
                    mail.put_first(self.new, copies);
                    None
                }
                // A clone has panicked.
                None => mail.close(self.new),
            }
        });
        drop(unused);
    }
}

/// Goes on from the same place.
impl<I: Iterator<Item: Clone>> Clone for Shared<I> {
    fn clone(&self) -> Self {
        let me = thread::current().id();
        // From here on the new reader gets what the old one gets. What the old one has is put before that.
        let taken = self.stile.wait_for(|mail| match mail.copying {
            Some(by) if by == me => Some(None),
            Some(_) => None,
            None => {
                mail.copying = Some(me);
                let items = mail.inboxes[self.id].as_mut().map(mem::take).unwrap_or_default();
                Some(Some((mail.open(), items)))
            }
        });
        let Some((id, items)) = taken else { in_use() };
        let mut copying = Copying { reader: self, new: id, items, copies: None };
        copying.copies = Some(copying.items.clone());
        drop(copying);
        Self { id, stile: Arc::clone(&self.stile) }
    }
}

/// Frees what waits for it.
impl<I: Iterator> Drop for Shared<I> {
    fn drop(&mut self) {
        let unread = self.stile.change(|mail| mail.close(self.id));
        drop(unread);
    }
}

impl<I: Iterator> fmt::Debug for Shared<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

#[cfg(all(loom, test))]
mod loom_tests {
    use super::shared;
    use crate::iter::serialize;
    use loom::thread;
    use std::sync::{Arc, Mutex};

    #[test]
    fn each_reader_sees_all_in_order() {
        loom::model(|| {
            let a = shared(0..2);
            let b = a.clone();
            let other = thread::spawn(move || b.collect::<Vec<_>>());
            assert_eq!(a.collect::<Vec<_>>(), [0, 1]);
            assert_eq!(other.join().unwrap(), [0, 1]);
        });
    }

    #[test]
    fn a_reader_is_dropped_or_cloned_while_another_pulls() {
        loom::model(|| {
            let mut a = shared(0..2);
            let b = a.clone();
            let other = thread::spawn(move || {
                let mut c = b.clone();
                drop(b);
                c.next()
            });
            assert_eq!((a.next(), a.next(), a.next()), (Some(0), Some(1), None));
            assert_eq!(other.join().unwrap(), Some(0));
        });
    }

    /// Its first clone lasts until a thread has ended.
    struct Slow(Arc<Mutex<Option<thread::JoinHandle<()>>>>);

    impl Clone for Slow {
        fn clone(&self) -> Self {
            let awaited = self.0.lock().unwrap().take();
            if let Some(awaited) = awaited {
                awaited.join().unwrap();
            }
            Self(self.0.clone())
        }
    }

    /// A source that comes free wakes a thread that waits for it, not one that waits to clone.
    #[test]
    fn a_slow_clone_keeps_nobody_from_the_source() {
        loom::model(|| {
            let awaited = Arc::new(Mutex::new(None));
            let source = awaited.clone();
            let mut front = shared((0..1).map(move |_| Slow(source.clone())));
            let behind = front.clone();
            front.next();
            let (mut reader, cloner) = (front.clone(), front.clone());
            // The reader is kept: its drop could wake one too.
            let asks = thread::spawn(move || (front.size_hint(), front));
            let clones = thread::spawn(move || drop(cloner.clone()));
            *awaited.lock().unwrap() = Some(thread::spawn(move || drop(reader.next())));
            drop(behind.clone());
            drop(asks.join().unwrap());
            clones.join().unwrap();
        });
    }

    #[test]
    fn each_item_goes_to_one() {
        loom::model(|| {
            let a = serialize(0..2);
            let b = a.clone();
            let other = thread::spawn(move || b.collect::<Vec<_>>());
            let mut all = a.collect::<Vec<_>>();
            let others = other.join().unwrap();
            assert!(all.is_sorted() && others.is_sorted());
            all.extend(others);
            all.sort();
            assert_eq!(all, [0, 1]);
        });
    }
}
