//! The stream that a body is run by.

use super::put::take;
use crate::stream::ending::Ending;
use core::cell::UnsafeCell;
use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::{FusedStream, Stream};

/// A body with `yield` and `await`: made by [`stream!`](crate::stream!) and [`try_stream!`](crate::try_stream!), run by
/// whoever polls it.
///
/// Its items are those of its yields, of type `Y`; those of a `try_stream!` are `Result`s. Nothing runs before the
/// first poll. Pin it (`pin!`, `Box::pin`) to take items one by one. It is `Send` if its body is; an item that is not
/// need not keep it from being so.
///
/// Name it where a stream is a return type and [`Debug`] is wanted, too; else `impl Stream<Item = ..>` says enough.
// | state | `body` | left by |
// |---|---|---|
// | Live | there | `poll_next`, at the body's end or panic |
// | Over | none | nothing |
#[must_use = "streams are lazy: nothing runs until the first item is asked for"]
pub struct AsyncGenerator<Y, F> {
    /// In a cell: its locals may borrow each other, so whoever has only a shared borrow of the whole must read none of
    /// its bytes, and `is_none` no niche in them.
    body: Option<UnsafeCell<F>>,
    /// Tied invariantly: see `Types`.
    items: PhantomData<fn(Y) -> Y>,
}

// SAFETY: through a shared borrow nobody reaches the body.
unsafe impl<Y, F: Sync> Sync for AsyncGenerator<Y, F> {}

/// Drops a body that has returned or panicked.
struct Close<'a, F>(&'a mut Option<UnsafeCell<F>>);

impl<F> Drop for Close<'_, F> {
    #[inline(always)]
    fn drop(&mut self) {
        *self.0 = None; // where it is: it is pinned
    }
}

impl<Y, F> AsyncGenerator<Y, F> {
    /// # Safety
    /// `body` is a macro's expansion: nobody else polls it, and what its yields put is of type `Y`.
    #[inline(always)]
    pub(super) unsafe fn new(body: F) -> Self {
        AsyncGenerator { body: Some(UnsafeCell::new(body)), items: PhantomData }
    }

    #[inline]
    fn is_over(&self) -> bool {
        self.body.is_none()
    }
}

impl<Y, F: Future<Output: Ending<Y>>> Stream for AsyncGenerator<Y, F> {
    type Item = <F::Output as Ending<Y>>::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // SAFETY: nothing is moved out of it.
        let close = Close(&mut unsafe { self.get_unchecked_mut() }.body);
        let Some(body) = close.0.as_mut() else {
            core::mem::forget(close);
            return Poll::Ready(None);
        };
        // SAFETY: the body is pinned with `self`: it is dropped where it is, and never moved.
        let body = unsafe { Pin::new_unchecked(body.get_mut()) };
        // A context of our own, which a yield may replace, with the caller's waker.
        let mut context = Context::from_waker(context.waker());
        match body.poll(&mut context) {
            Poll::Ready(output) => {
                drop(close);
                Poll::Ready(output.last())
            }
            Poll::Pending => {
                core::mem::forget(close);
                // SAFETY: the body has just been polled with this context, made for that, and is pending.
                match unsafe { take(&context) } {
                    Some(item) => Poll::Ready(Some(F::Output::item(item))),
                    None => Poll::Pending,
                }
            }
        }
    }

    /// Nothing is known of a body but whether it is over.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.is_over().then_some(0))
    }
}

impl<Y, F: Future<Output: Ending<Y>>> FusedStream for AsyncGenerator<Y, F> {
    #[inline]
    fn is_terminated(&self) -> bool {
        self.is_over()
    }
}

impl<Y, F> fmt::Debug for AsyncGenerator<Y, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_over() { "Over" } else { "Live" };
        f.debug_struct("AsyncGenerator").field("state", &format_args!("{state}")).finish_non_exhaustive()
    }
}
