//! Windows of a length known when running.

use std::fmt;
use std::iter::FusedIterator;
use std::mem;
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
/// Where the length is known when compiling and the step is one, see [`sliding`](super::sliding()).
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
    let buffer = Buffer { n, step, partial: false, items: Vec::new(), start: 0, seen: 0 };
    Windowed { source: iterable.into_iter(), buffer, state: State::Filling }
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

/// The window, and what slides it.
#[derive(Clone, Debug)]
struct Buffer<T> {
    n: NonZeroUsize,
    step: NonZeroUsize,
    partial: bool,
    // What was pulled and may be needed; before `start`, what is needed no more and not yet dropped.
    items: Vec<T>,
    // Where in `items` the window begins. It goes on to the end.
    start: usize,
    // Up to where in `items` they have been in a window. Not before `start`.
    seen: usize,
}

impl<T> Buffer<T> {
    /// How many items that are needed no more may be there, so that not every step has to move the others.
    #[inline]
    fn slack(&self) -> usize {
        let n = self.n.get();
        // Those for whose drop someone may wait are not kept longer than it takes to pay for the moves.
        if mem::needs_drop::<T>() { n } else { n.max(1024 / size_of::<T>().max(1)) }
    }

    /// Makes room for all that will be here at once, if the source has so much.
    #[cold]
    fn reserve(&mut self, (low, high): (usize, Option<usize>)) {
        let most = self.n.get().saturating_add(self.slack()).min(high.unwrap_or(usize::MAX));
        self.items.reserve_exact(most.min(low.max(4096 / size_of::<T>().max(1))));
    }

    #[inline]
    fn is_complete(&self) -> bool {
        self.items.len() - self.start >= self.n.get()
    }

    /// The window. From now on its items have been seen.
    #[inline]
    fn lend(&mut self) -> &[T] {
        self.seen = self.items.len();
        &self.items[self.start..]
    }

    /// A last, shorter window, if it is asked for and has something new.
    #[inline]
    fn rest(&self) -> Option<&[T]> {
        (self.partial && self.items.len() > self.seen).then(|| &self.items[self.start..])
    }

    /// Goes from a complete window on to the next, except for the items between the two.
    #[inline]
    fn advance(&mut self) {
        if self.step >= self.n {
            (self.start, self.seen) = (0, 0);
            self.items.clear();
            return;
        }
        self.start += self.step.get();
        if self.start >= self.slack() {
            let done = mem::take(&mut self.start);
            self.seen -= done;
            self.items.drain(..done);
        }
    }

    /// How many items of the source are between two windows.
    #[inline]
    fn gap(&self) -> usize {
        self.step.get().saturating_sub(self.n.get())
    }

    /// How many windows there are if the source has so many items. None if the items cannot be counted.
    fn windows_of(&self, items: usize, lent: bool) -> Option<usize> {
        let (n, step) = (self.n.get(), self.step.get());
        // Counted from the beginning of the next window on. First what is here already.
        let (here, seen, gap) = if lent {
            let shared = n.saturating_sub(step);
            (shared, shared, self.gap())
        } else {
            (self.items.len() - self.start, self.seen - self.start, 0)
        };
        let items = items.saturating_sub(gap).checked_add(here)?;
        let whole = if items < n { 0 } else { (items - n) / step + 1 };
        // Up to where they are in whole windows, or between two.
        let used = match whole {
            0 => seen,
            _ => ((whole - 1) * step).saturating_add(n.max(step)),
        };
        Some(whole + usize::from(self.partial && items > used))
    }
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

    fn windows_left(&self) -> (usize, Option<usize>) {
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
    fn fold_windows<B>(mut self, init: B, mut f: impl FnMut(B, &[I::Item]) -> B) -> B {
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

/// The iterator that [`Windowed::map_windows`] returns.
#[must_use = "iterators are lazy"]
pub struct MapWindows<I: Iterator, F> {
    windows: Windowed<I>,
    f: F,
}

impl<I: Iterator, B, F: FnMut(&[I::Item]) -> B> Iterator for MapWindows<I, F> {
    type Item = B;

    #[inline]
    fn next(&mut self) -> Option<B> {
        self.windows.next_window().map(&mut self.f)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.windows.windows_left()
    }

    #[inline]
    fn fold<A, G: FnMut(A, B) -> A>(self, init: A, mut g: G) -> A {
        let mut f = self.f;
        self.windows.fold_windows(init, |acc, window| g(acc, f(window)))
    }
}

impl<I: ExactSizeIterator, B, F: FnMut(&[I::Item]) -> B> ExactSizeIterator for MapWindows<I, F> {}

impl<I: Iterator, B, F: FnMut(&[I::Item]) -> B> FusedIterator for MapWindows<I, F> {}

impl<I: Iterator, F: Clone> Clone for MapWindows<I, F>
where
    Windowed<I>: Clone,
{
    fn clone(&self) -> Self {
        Self { windows: self.windows.clone(), f: self.f.clone() }
    }
}

impl<I: Iterator, F> fmt::Debug for MapWindows<I, F>
where
    Windowed<I>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapWindows").field("windows", &self.windows).finish_non_exhaustive()
    }
}

/// The iterator that [`Windowed::collect_windows`] returns.
#[must_use = "iterators are lazy"]
pub struct CollectWindows<I: Iterator> {
    windows: Windowed<I>,
}

impl<I: Iterator<Item: Clone>> Iterator for CollectWindows<I> {
    type Item = Vec<I::Item>;

    #[inline]
    fn next(&mut self) -> Option<Vec<I::Item>> {
        self.windows.next_window().map(<[_]>::to_vec)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.windows.windows_left()
    }

    /// Copies nothing of what it skips.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<Vec<I::Item>> {
        for _ in 0..n {
            self.windows.next_window()?;
        }
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        self.windows.fold_windows(0, |n, _| n + 1)
    }

    #[inline]
    fn fold<A, G: FnMut(A, Vec<I::Item>) -> A>(self, init: A, mut g: G) -> A {
        self.windows.fold_windows(init, |acc, window| g(acc, window.to_vec()))
    }
}

impl<I: ExactSizeIterator<Item: Clone>> ExactSizeIterator for CollectWindows<I> {}

impl<I: Iterator<Item: Clone>> FusedIterator for CollectWindows<I> {}

impl<I: Iterator> Clone for CollectWindows<I>
where
    Windowed<I>: Clone,
{
    fn clone(&self) -> Self {
        Self { windows: self.windows.clone() }
    }
}

impl<I: Iterator> fmt::Debug for CollectWindows<I>
where
    Windowed<I>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollectWindows").field("windows", &self.windows).finish()
    }
}
