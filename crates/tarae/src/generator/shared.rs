//! A handle to a coroutine that several may hold, its own body among them.

use super::{Coroutine, SendError, State, Step};
use alloc::rc::Rc;
use core::cell::RefCell;
use core::fmt;

/// A clonable handle to a coroutine. What holds one may be the coroutine's own body: a resume from inside is an error
/// value then, and the coroutine goes on.
///
/// ```
/// use std::cell::OnceCell;
/// use tarae::generator::AlreadyRunning;
/// use tarae::prelude::*;
///
/// fn itself(me: std::rc::Rc<OnceCell<Box<dyn Fn() -> State>>>) -> Generator<impl Yields<State>> {
///     generator!({
///         let state = me.get().unwrap();
///         yield state();
///     })
/// }
///
/// let cell = std::rc::Rc::new(OnceCell::new());
/// let generator = itself(cell.clone()).shared();
/// let handle = generator.clone();
/// cell.set(Box::new(move || handle.state()) as Box<dyn Fn() -> State>).ok();
///
/// assert_eq!(generator.state(), State::Created);
/// assert_eq!(generator.try_next(), Ok(Some(State::Running)));
/// assert_eq!(generator.state(), State::Suspended);
/// # generator.close().unwrap();
/// ```
///
/// It costs one `Rc`, and the look at a flag at each resume.
///
/// A body that holds a handle to itself keeps itself alive, as every cycle of `Rc` does: [`close`](Self::close) it.
pub struct Shared<C>(Rc<RefCell<C>>);

/// The generator is running: it was resumed, or closed, from inside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyRunning;

impl fmt::Display for AlreadyRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("resume the generator: it is already running, further out on this stack")
    }
}

impl core::error::Error for AlreadyRunning {}

impl<C> Clone for Shared<C> {
    fn clone(&self) -> Self {
        Shared(Rc::clone(&self.0))
    }
}

impl<C: Coroutine> Shared<C> {
    pub(super) fn new(coroutine: C) -> Self {
        Shared(Rc::new(RefCell::new(coroutine)))
    }

    /// Where its body is; `Running` if this is called from inside it.
    pub fn state(&self) -> State {
        self.0.try_borrow().map_or(State::Running, |coroutine| coroutine.state())
    }

    /// As [`Coroutine::try_start`].
    ///
    /// # Errors
    /// If it has started already, or is running.
    pub fn try_start(&self) -> Result<Step<C::Yield, C::Return>, SendError<()>> {
        match self.0.try_borrow_mut() {
            Ok(mut coroutine) => coroutine.try_start(),
            Err(_) => Err(SendError { value: (), state: State::Running }),
        }
    }

    /// As [`Coroutine::try_send`].
    ///
    /// # Errors
    /// If it does not wait at a yield, also because it is running.
    pub fn try_send(&self, value: C::Sent) -> Result<Step<C::Yield, C::Return>, SendError<C::Sent>> {
        match self.0.try_borrow_mut() {
            Ok(mut coroutine) => coroutine.try_send(value),
            Err(_) => Err(SendError { value, state: State::Running }),
        }
    }

    /// As [`Coroutine::throw`].
    ///
    /// # Errors
    /// The error itself, if no body could take it, also because it is running.
    pub fn throw<T, E>(&self, error: E) -> Result<Step<C::Yield, C::Return>, E>
    where
        C: Coroutine<Sent = Result<T, E>>,
    {
        match self.0.try_borrow_mut() {
            Ok(mut coroutine) => coroutine.throw(error),
            Err(_) => Err(error),
        }
    }

    /// The next item of a generator.
    ///
    /// # Errors
    /// If it is running.
    pub fn try_next(&self) -> Result<Option<C::Item>, AlreadyRunning>
    where
        C: Iterator,
    {
        Ok(self.0.try_borrow_mut().map_err(|_| AlreadyRunning)?.next())
    }

    /// As [`Coroutine::close`].
    ///
    /// # Errors
    /// If it is running.
    pub fn close(&self) -> Result<(), AlreadyRunning> {
        self.0.try_borrow_mut().map_err(|_| AlreadyRunning)?.close();
        Ok(())
    }
}

impl<C: Coroutine> fmt::Debug for Shared<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("state", &self.state()).finish_non_exhaustive()
    }
}
