//! An iterator that ends when it is asked to.

use super::CancelToken;
use std::iter::FusedIterator;
use std::ops::ControlFlow;

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
    #[inline]
    pub(crate) fn new(source: I, token: CancelToken) -> Self {
        Cancellable { source, token, ended: false }
    }

    /// The work stops, unless it was over.
    #[cold]
    fn cut_short(&self) {
        if !self.ended {
            self.token.obey();
        }
    }
}

impl<I: Iterator> Iterator for Cancellable<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if self.token.is_cancelled() {
            self.cut_short();
            return None;
        }
        let item = self.source.next();
        if item.is_none() {
            self.ended = true;
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.token.is_cancelled() {
            return (0, Some(0));
        }
        (0, self.source.size_hint().1) // it may end at any time
    }

    /// As by `next`: the token is asked before an item is pulled, so that what has been pulled is not lost.
    #[inline]
    fn fold<B, F: FnMut(B, I::Item) -> B>(mut self, init: B, mut f: F) -> B {
        if self.token.is_cancelled() {
            self.cut_short();
            return init;
        }
        let token = &self.token;
        let flow = self.source.try_fold(init, |acc, item| {
            let acc = f(acc, item);
            if token.is_cancelled() { ControlFlow::Break(acc) } else { ControlFlow::Continue(acc) }
        });
        match flow {
            ControlFlow::Continue(acc) => acc,
            ControlFlow::Break(acc) => {
                self.cut_short();
                acc
            }
        }
    }
}

impl<I: FusedIterator> FusedIterator for Cancellable<I> {}
