//! Generators and coroutines whose body has no type any more.

use super::raw::body::Body;
use super::raw::erased::{Erased, ErasedBody};
use super::{Coroutine, Generator, SendError, State, Step};
use alloc::boxed::Box;
use core::fmt;
use core::iter::FusedIterator;
use core::pin::Pin;

/// Two words: a generator to be stored in a field, or in one collection with others.
///
/// See [`Generator::boxed`].
pub type BoxGenerator<'a, Y> = BoxCoroutine<'a, (), Y, ()>;

/// As [`BoxGenerator`], for one that stays on its thread. See [`Generator::boxed_local`].
pub type LocalBoxGenerator<'a, Y> = LocalBoxCoroutine<'a, (), Y, ()>;

macro_rules! boxed_coroutine {
    ($(#[$doc:meta])* $name:ident, $($send:ident)?) => {
        $(#[$doc])*
        #[must_use = "generators are lazy: nothing runs until the first item is asked for"]
        pub struct $name<'a, S, Y, R>(Pin<Box<dyn Erased<S, Y, R> $(+ $send)? + 'a>>);

        impl<'a, S, Y, R> $name<'a, S, Y, R> {
            /// Where its body is.
            pub fn state(&self) -> State {
                self.0.state()
            }

            /// Drops the body where it waits; see [`Generator::close`].
            pub fn close(&mut self) {
                self.0.as_mut().finish();
            }

            /// The body for a delegation, or all of it if that must keep its own driver.
            #[allow(clippy::type_complexity)]
            pub(super) fn into_unstarted_body(
                self,
            ) -> Result<ErasedBody<dyn Erased<S, Y, R> $(+ $send)? + 'a, S, Y, R>, Self> {
                ErasedBody::new(self.0).map_err($name)
            }
        }

        impl<S, Y, R> Coroutine for $name<'_, S, Y, R> {
            type Sent = S;
            type Yield = Y;
            type Return = R;

            fn try_start(&mut self) -> Result<Step<Y, R>, SendError<()>> {
                self.0.as_mut().first().ok_or_else(|| SendError { value: (), state: self.state() })
            }

            fn try_send(&mut self, value: S) -> Result<Step<Y, R>, SendError<S>> {
                self.0.as_mut().with(value).map_err(|value| SendError { value, state: self.0.state() })
            }

            fn state(&self) -> State {
                $name::state(self)
            }

            fn close(&mut self) {
                $name::close(self);
            }
        }

        impl<Y> Iterator for $name<'_, (), Y, ()> {
            type Item = Y;

            #[inline]
            fn next(&mut self) -> Option<Y> {
                self.0.as_mut().next(())?.yielded()
            }
        }

        impl<Y> FusedIterator for $name<'_, (), Y, ()> {}

        impl<S, Y, R> fmt::Debug for $name<'_, S, Y, R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("state", &self.state()).finish_non_exhaustive()
            }
        }
    };
}

boxed_coroutine!(
    /// Two words: a coroutine to be stored in a field, or in one collection with others. `S` is sent, `Y` yielded, `R`
    /// returned.
    ///
    /// See [`Generator::boxed`].
    BoxCoroutine, Send
);

boxed_coroutine!(
    /// As [`BoxCoroutine`], for one that stays on its thread. See [`Generator::boxed_local`].
    LocalBoxCoroutine,
);

impl<B: Body> Generator<B> {
    /// Erases the type of the body: two words, for a field, a collection, or a function that returns one of several.
    ///
    /// ```
    /// use tarae::generator::{BoxCoroutine, BoxGenerator};
    /// use tarae::prelude::*;
    ///
    /// struct Lexer<'a> {
    ///     words: BoxGenerator<'a, &'a str>,
    ///     answers: BoxCoroutine<'static, i32, i32, ()>,
    /// }
    ///
    /// fn either(up: bool) -> BoxGenerator<'static, u32> {
    ///     if up {
    ///         generator!({ for n in 0..3 { yield n; } }).boxed()
    ///     } else {
    ///         generator!({ yield 9; }).boxed()
    ///     }
    /// }
    ///
    /// let text = &*String::from("lazy threads"); // borrowed: a body owns what it uses
    /// let mut lexer = Lexer {
    ///     words: generator!({ for word in text.split(' ') { yield word; } }).boxed(),
    ///     answers: coroutine!({ let mut n = 0; loop { n += yield n; } }).boxed(),
    /// };
    /// assert_eq!(lexer.words.next(), Some("lazy"));
    /// assert_eq!(lexer.answers.start(), Step::Yield(0));
    /// assert_eq!(lexer.answers.send(5), Step::Yield(5));
    /// assert_eq!(either(true).chain(either(false)).collect::<Vec<_>>(), [0, 1, 2, 9]);
    /// ```
    ///
    /// # Cost
    /// One allocation, now, instead of that at the first item; an item is a call through a table. A
    /// [`yield_from!`](crate::yield_from!) of one that has not started costs the same at any depth, as for a `Generator`,
    /// but one allocation each.
    pub fn boxed<'a>(self) -> BoxCoroutine<'a, B::Sent, B::Yield, B::Output>
    where
        B: Send + 'a,
    {
        BoxCoroutine(match self.into_pinned() {
            Ok(pinned) => Box::pin(pinned),
            Err(started) => Box::pin(started),
        })
    }

    /// As [`boxed`](Self::boxed), for a body that is not `Send`.
    pub fn boxed_local<'a>(self) -> LocalBoxCoroutine<'a, B::Sent, B::Yield, B::Output>
    where
        B: 'a,
    {
        LocalBoxCoroutine(match self.into_pinned() {
            Ok(pinned) => Box::pin(pinned),
            Err(started) => Box::pin(started),
        })
    }
}
