//! What the arms of a `tee` share: the source, what the arm in front has read, and what waits for the others.

use super::raw::lent::{Lent, Loan, NOBODY, Owner};
use std::cell::Cell;
use std::mem;
use std::panic::{RefUnwindSafe, UnwindSafe};

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
pub(super) struct Hub<I: Iterator> {
    /// It is out while the source is pulled and while items are cloned for arms: no arm may pull or fan out in between, or
    /// items would change their order.
    pub(super) front: Lent<Front<I>>,
    /// Also the owner of the front while that is at home and the source has not ended, so that one look tells the writer
    /// that it may pull. Only a writer that was dropped by a clone that then panicked may linger as the owner; no arm
    /// has its number then.
    pub(super) writer: Cell<Owner>,
    /// All arms but the writer: those that the log is for.
    pub(super) readers: Cell<usize>,
    /// Set by the writer. The front has no owner then.
    pub(super) ended: Cell<bool>,
    /// Never out while code of the program runs, so that arms can be dropped at any time.
    pub(super) inboxes: Lent<Inboxes<I::Item>>,
}

pub(super) struct Front<I: Iterator> {
    pub(super) source: I,
    // The last items of the writer, the oldest first.
    pub(super) log: Vec<I::Item>,
}

/// What waits for each arm, the oldest first, by the arms' numbers. None: the arm has been dropped; its number is free.
pub(super) struct Inboxes<T>(pub(super) Vec<Option<Vec<T>>>);

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
    pub(super) fn close(&mut self, id: usize, trim: bool) -> Option<Vec<T>> {
        let inbox = self.0[id].take();
        while trim && let Some(None) = self.0.last() {
            self.0.pop();
        }
        inbox
    }

    pub(super) fn open(&mut self, inbox: Vec<T>) -> usize {
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
    /// Of so many arms, which have read nothing.
    #[inline]
    pub(super) fn new(source: I, arms: usize) -> Self {
        Hub {
            front: Lent::new(Front { source, log: Vec::new() }),
            writer: Cell::new(NOBODY),
            readers: Cell::new(arms),
            ended: Cell::new(false),
            inboxes: Lent::new(Inboxes((0..arms).map(|_| Some(Vec::new())).collect())),
        }
    }

    #[inline(always)]
    pub(super) fn front(&self) -> Loan<'_, Front<I>> {
        match self.front.lend() {
            Some(front) => front,
            None => in_use(),
        }
    }

    pub(super) fn inboxes(&self) -> Loan<'_, Inboxes<I::Item>> {
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
    pub(super) fn settle(&self, front: &mut Loan<'_, Front<I>>) {
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
    pub(super) fn fan_out(&self, front: &mut Loan<'_, Front<I>>, heir: usize) {
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
    pub(super) fn pull(&self, mut front: Loan<'_, Front<I>>) -> Option<I::Item> {
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
    pub(super) fn fetch(&self, id: Owner, claimed: &mut Vec<I::Item>) -> Option<I::Item> {
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

/// A panic leaves all items where they are, or undoes what was begun.
impl<I: Iterator<Item: UnwindSafe> + UnwindSafe> RefUnwindSafe for Hub<I> {}
