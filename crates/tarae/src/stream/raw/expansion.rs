//! What the macros expand to.
//!
//! What is `unsafe` here is promised by the macro's expansion alone: it stands directly in the body block of a stream
//! (the label guard sees to that), so whoever polls it is that stream's driver.

use super::async_generator::AsyncGenerator;
use super::put::Put;
use crate::stream::ending::{ItemResult, NoValue};
use crate::stream::next::Next;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use futures_core::Stream;

/// All that an expansion calls by a path: one type, so that whoever lends another crate's name lends all of it or none.
pub struct StreamExpansion;

impl StreamExpansion {
    /// The types of a `stream!`: its items' to be inferred, unless it is named.
    #[inline(always)]
    pub fn types<Y>() -> Types<Y, ()> {
        Types(PhantomData)
    }

    /// The types of a `try_stream!` whose items are `R`.
    #[inline(always)]
    pub fn result_types<R: ItemResult>() -> Types<R::Value, Result<(), R::Error>> {
        Types(PhantomData)
    }

    /// Stands for a value of the type that a body returns, so that it is known before the first `?`; never called.
    #[cold]
    pub fn typed_end<Y, R>(_: Types<Y, R>) -> R {
        unreachable!("stands behind `if false`")
    }

    /// What a `return` without a value returns.
    #[inline(always)]
    pub fn nothing<R: NoValue>() -> R {
        R::NOTHING
    }

    /// A yield: pending once, with an item.
    ///
    /// # Safety
    /// Awaited at once, directly by a body that only its driver polls, with the body's types.
    #[inline(always)]
    pub unsafe fn put<Y, R>(_: Types<Y, R>, item: Y) -> Put<Y> {
        Put::new(item)
    }

    /// A stream of a body.
    ///
    /// # Safety
    /// `body` is a macro's expansion.
    #[inline(always)]
    pub unsafe fn stream<Y, R, F: Future<Output = R>>(_: Types<Y, R>, body: F) -> AsyncGenerator<Y, F> {
        // SAFETY: the caller's promise.
        unsafe { AsyncGenerator::new(body) }
    }

    /// The next item of another stream.
    #[inline(always)]
    pub fn next<S: Stream>(stream: Pin<&mut S>) -> Next<'_, S> {
        Next(stream)
    }
}

/// Ties the types of a body's items and end to those of its stream, invariantly: with any other variance a body could
/// leave a short-lived borrow from which a longer one is read.
pub struct Types<Y, R>(PhantomData<fn(Y, R) -> (Y, R)>);

impl<Y, R> Clone for Types<Y, R> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, R> Copy for Types<Y, R> {}
