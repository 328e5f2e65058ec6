//! The generator that can be moved, stored, returned and sent.

use super::raw::body::Body;
use super::raw::movable::Movable;
use super::{Coroutine, Pinned, SendError, Shared, State, Step};
use core::fmt;
use core::iter::FusedIterator;

/// A body with `yield`: made by [`generator!`](crate::generator!), [`coroutine!`](crate::coroutine!) or
/// [`from_fn`](super::from_fn), run a step at a time.
///
/// If it is sent nothing and returns nothing it is an [`Iterator`]; every one is a [`Coroutine`]. Nothing runs before
/// the first resume. It can be moved at any time, and is `Send` if its body is (an item that is not need not keep it
/// from being so).
///
/// ```
/// use tarae::prelude::*;
///
/// let words = generator!({
///     for word in "lazy threads of work".split(' ') {
///         yield word;
///     }
/// });
/// let lengths: usize = words.map(str::len).sum(); // by `fold`: nothing is allocated
/// assert_eq!(lengths, 17);
/// ```
///
/// # Cost
///
/// The body is put into a box by the first [`next`](Iterator::next), [`start`](Coroutine::start) or
/// [`send`](Coroutine::send); never by [`fold`](Iterator::fold) and what is built on it, nor if it is
/// [pinned](Self::pinned).
#[must_use = "generators are lazy: nothing runs until the first item is asked for"]
pub struct Generator<B: Body> {
    body: Movable<B>,
}

impl<B: Body> Generator<B> {
    #[inline(always)]
    pub(super) fn new(extra: B::Extra, body: B) -> Self {
        Generator { body: Movable::new(extra, body) }
    }

    #[inline(always)]
    pub(super) fn from_movable(body: Movable<B>) -> Self {
        Generator { body }
    }

    #[inline(always)]
    pub(super) fn into_movable(self) -> Movable<B> {
        self.body
    }

    /// Where its body is.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let mut one = generator!({ yield 1; });
    /// assert_eq!(one.state(), State::Created);
    /// one.next();
    /// assert_eq!(one.state(), State::Suspended);
    /// one.close();
    /// assert_eq!(one.state(), State::Closed);
    /// ```
    pub fn state(&self) -> State {
        self.body.state()
    }

    /// Drops the body where it waits: destructors run, inner to outer, and nothing is returned.
    ///
    /// There is no exit that a body could catch, as in Python. A coroutine that wants to finish politely is sent a value
    /// that says so. Closing twice, or after the end, does nothing.
    ///
    /// # Panics
    /// If a destructor does. The others still run, and the generator is Closed.
    pub fn close(&mut self) {
        self.body.close();
    }

    /// To be pinned, and driven where it is: nothing is allocated, and an item costs what it does in a hand-written
    /// loop.
    ///
    /// ```
    /// use std::pin::pin;
    /// use tarae::prelude::*;
    ///
    /// let mut evens = pin!(generator!({ for n in 0..3 { yield 2 * n; } }).pinned());
    /// assert_eq!(evens.next(), Some(0));
    /// for n in evens {
    ///     assert!(n == 2 || n == 4);
    /// }
    /// ```
    ///
    /// # Panics
    /// If it has started: it lives in a box then, or is over.
    #[inline(always)]
    pub fn pinned(self) -> Pinned<B> {
        match self.into_pinned() {
            Ok(pinned) => pinned,
            Err(_) => {
                panic!("a generator that has started cannot be pinned any more: pin it before its first item")
            }
        }
    }

    /// To be pinned, if it has not started.
    #[inline(always)]
    pub(super) fn into_pinned(self) -> Result<Pinned<B>, Self> {
        match self.body.into_parts() {
            (extra, _, Some(body)) => Ok(Pinned::new(extra, body)),
            (extra, live, None) => Err(Generator { body: Movable::from_parts(extra, live, None) }),
        }
    }

    /// A handle that can be cloned, also into the body itself, and that reports a resume from inside as an error.
    pub fn shared(self) -> Shared<Self> {
        Shared::new(self)
    }
}

impl<B: Body> Coroutine for Generator<B> {
    type Sent = B::Sent;
    type Yield = B::Yield;
    type Return = B::Output;

    #[inline]
    fn try_start(&mut self) -> Result<Step<B::Yield, B::Output>, SendError<()>> {
        self.body.start().ok_or_else(|| SendError { value: (), state: self.state() })
    }

    #[inline]
    fn try_send(&mut self, value: B::Sent) -> Result<Step<B::Yield, B::Output>, SendError<B::Sent>> {
        self.body.send(value).map_err(|value| SendError { value, state: self.state() })
    }

    fn state(&self) -> State {
        Generator::state(self)
    }

    fn close(&mut self) {
        Generator::close(self);
    }
}

/// A generator that returns a value is no iterator, since iteration would lose that value: drive it with
/// [`start`](Coroutine::start) and [`send`](Coroutine::send), or delegate to it.
impl<B: Body<Sent = (), Output = ()>> Iterator for Generator<B> {
    type Item = B::Yield;

    #[inline]
    fn next(&mut self) -> Option<B::Yield> {
        self.body.next()
    }

    #[inline(always)]
    fn fold<A, F: FnMut(A, B::Yield) -> A>(self, init: A, f: F) -> A {
        self.body.fold(init, f)
    }
}

impl<B: Body<Sent = (), Output = ()>> FusedIterator for Generator<B> {}

impl<B: Body> fmt::Debug for Generator<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generator").field("state", &self.state()).finish_non_exhaustive()
    }
}
