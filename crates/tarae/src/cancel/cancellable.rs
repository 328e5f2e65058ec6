//! An iterator that ends when it is asked to.

use super::CancelToken;
use std::iter::FusedIterator;

/// Ends early once its token is cancelled; see [`IterExt::cancellable`](crate::iter::IterExt::cancellable).
#[must_use = "iterators are lazy"]
#[derive(Clone, Debug)]
pub struct Cancellable<I> {
    source: I,
    token: CancelToken,
    /// Whether the source has ended: then nothing is cut short any more.
    ended: bool,
}

impl<I> Cancellable<I> {
    pub(crate) fn new(source: I, token: CancelToken) -> Self {
        Cancellable { source, token, ended: false }
    }
}

impl<I: Iterator> Iterator for Cancellable<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.token.is_cancelled() {
            if !self.ended {
                self.token.obey();
            }
            return None;
        }
        let item = self.source.next();
        self.ended |= item.is_none();
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.source.size_hint().1) // it may end at any time
    }
}

impl<I: FusedIterator> FusedIterator for Cancellable<I> {}
