//! One from each, in turn.

use std::fmt;
use std::iter::FusedIterator;

/// One item of each of `iterables` in turn; those that have ended leave.
///
/// ```
/// use tarae::iter::roundrobin;
///
/// let letters: String = roundrobin(["ABC".chars(), "D".chars(), "EF".chars()]).collect();
/// assert_eq!(letters, "ADEBFC");
/// ```
///
/// They have one type. For two of different types use itertools' `interleave`.
///
/// # Laziness
///
/// Nothing is pulled before the first item is asked for. Then all of `iterables` is read, to know who takes part,
/// so it must end; of each of them, which may be endless, one item is pulled for one item. After it has ended
/// none of them is asked again.
///
/// # Cost
///
/// One allocation, for the iterators. Those that have ended are dropped at the end of their round. What is left
/// when all but one have ended costs nothing over that one. `size_hint` is the sum of theirs from the first item
/// on, and not known before it.
///
/// # Differences from Python
///
/// This is the recipe `roundrobin`, and more-itertools' `interleave_longest`. They get the iterables as
/// arguments; here they are the items of one.
///
/// # Panics
///
/// Only if an iterator does: it is asked again next time. If `iterables` itself panics there is nothing to take
/// from, and the iterator has ended.
#[doc(alias = "itertools.roundrobin")]
#[doc(alias = "more_itertools.roundrobin")]
#[doc(alias = "more_itertools.interleave_longest")]
#[doc(alias = "interleave")]
#[inline]
pub fn roundrobin<I>(iterables: I) -> RoundRobin<I::IntoIter>
where
    I: IntoIterator<Item: IntoIterator>,
{
    RoundRobin { iterables: Some(iterables.into_iter()), turns: Vec::new(), stay: 0, turn: 0 }
}

/// The iterator that [`roundrobin`] returns.
///
/// | state | `iterables` | `turns` | left by |
/// |---|---|---|---|
/// | not begun | some | empty | the first item: to "running", or to "ended" if there are none |
/// | running | none | not empty | a round's end: to "ended" when nobody stays |
/// | ended | none | empty | |
#[must_use = "iterators are lazy"]
pub struct RoundRobin<I: Iterator<Item: IntoIterator>> {
    // None once it has been read.
    iterables: Option<I>,
    // In their order: first the `stay` that have given an item in this round, then those up to `turn` that have
    // ended in it, then those that are still to be asked. So leaving costs a swap, and nobody changes place.
    turns: Vec<<I::Item as IntoIterator>::IntoIter>,
    stay: usize,
    turn: usize,
}

impl<I: Iterator<Item: IntoIterator>> Iterator for RoundRobin<I> {
    type Item = <I::Item as IntoIterator>::Item;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Self { iterables, turns, stay, turn } = self;
        loop {
            while let Some(iterator) = turns.get_mut(*turn) {
                let item = iterator.next();
                asked(turns, stay, turn, item.is_some());
                if item.is_some() {
                    return item;
                }
            }
            match iterables.take() {
                Some(iterables) => *turns = begin(iterables),
                None => next_round(turns, stay, turn),
            }
            if turns.is_empty() {
                return None;
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if let Some(iterables) = &self.iterables {
            return (0, iterables.size_hint().1.filter(|none| *none == 0));
        }
        let (staying, others) = self.turns.split_at(self.stay);
        let waiting = &others[self.turn - self.stay..];
        let hints = staying.iter().chain(waiting).map(Iterator::size_hint);
        hints.fold((0, Some(0)), |(low, high), (more, most)| {
            (
                low.saturating_add(more),
                high.zip(most).and_then(|(high, most): (usize, _)| high.checked_add(most)),
            )
        })
    }

    fn fold<B, G: FnMut(B, Self::Item) -> B>(self, init: B, mut g: G) -> B {
        // Apart, they are kept in registers.
        let Self { iterables, mut turns, mut stay, mut turn } = self;
        if let Some(iterables) = iterables {
            turns = begin(iterables);
        }
        let mut acc = init;
        while turns.len() > 1 {
            while let Some(iterator) = turns.get_mut(turn) {
                let item = iterator.next();
                asked(&mut turns, &mut stay, &mut turn, item.is_some());
                if let Some(item) = item {
                    acc = g(acc, item);
                }
            }
            next_round(&mut turns, &mut stay, &mut turn);
        }
        // Nobody to take turns with: the last one's own `fold`, unless it has been asked in vain.
        turns.into_iter().skip(turn - stay).flatten().fold(acc, g)
    }
}

/// All who take part.
#[inline]
fn begin<I: Iterator<Item: IntoIterator>>(iterables: I) -> Vec<<I::Item as IntoIterator>::IntoIter> {
    iterables.map(IntoIterator::into_iter).collect()
}

/// The one whose turn it was has been asked, and stays if it has given an item.
#[inline]
fn asked<T>(turns: &mut [T], stay: &mut usize, turn: &mut usize, stays: bool) {
    if stays {
        // Mostly nobody has left. A swap with itself would wait for memory, and take ten times longer.
        if *stay != *turn {
            turns.swap(*stay, *turn);
        }
        *stay += 1;
    }
    *turn += 1;
}

/// All have been asked: those that have ended leave.
#[inline]
fn next_round<T>(turns: &mut Vec<T>, stay: &mut usize, turn: &mut usize) {
    turns.truncate(*stay);
    (*stay, *turn) = (0, 0);
}

// Who has ended is not asked again.
impl<I: Iterator<Item: IntoIterator>> FusedIterator for RoundRobin<I> {}

impl<I: Iterator<Item: IntoIterator> + Clone> Clone for RoundRobin<I>
where
    <I::Item as IntoIterator>::IntoIter: Clone,
{
    fn clone(&self) -> Self {
        let Self { iterables, turns, stay, turn } = self;
        Self { iterables: iterables.clone(), turns: turns.clone(), stay: *stay, turn: *turn }
    }
}

impl<I: Iterator<Item: IntoIterator> + fmt::Debug> fmt::Debug for RoundRobin<I>
where
    <I::Item as IntoIterator>::IntoIter: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoundRobin")
            .field("iterables", &self.iterables)
            .field("turns", &self.turns)
            .field("stay", &self.stay)
            .field("turn", &self.turn)
            .finish()
    }
}
