//! Windows of a length known when running.

use super::buffer::Buffer;
use super::owned::{CollectWindows, MapWindows};
use std::num::NonZeroUsize;

/// Windows of `n` neighbouring items of `iterable`, each `step` items after the one before.
///
/// ```
/// use std::num::NonZeroUsize;
/// use tarae::iter::windowed;
///
/// let [one, two, three] = [1, 2, 3].map(|n| NonZeroUsize::new(n).unwrap());
///
/// let mut windows = windowed(1..=5, three, one);
/// assert_eq!(windows.next_window(), Some(&[1, 2, 3][..]));
/// assert_eq!(windows.next_window(), Some(&[2, 3, 4][..]));
/// assert_eq!(windows.next_window(), Some(&[3, 4, 5][..]));
/// assert_eq!(windows.next_window(), None);
///
/// // Every second item begins a window; as an iterator.
/// let sums: Vec<i32> = windowed(1..=6, three, two).map_windows(|w| w.iter().sum()).collect();
/// assert_eq!(sums, [6, 12]);
///
/// // The 6 was in no window. With `partial` it is in a last, shorter one.
/// let all = windowed(1..=6, three, two).partial().collect_windows();
/// assert_eq!(all.last(), Some(vec![5, 6]));
/// ```
///
/// A window is lent, as a slice of a buffer that slides over the items, so this is no [`Iterator`]: ask for the
/// windows one by one with [`next_window`](Windowed::next_window), or make an iterator of what they are mapped
/// to with [`map_windows`](Windowed::map_windows) or of copies with
/// [`collect_windows`](Windowed::collect_windows).
///
/// With a `step` less than `n` the windows overlap; with more, the items between them are skipped. Items at the
/// end which do not fill a window are left out, unless [`partial`](Windowed::partial) asks for them.
/// Where the length is known when compiling and the step is one, see [`sliding`](crate::iter::sliding()).
///
/// # Laziness
///
/// Nothing is pulled before the first window is asked for; then the items of each when it is asked for, and not
/// those behind it. Once the source has ended it is not asked again.
///
/// # Cost
///
/// No clone and no allocation a window; on average at most one move an item. The buffer has room for four
/// windows at most, or 4 KiB, and not for `n` but for what has been pulled or is promised: any `n` will do.
/// Items that need to be dropped are dropped at most `n` items after the last window that has them.
///
/// # Differences from Python
///
/// `more_itertools.windowed` fills the last window up with `None` or a value; `partial` gives it unfilled. There
/// is no `n` of zero, and the step is not optional.
///
/// # Panics
///
/// Only if the source does. What it has given stays in the buffer, and the next call goes on with it. But if it
/// was skipping items between two windows, the next window begins right there.
#[doc(alias = "more_itertools.windowed")]
#[doc(alias = "more_itertools.stagger")]
#[doc(alias = "rolling")]
#[inline]
pub fn windowed<I: IntoIterator>(iterable: I, n: NonZeroUsize, step: NonZeroUsize) -> Windowed<I::IntoIter> {
    Windowed { source: iterable.into_iter(), buffer: Buffer::new(n, step), state: State::Filling }
}

/// The windows of [`windowed`](windowed()): ask for them one by one, or turn them into an iterator.
#[derive(Clone, Debug)]
#[must_use = "windows are lazy: ask with `next_window`, `map_windows` or `collect_windows`"]
pub struct Windowed<I: Iterator> {
    source: I,
    buffer: Buffer<I::Item>,
    state: State,
}

/// | from | to | by |
/// |---|---|---|
/// | `Filling` | `Lent` | `next_window`, which has filled it |
/// | `Lent` | `Filling` | `next_window`, which has moved on by a step |
/// | `Filling`, `Lent` | `Ended` | all that pull and get nothing; for good |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The window is not complete.
    Filling,
    /// The window has been handed out.
    Lent,
    Ended,
}

impl<I: Iterator> Windowed<I> {
    /// The same windows, and a last, shorter one if there are items at the end that were in no window.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::windowed;
    ///
    /// let [two, three] = [2, 3].map(|n| NonZeroUsize::new(n).unwrap());
    /// let windows = |end| windowed(1..=end, three, two).partial().collect_windows();
    ///
    /// assert!(windows(2).eq([vec![1, 2]]));
    /// assert!(windows(3).eq([vec![1, 2, 3]]));
    /// assert!(windows(4).eq([vec![1, 2, 3], vec![3, 4]]));
    /// assert!(windows(5).eq([vec![1, 2, 3], vec![3, 4, 5]]));
    /// ```
    ///
    /// So every item is in a window, but for those between two if `step` is greater than `n`. These are the
    /// windows of `more_itertools.windowed`, without its `fillvalue`.
    #[inline]
    pub fn partial(mut self) -> Self {
        self.buffer.partial = true;
        self
    }

    /// The next window; none if there is no more.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::windowed;
    ///
    /// let [two, three] = [2, 3].map(|n| NonZeroUsize::new(n).unwrap());
    /// let mut windows = windowed("abcdef".chars(), two, three);
    /// let mut pairs = String::new();
    /// while let Some(pair) = windows.next_window() {
    ///     pairs.extend(pair);
    ///     pairs.push(' ');
    /// }
    /// assert_eq!(pairs, "ab de ");
    /// ```
    #[doc(alias = "next")]
    #[inline]
    pub fn next_window(&mut self) -> Option<&[I::Item]> {
        let Self { source, buffer, state } = self;
        if *state == State::Lent {
            *state = State::Filling;
            buffer.advance();
            let gap = buffer.gap();
            if gap > 0 && source.nth(gap - 1).is_none() {
                *state = State::Ended;
            }
        }
        if *state == State::Ended {
            return None;
        }
        if buffer.items.capacity() == 0 {
            buffer.reserve(source.size_hint());
        }
        while !buffer.is_complete() {
            let Some(item) = source.next() else {
                *state = State::Ended;
                return buffer.rest();
            };
            buffer.items.push(item);
        }
        *state = State::Lent;
        Some(buffer.lend())
    }

    /// An iterator of what `f` makes of the windows.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::windowed;
    ///
    /// let [one, three] = [1, 3].map(|n| NonZeroUsize::new(n).unwrap());
    /// let highest = windowed([1, 5, 2, 4, 3], three, one).map_windows(|w| *w.iter().max().unwrap());
    /// assert!(highest.eq([5, 5, 4]));
    /// ```
    ///
    /// Each window is pulled when the iterator is asked for its item. If `f` panics, that window is lost.
    /// After windows have been asked for with [`next_window`](Self::next_window), it goes on behind the last of
    /// them.
    #[inline]
    pub fn map_windows<B, F: FnMut(&[I::Item]) -> B>(self, f: F) -> MapWindows<I, F> {
        MapWindows { windows: self, f }
    }

    /// An iterator of the windows, each copied into a `Vec`.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::windowed;
    ///
    /// let [one, two] = [1, 2].map(|n| NonZeroUsize::new(n).unwrap());
    /// let pairs: Vec<Vec<i32>> = windowed(1..=3, two, one).collect_windows().collect();
    /// assert_eq!(pairs, [[1, 2], [2, 3]]);
    /// ```
    ///
    /// They can be kept, sent to another thread, or collected: `n` clones and an allocation for each. After
    /// windows have been asked for with [`next_window`](Self::next_window), it goes on behind the last of them.
    #[inline]
    pub fn collect_windows(self) -> CollectWindows<I>
    where
        I::Item: Clone,
    {
        CollectWindows { windows: self }
    }

    pub(super) fn windows_left(&self) -> (usize, Option<usize>) {
        if self.state == State::Ended {
            return (0, Some(0));
        }
        let lent = self.state == State::Lent;
        let (low, high) = self.source.size_hint();
        // Of more than can be counted, as many as can.
        let low = low.min(usize::MAX - self.buffer.items.len());
        (
            self.buffer.windows_of(low, lent).unwrap_or(0),
            high.and_then(|high| self.buffer.windows_of(high, lent)),
        )
    }

    /// All windows go to `f`.
    #[inline]
    pub(super) fn fold_windows<B>(mut self, init: B, mut f: impl FnMut(B, &[I::Item]) -> B) -> B {
        let mut acc = init;
        if self.buffer.gap() > 0 {
            // Only step by step the source can skip at once what is between two windows.
            while let Some(window) = self.next_window() {
                acc = f(acc, window);
            }
            return acc;
        }
        let Self { source, mut buffer, state } = self;
        match state {
            State::Filling => {}
            State::Lent => buffer.advance(),
            State::Ended => return acc,
        }
        if buffer.items.capacity() == 0 {
            buffer.reserve(source.size_hint());
        }
        let acc = source.fold(acc, |acc, item| {
            buffer.items.push(item);
            if !buffer.is_complete() {
                return acc;
            }
            let acc = f(acc, buffer.lend());
            buffer.advance();
            acc
        });
        match buffer.rest() {
            Some(rest) => f(acc, rest),
            None => acc,
        }
    }
}
