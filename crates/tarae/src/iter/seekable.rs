//! An iterator that can go back.

use std::collections::VecDeque;
use std::iter::{Fuse, FusedIterator};
use std::num::NonZeroUsize;

/// The items of `iterable`, remembered, so that one can go back to any of them.
///
/// ```
/// use tarae::iter::seekable;
///
/// let mut squares = seekable((0..).map(|n| n * n));
/// assert_eq!((squares.next(), squares.next(), squares.next()), (Some(0), Some(1), Some(4)));
/// squares.seek(1);
/// assert_eq!(squares.next(), Some(1));
/// squares.relative_seek(7);
/// assert_eq!((squares.tell(), squares.next()), (9, Some(81)));
/// ```
///
/// A position counts the items before it, from the source's beginning. [`seek`](Seekable::seek) goes to one, back
/// or forth, and says where it has arrived, since not every position can be reached: behind the end of the source
/// it stops at the end. [`peek`](Seekable::peek) looks at the next item without taking it.
///
/// All items are remembered, or the last few, if [`max_len`](Seekable::max_len) says how many.
///
/// # Laziness
///
/// Nothing is pulled before the first item is asked for. An item that is remembered is not pulled again; going
/// forward pulls and remembers what lies between. After its end the source is not asked again.
///
/// # Cost
///
/// One clone an item, and room for all that is remembered. [`fold`](Iterator::fold) and what is built on it
/// (`sum`, `for_each`, ..) neither clones nor remembers: there would be nobody to go back.
///
/// # Differences from Python
///
/// With a limit, Python counts positions from the oldest item that is remembered; here they always count from
/// the beginning, and do not change their meaning. `it[i]` and `elements` are [`elements`](Seekable::elements);
/// `bool(it)` is `it.peek().is_some()`.
///
/// # Panics
///
/// Only if the source or `clone` does; no item is lost by that. With a limit, also after `usize::MAX` items.
#[doc(alias = "more_itertools.seekable")]
#[doc(alias = "rewind")]
#[inline]
pub fn seekable<I>(iterable: I) -> Seekable<I::IntoIter>
where
    I: IntoIterator,
    I::Item: Clone,
{
    Seekable {
        source: iterable.into_iter().fuse(),
        remembered: VecDeque::new(),
        forgotten: 0,
        place: 0,
        max_len: usize::MAX,
    }
}

/// The iterator that [`seekable`] and [`IterExt::seekable`](super::IterExt::seekable) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Seekable<I: Iterator> {
    source: Fuse<I>,
    // What has been pulled, but for the `forgotten` first items. Never more than `max_len`.
    remembered: VecDeque<I::Item>,
    forgotten: usize,
    // Where in `remembered` the next item is; at its end the next one is pulled.
    place: usize,
    max_len: usize,
}

impl<I: Iterator> Seekable<I> {
    /// Remembers only the last `n` items that have been pulled.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::seekable;
    ///
    /// let mut numbers = seekable(0..100).max_len(NonZeroUsize::new(10).unwrap());
    /// assert_eq!(numbers.nth(49), Some(49));
    /// assert_eq!(numbers.seek(45), 45);
    /// assert_eq!(numbers.next(), Some(45));
    /// // 40 is the oldest one that is remembered.
    /// assert_eq!(numbers.seek(0), 40);
    /// ```
    ///
    /// If more are remembered already, the oldest are forgotten; the position moves on to the oldest that is left.
    #[doc(alias = "maxlen")]
    pub fn max_len(mut self, n: NonZeroUsize) -> Self {
        self.max_len = n.get();
        while self.remembered.len() > self.max_len {
            self.forget();
        }
        self
    }

    /// How many items lie before the next one.
    ///
    /// ```
    /// # use tarae::iter::seekable;
    /// let mut letters = seekable("abc".chars());
    /// letters.next();
    /// assert_eq!(letters.tell(), 1);
    /// ```
    // Not `position`: through a `&mut Seekable` that would be `Iterator::position`.
    #[doc(alias = "position")]
    #[inline]
    pub fn tell(&self) -> usize {
        self.forgotten + self.place
    }

    /// Goes to a position, and returns the one where it has arrived.
    ///
    /// ```
    /// use tarae::iter::seekable;
    ///
    /// let mut letters = seekable("abc".chars());
    /// assert_eq!(letters.seek(2), 2);
    /// assert_eq!(letters.next(), Some('c'));
    /// // There are only three.
    /// assert_eq!(letters.seek(7), 3);
    /// assert_eq!(letters.next(), None);
    /// assert_eq!(letters.seek(0), 0);
    /// assert!(letters.eq(['a', 'b', 'c']));
    /// ```
    ///
    /// That is less than asked for where the source ends before, and more where what was asked for has been
    /// forgotten ([`max_len`](Self::max_len)): then it is at the oldest item that is remembered.
    ///
    /// Going back pulls nothing; going forward pulls what has not been pulled so far.
    pub fn seek(&mut self, position: usize) -> usize {
        // What has been forgotten is before place 0.
        let pulled = self.forgotten + self.remembered.len();
        self.place = position.min(pulled).saturating_sub(self.forgotten);
        while self.tell() < position && self.pull() {
            self.place += 1;
        }
        self.tell()
    }

    /// Goes forth, or back if `offset` is negative, and returns the position where it has arrived.
    ///
    /// ```
    /// use tarae::iter::seekable;
    ///
    /// let mut letters = seekable("abcdef".chars());
    /// assert_eq!(letters.relative_seek(4), 4);
    /// assert_eq!(letters.relative_seek(-3), 1);
    /// assert_eq!(letters.relative_seek(-3), 0);
    /// ```
    ///
    /// Before the beginning it stops at the beginning. In all else it does what [`seek`](Self::seek) does.
    #[doc(alias = "seek_relative")]
    pub fn relative_seek(&mut self, offset: isize) -> usize {
        self.seek(self.tell().saturating_add_signed(offset))
    }

    /// The next item, which remains the next; none at the end.
    ///
    /// ```
    /// use tarae::iter::seekable;
    ///
    /// let mut letters = seekable("ab".chars());
    /// assert_eq!(letters.peek(), Some(&'a'));
    /// assert_eq!(letters.next(), Some('a'));
    /// ```
    ///
    /// It is pulled and remembered, unless it is already.
    #[inline]
    pub fn peek(&mut self) -> Option<&I::Item> {
        if self.place == self.remembered.len() {
            self.pull();
        }
        self.remembered.get(self.place)
    }

    /// The items that are remembered, in their order: what can be reached without pulling.
    ///
    /// ```
    /// use tarae::iter::seekable;
    ///
    /// let mut letters = seekable("abcdef".chars());
    /// letters.seek(3);
    /// assert_eq!(letters.elements(), &['a', 'b', 'c']);
    /// assert_eq!(letters.elements()[1], 'b');
    /// ```
    #[inline]
    pub fn elements(&self) -> &VecDeque<I::Item> {
        &self.remembered
    }

    /// Pulls one item and remembers it, without moving on. False: the source has ended.
    #[inline]
    fn pull(&mut self) -> bool {
        let Some(item) = self.source.next() else { return false };
        if self.remembered.len() == self.max_len {
            self.forget();
        }
        self.remembered.push_back(item);
        true
    }

    /// Forgets the oldest item.
    #[inline]
    fn forget(&mut self) {
        self.forgotten =
            self.forgotten.checked_add(1).expect("seekable: a position does not fit into a `usize`");
        self.place = self.place.saturating_sub(1);
        self.remembered.pop_front();
    }
}

impl<I> Iterator for Seekable<I>
where
    I: Iterator,
    I::Item: Clone,
{
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        // Remembered before it is cloned: should `clone` panic, it is still the next one.
        let item = self.peek()?.clone();
        self.place += 1;
        Some(item)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        // Where the sum does not fit, there are not that many items.
        let position = self.tell().saturating_add(n);
        if self.seek(position) == position { self.next() } else { None }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let again = self.remembered.len() - self.place;
        let (low, high) = self.source.size_hint();
        (low.saturating_add(again), high.and_then(|high| high.checked_add(again)))
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(mut self, init: B, mut g: G) -> B {
        let acc = self.remembered.drain(self.place..).fold(init, &mut g);
        self.source.fold(acc, g)
    }
}

impl<I> ExactSizeIterator for Seekable<I>
where
    I: ExactSizeIterator,
    I::Item: Clone,
{
}

// Unless one goes back.
impl<I> FusedIterator for Seekable<I>
where
    I: Iterator,
    I::Item: Clone,
{
}
