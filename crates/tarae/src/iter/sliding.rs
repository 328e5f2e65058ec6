//! Windows of a length known when compiling.

use std::iter::FusedIterator;
use std::mem;

use super::next_array::next_array;

/// All windows of `N` neighbouring items of `iterable`, as arrays.
///
/// ```
/// use tarae::iter::sliding;
///
/// let averages: Vec<i32> = sliding::<3, _>([3, 6, 9, 3]).map(|w| w.iter().sum::<i32>() / 3).collect();
/// assert_eq!(averages, [6, 6]);
///
/// // The pattern says how many.
/// let mut peaks = Vec::new();
/// for [a, b, c] in sliding([1, 5, 2, 4, 3]) {
///     if a < b && b > c {
///         peaks.push(b);
///     }
/// }
/// assert_eq!(peaks, [5, 4]);
/// ```
///
/// Each window is the one before, moved on by one item. There are `N - 1` fewer than there are items; none if
/// there are fewer than `N` items. For a length known only when running, or other steps, see
/// [`windowed`](super::windowed()); for two, [`pairwise`](super::pairwise()) gives tuples. `N` of zero does not
/// compile:
///
/// ```compile_fail,E0080
/// tarae::iter::sliding::<0, _>([1, 2, 3]);
/// ```
///
/// # Laziness
///
/// Nothing is pulled before the first window is asked for; then `N` items, and from there on one item for one
/// window. Once the source has ended it is not asked again.
///
/// # Cost
///
/// `N` clones a window, or one copy of it. Over a slice it is about as fast as a loop over
/// [`windows`](slice::windows). `nth` skips in the source.
///
/// # Differences from Python
///
/// `sliding_window` is a recipe there; this has arrays in place of tuples.
///
/// # Panics
///
/// Only if `clone` or the source does. If `clone` has panicked, that window is lost; if the source has, nothing
/// is, but for the items of a first window that was not yet complete.
#[doc(alias = "more_itertools.sliding_window")]
#[doc(alias = "array_windows")]
#[doc(alias = "sliding_window")]
#[inline]
pub fn sliding<const N: usize, I>(iterable: I) -> Sliding<I::IntoIter, N>
where
    I: IntoIterator,
    I::Item: Clone,
{
    const { assert!(N > 0, "a window has at least one item: sliding::<1, _>") };
    Sliding { source: iterable.into_iter(), state: State::NotBegun }
}

/// The iterator that [`sliding`](sliding()) and [`IterExt::sliding`](super::IterExt::sliding) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Sliding<I: Iterator, const N: usize> {
    source: I,
    state: State<I::Item, N>,
}

/// | from | to | by |
/// |---|---|---|
/// | `NotBegun` | `Running` | `next`, which pulls `N` items |
/// | `Running` | `NotBegun` | `nth`, which skips the whole window |
/// | `NotBegun`, `Running` | `Ended` | all that pull and get nothing; for good |
#[derive(Clone, Debug)]
enum State<T, const N: usize> {
    NotBegun,
    /// The last window that came out.
    Running([T; N]),
    Ended,
}

/// The window, moved on by one item.
#[inline(always)]
fn shift<T, const N: usize>(window: &mut [T; N], item: T) {
    // Written out, for `rotate_left` is ten times slower here: it does not become moves between registers.
    for i in 1..N {
        window.swap(i - 1, i);
    }
    window[N - 1] = item;
}

impl<I: Iterator<Item: Clone>, const N: usize> Iterator for Sliding<I, N> {
    type Item = [I::Item; N];

    #[inline]
    fn next(&mut self) -> Option<[I::Item; N]> {
        match &mut self.state {
            State::Running(window) => match self.source.next() {
                Some(item) => {
                    shift(window, item);
                    Some(window.clone())
                }
                None => {
                    self.state = State::Ended;
                    None
                }
            },
            State::NotBegun => match next_array(&mut self.source) {
                Ok(window) => {
                    self.state = State::Running(window);
                    match &self.state {
                        State::Running(window) => Some(window.clone()),
                        _ => unreachable!(),
                    }
                }
                Err(_too_few) => {
                    self.state = State::Ended;
                    None
                }
            },
            State::Ended => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.state {
            State::NotBegun => {
                let (low, high) = self.source.size_hint();
                (low.saturating_sub(N - 1), high.map(|high| high.saturating_sub(N - 1)))
            }
            State::Running(_) => self.source.size_hint(),
            State::Ended => (0, Some(0)),
        }
    }

    /// Skips in the source, without clones.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<[I::Item; N]> {
        let mut skip = n;
        match &mut self.state {
            State::NotBegun => {}
            // No item of this window is in the one that is asked for.
            State::Running(_) if n >= N - 1 => {
                skip = n - (N - 1);
                self.state = State::NotBegun;
            }
            State::Running(window) => {
                for item in self.source.by_ref().take(n) {
                    shift(window, item);
                    skip -= 1;
                }
                if skip > 0 {
                    self.state = State::Ended;
                }
                return self.next();
            }
            State::Ended => return None,
        }
        if skip > 0 && self.source.nth(skip - 1).is_none() {
            self.state = State::Ended;
        }
        self.next()
    }

    #[inline]
    fn count(self) -> usize {
        match self.state {
            State::NotBegun => self.source.count().saturating_sub(N - 1),
            State::Running(_) => self.source.count(),
            State::Ended => 0,
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, [I::Item; N]) -> B>(mut self, init: B, mut g: G) -> B {
        let mut acc = init;
        if let State::NotBegun = self.state {
            let Some(first) = self.next() else { return acc };
            acc = g(acc, first);
        }
        let State::Running(mut window) = mem::replace(&mut self.state, State::Ended) else { return acc };
        self.source.fold(acc, |acc, item| {
            shift(&mut window, item);
            g(acc, window.clone())
        })
    }
}

impl<I: ExactSizeIterator<Item: Clone>, const N: usize> ExactSizeIterator for Sliding<I, N> {}

impl<I: Iterator<Item: Clone>, const N: usize> FusedIterator for Sliding<I, N> {}
