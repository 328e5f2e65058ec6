//! Items dealt out in turn.

use super::sorted_out::{Arm, arms};
use std::fmt;
use std::iter::FusedIterator;

/// Deals the items of `iterable` out to `N` iterators in turn, as cards are: the first item to the first.
///
/// ```
/// use tarae::iter::distribute;
///
/// let [a, b, c] = distribute(1..=8);
/// assert!(c.eq([3, 6]));
/// assert!(a.eq([1, 4, 7]));
/// assert!(b.eq([2, 5, 8]));
/// ```
///
/// # Laziness
///
/// Nothing is pulled before an arm is asked; then up to its next item. What is met on the way waits for the arms that it
/// is for; for those that have been dropped it is dropped.
///
/// # Cost
///
/// No clones, and no allocation an item. Read in turn, the arms wait for nothing. If one is read to its end first, all
/// that is for the others is kept. `size_hint` is exact where the source's is; the arm that is the last one alive folds
/// (`sum`, `for_each`, ..) the source itself. The arms stay on their thread.
///
/// # Differences from Python
///
/// The number of arms is part of the type, and comes first anyway. Python keeps what is for an arm that nobody reads.
///
/// # Panics
///
/// If the source asks an arm of its own for an item. If the source panics, what it has given is not lost.
///
/// That there is at least one arm is checked when compiling:
///
/// ```compile_fail,E0080
/// let none: [tarae::iter::Distribute<_>; 0] = tarae::iter::distribute(0..3);
/// ```
#[doc(alias = "more_itertools.distribute")]
#[doc(alias = "round_robin")]
pub fn distribute<const N: usize, I: IntoIterator>(iterable: I) -> [Distribute<I::IntoIter>; N] {
    const { assert!(N > 0, "there must be an arm that the items can go to") }
    arms(Turns { source: iterable.into_iter(), next: 0, arms: N }).map(|arm| Distribute { arm })
}

/// An arm of [`distribute`](distribute()).
#[must_use = "iterators are lazy"]
pub struct Distribute<I: Iterator> {
    arm: Arm<Turns<I>, I::Item>,
}

/// The items with the arm whose turn it is.
struct Turns<I> {
    source: I,
    next: usize,
    arms: usize,
}

impl<I: Iterator> Iterator for Turns<I> {
    type Item = (usize, I::Item);

    fn next(&mut self) -> Option<(usize, I::Item)> {
        let item = self.source.next()?;
        let turn = self.next;
        self.next = if turn + 1 == self.arms { 0 } else { turn + 1 };
        Some((turn, item))
    }

    fn fold<B, G: FnMut(B, (usize, I::Item)) -> B>(self, init: B, mut g: G) -> B {
        let mut turn = self.next;
        self.source.fold(init, |acc, item| {
            let now = turn;
            turn = if turn + 1 == self.arms { 0 } else { turn + 1 };
            g(acc, (now, item))
        })
    }
}

impl<I> Turns<I> {
    /// How many of the next `n` items are for an arm.
    fn share(&self, arm: usize, n: usize) -> usize {
        let before = if arm >= self.next { arm - self.next } else { arm + (self.arms - self.next) };
        if n > before { (n - before - 1) / self.arms + 1 } else { 0 }
    }
}

impl<I: Iterator> Iterator for Distribute<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.arm.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let id = self.arm.id();
        let (waiting, hint) = self.arm.ahead(|waiting, turns| {
            let Some(turns) = turns else { return (waiting, Some(waiting)) };
            let (low, high) = turns.source.size_hint();
            let all = |n| turns.share(id, n).checked_add(waiting);
            (all(low).unwrap_or(usize::MAX), high.and_then(all))
        });
        hint.unwrap_or((waiting, None))
    }

    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, g: G) -> B {
        self.arm.fold(init, g)
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Distribute<I> {}

/// The source is not asked again once it has ended.
impl<I: Iterator> FusedIterator for Distribute<I> {}

impl<I: Iterator + fmt::Debug> fmt::Debug for Distribute<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arm.with_source(|turns| {
            f.debug_struct("Distribute")
                .field("arm", &self.arm.id())
                .field("source", &turns.map(|turns| &turns.source))
                .finish_non_exhaustive()
        })
    }
}
