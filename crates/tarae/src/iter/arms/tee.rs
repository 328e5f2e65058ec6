//! One source, read by several, each at its own pace.

use super::raw::lent::{Lent, Loan, NOBODY, Owner};
use std::array;
use std::cell::Cell;
use std::fmt;
use std::iter::FusedIterator;
use std::mem;
use std::panic::{RefUnwindSafe, UnwindSafe};
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
    let hub = Rc::new(Hub {
        front: Lent::new(Front { source: iterable.into_iter(), log: Vec::new() }),
        writer: Cell::new(NOBODY),
        readers: Cell::new(N),
        ended: Cell::new(false),
        inboxes: Lent::new(Inboxes((0..N).map(|_| Some(Vec::new())).collect())),
    });
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

/// What the arms share.
///
/// The arm in front is the *writer*. It has read everything, and pulls without a look at its inbox. What it pulls goes
/// to the log, once, however many arms there are; the log is for all others. An arm behind that has nothing claimed
/// and nothing in its inbox *fans out* the log, into the inboxes of all but the writer, and claims its own. If that is
/// empty too, it has read everything: it is the writer from now on.
///
/// | `writer` | to | by |
/// |---|---|---|
/// | anyone | an arm that has read everything | `fetch`; the log is empty then |
/// | an arm | nobody | `drop` of that arm; the log stays, for the others |
///
/// At the end of the source the writer stays what it is, so that it does not read the log; it is only kept from pulling.
struct Hub<I: Iterator> {
    /// It is out while the source is pulled and while items are cloned for arms: no arm may pull or fan out in between, or
    /// items would change their order.
    front: Lent<Front<I>>,
    /// Also the owner of the front while that is at home and the source has not ended, so that one look tells the writer
    /// that it may pull. Only a writer that was dropped by a clone that then panicked may linger as the owner; no arm
    /// has its number then.
    writer: Cell<Owner>,
    /// All arms but the writer: those that the log is for.
    readers: Cell<usize>,
    /// Set by the writer. The front has no owner then.
    ended: Cell<bool>,
    /// Never out while code of the program runs, so that arms can be dropped at any time.
    inboxes: Lent<Inboxes<I::Item>>,
}

struct Front<I: Iterator> {
    source: I,
    // The last items of the writer, the oldest first.
    log: Vec<I::Item>,
}

/// What waits for each arm, the oldest first, by the arms' numbers. None: the arm has been dropped; its number is free.
struct Inboxes<T>(Vec<Option<Vec<T>>>);

impl<T> Inboxes<T> {
    /// Puts `items` behind what waits for an arm; gives them back if it has been dropped.
    fn deliver(&mut self, id: usize, mut items: Vec<T>) -> Vec<T> {
        if let Some(inbox) = &mut self.0[id] {
            if inbox.is_empty() {
                mem::swap(inbox, &mut items);
            } else {
                inbox.append(&mut items);
            }
        }
        items
    }

    /// Gives back what waits for an arm, and frees its number; `trim` unless somebody goes through the numbers.
    fn close(&mut self, id: usize, trim: bool) -> Option<Vec<T>> {
        let inbox = self.0[id].take();
        while trim && let Some(None) = self.0.last() {
            self.0.pop();
        }
        inbox
    }

    fn open(&mut self, inbox: Vec<T>) -> usize {
        match self.0.iter().position(Option::is_none) {
            Some(id) => {
                self.0[id] = Some(inbox);
                id
            }
            None => {
                self.0.push(Some(inbox));
                self.0.len() - 1
            }
        }
    }
}

#[cold]
#[inline(never)]
fn in_use() -> ! {
    panic!(
        "an arm of a tee was asked from inside its own source, or from the clone of an item: ask it afterwards"
    )
}

impl<I: Iterator> Hub<I> {
    #[inline(always)]
    fn front(&self) -> Loan<'_, Front<I>> {
        match self.front.lend() {
            Some(front) => front,
            None => in_use(),
        }
    }

    fn inboxes(&self) -> Loan<'_, Inboxes<I::Item>> {
        match self.inboxes.lend() {
            Some(inboxes) => inboxes,
            None => unreachable!("nothing that could ask runs while they are out"),
        }
    }

    fn set_writer(&self, front: &mut Loan<'_, Front<I>>, writer: Owner) {
        let old = self.writer.replace(writer);
        let readers = self.readers.get() + usize::from(old != NOBODY);
        self.readers.set(readers - usize::from(writer != NOBODY));
        self.settle(front);
    }

    /// Says whose the front is when it comes home.
    fn settle(&self, front: &mut Loan<'_, Front<I>>) {
        front.set_owner(if self.ended.get() { NOBODY } else { self.writer.get() });
    }
}

/// A fan-out that is not finished: ended early, by a panic of a clone, it is undone.
struct FanOut<'a, 'b, I: Iterator> {
    hub: &'a Hub<I>,
    front: &'a mut Loan<'b, Front<I>>,
    log: Vec<I::Item>,
    // The arm whose copies are being made, its inbox, and how much was in there before.
    current: Option<(usize, Vec<I::Item>, usize)>,
    // The arms before this one have their copies.
    served: usize,
    // It gets the originals.
    heir: usize,
}

impl<I: Iterator> FanOut<'_, '_, I> {
    fn is_for(&self, id: usize) -> bool {
        id != self.heir && id != self.hub.writer.get().index()
    }
}

impl<I: Iterator> Drop for FanOut<'_, '_, I> {
    fn drop(&mut self) {
        // Finished: the heir has got the log.
        if self.log.is_empty() {
            return;
        }
        // Dropped when the inboxes are back.
        let mut copies = Vec::new();
        let mut inboxes = self.hub.inboxes();
        for id in (0..self.served).filter(|id| self.is_for(*id)) {
            if let Some(inbox) = &mut inboxes.0[id] {
                copies.push(inbox.split_off(inbox.len() - self.log.len()));
            }
        }
        if let Some((id, mut inbox, before)) = self.current.take() {
            copies.push(inbox.split_off(before));
            copies.push(inboxes.deliver(id, inbox));
        }
        drop(inboxes);
        self.front.log = mem::take(&mut self.log);
    }
}

impl<I: Iterator<Item: Clone>> Hub<I> {
    /// Brings the log to all arms but the writer: the originals to `heir`, copies to the others.
    fn fan_out(&self, front: &mut Loan<'_, Front<I>>, heir: usize) {
        if front.log.is_empty() {
            return;
        }
        let log = mem::take(&mut front.log);
        let mut fan = FanOut { hub: self, front, log, current: None, served: 0, heir };
        let arms = self.inboxes().0.len();
        for id in 0..arms {
            if fan.is_for(id) {
                let inbox = self.inboxes().0[id].as_mut().map(mem::take);
                if let Some(inbox) = inbox {
                    let before = inbox.len();
                    let (_, inbox, _) = fan.current.insert((id, inbox, before));
                    inbox.extend(fan.log.iter().cloned());
                }
                if let Some((id, inbox, _)) = fan.current.take() {
                    let refused = self.inboxes().deliver(id, inbox);
                    drop(refused);
                }
            }
            fan.served = id + 1;
        }
        let emptied = self.inboxes().deliver(heir, mem::take(&mut fan.log));
        // Its memory is for the next items.
        if emptied.is_empty() {
            fan.front.log = emptied;
        }
    }

    /// For the writer: the next item of the source.
    #[inline(always)]
    fn pull(&self, mut front: Loan<'_, Front<I>>) -> Option<I::Item> {
        let Some(item) = front.source.next() else {
            self.end(front);
            return None;
        };
        if self.readers.get() > 0 {
            let copy = item.clone();
            front.log.push(copy);
        } else if !front.log.is_empty() {
            // With a `return`, so that the loan ends here or there, and no flag says where.
            self.forget_log(front);
            return Some(item);
        }
        Some(item)
    }

    /// The last arm behind was dropped while the front was out.
    #[cold]
    #[inline(never)]
    fn forget_log(&self, mut front: Loan<'_, Front<I>>) {
        let log = mem::take(&mut front.log);
        drop(front);
        drop(log);
    }

    #[cold]
    #[inline(never)]
    fn end(&self, mut front: Loan<'_, Front<I>>) {
        self.ended.set(true);
        self.settle(&mut front);
    }

    /// For an arm that has nothing claimed and is not the writer, or is and the source has ended: its next item.
    #[inline(never)]
    fn fetch(&self, id: Owner, claimed: &mut Vec<I::Item>) -> Option<I::Item> {
        let mut front = self.front();
        if id == self.writer.get() {
            return None;
        }
        let nothing = self.inboxes().0[id.index()].as_ref().is_none_or(Vec::is_empty);
        if nothing && self.readers.get() == 1 && front.log.len() == 1 {
            // Two arms that keep pace.
            return front.log.pop();
        }
        self.claim(&mut front, id, nothing, claimed);
        if id == self.writer.get() { self.pull(front) } else { claimed.pop() }
    }

    /// Claims what waits for an arm. If nothing does, and there may be more to come, it is the writer.
    #[cold]
    #[inline(never)]
    fn claim(&self, front: &mut Loan<'_, Front<I>>, id: Owner, nothing: bool, claimed: &mut Vec<I::Item>) {
        if nothing && self.readers.get() == 1 {
            mem::swap(&mut front.log, claimed);
        } else {
            if nothing {
                self.fan_out(front, id.index());
            }
            if let Some(inbox) = &mut self.inboxes().0[id.index()] {
                mem::swap(inbox, claimed);
            }
        }
        claimed.reverse();
        let writer = if claimed.is_empty() && !self.ended.get() { id } else { self.writer.get() };
        self.set_writer(front, writer);
    }
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

/// A panic leaves all items where they are, or undoes what was begun.
impl<I: Iterator<Item: UnwindSafe> + UnwindSafe> RefUnwindSafe for Hub<I> {}
