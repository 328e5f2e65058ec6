//! Windows as values: what a function makes of each, or a copy.

use super::windowed::Windowed;
use std::fmt;
use std::iter::FusedIterator;

/// The iterator that [`Windowed::map_windows`] returns.
#[must_use = "iterators are lazy"]
pub struct MapWindows<I: Iterator, F> {
    pub(super) windows: Windowed<I>,
    pub(super) f: F,
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
    pub(super) windows: Windowed<I>,
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
