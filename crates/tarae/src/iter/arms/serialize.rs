//! One source, whose items threads compete for.

use super::turnstile::{Entered, Turnstile};
use crate::sync::Arc;
use std::convert::Infallible;
use std::fmt;
use std::iter::FusedIterator;

/// Lets several threads read `iterable`: each item goes to exactly one of them, whichever asks first.
///
/// ```
/// use tarae::iter::serialize;
///
/// let numbers = serialize(1..=100);
/// let total: u32 = std::thread::scope(|scope| {
///     let readers = [(); 3].map(|()| scope.spawn(|| numbers.clone().sum::<u32>()));
///     readers.into_iter().map(|reader| reader.join().unwrap()).sum()
/// });
/// assert_eq!(total, 5050);
/// ```
///
/// All clones read on from the same place. It is a queue of work without the queue; where each thread is to see every
/// item, there is [`shared`](super::shared()); to map over the items in order, [`par_map`](super::super::IterExt::par_map).
///
/// # Laziness
///
/// Nothing is pulled before a thread asks; then one item for one item. Threads take turns at the source: while one pulls,
/// the others that ask wait.
///
/// # Cost
///
/// Two short locks an item, and no allocation. The source runs with no lock held.
///
/// # Differences from Python
///
/// Once the source has ended it is not asked again, by no thread.
///
/// # Panics
///
/// If the source asks for an item of its own. If the source panics, so does the thread that asked; the others go on, and
/// ask it again.
#[doc(alias = "more_itertools.serialize")]
#[doc(alias = "more_itertools.synchronized")]
pub fn serialize<I: IntoIterator>(iterable: I) -> Serialize<I::IntoIter> {
    Serialize { stile: Arc::new(Turnstile::new(iterable.into_iter(), ())) }
}

/// The iterator that [`serialize`] returns, and its clones.
///
/// It is `Send` and `Sync` if the source is `Send`, whatever the items are.
#[must_use = "iterators are lazy"]
pub struct Serialize<I> {
    stile: Arc<Turnstile<I, ()>>,
}

impl<I: Iterator> Iterator for Serialize<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match self.stile.enter(|()| None::<Infallible>) {
            Entered::Ready(never) => match never {},
            Entered::Ended => None,
            Entered::Turn(mut turn) => {
                let item = turn.next();
                if item.is_none() {
                    turn.end();
                }
                item
            }
        }
    }

    /// The others take items too, so there may be none left.
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.stile.try_enter(|()| ()).1 {
            Entered::Ended => (0, Some(0)),
            Entered::Ready(()) => (0, None),
            Entered::Turn(turn) => (0, turn.size_hint().1),
        }
    }
}

/// The source is not asked again once it has ended.
impl<I: Iterator> FusedIterator for Serialize<I> {}

/// Reads from the same place.
impl<I> Clone for Serialize<I> {
    fn clone(&self) -> Self {
        Self { stile: Arc::clone(&self.stile) }
    }
}

impl<I> fmt::Debug for Serialize<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serialize").finish_non_exhaustive()
    }
}
