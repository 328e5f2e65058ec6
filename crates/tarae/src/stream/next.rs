//! Waiting for an item of another stream: what `for await` and `yield_from!` do.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;

/// The next item of a stream, or `None` after the last.
pub struct Next<'a, S>(pub(crate) Pin<&'a mut S>);

impl<S: Stream> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll_next(context)
    }
}
