//! What can be resumed with values and returns one.

use super::{State, Step};
use core::fmt;

/// What can be resumed with values, hands out items and returns a value.
///
/// Every [`Generator`](super::Generator) is one, and so are a pinned one (`Pin<&mut Pinned<_>>`), a `&mut` to one, a
/// `Box` of one and a [`BoxCoroutine`](super::BoxCoroutine). The trait can be made into an object:
/// `Box<dyn Coroutine<Sent = i32, Yield = i32, Return = ()>>`.
///
/// ```
/// use tarae::prelude::*;
///
/// fn averager() -> impl Coroutine<Sent = f64, Yield = f64, Return = ()> {
///     coroutine!(|| {
///         let (mut sum, mut n) = (0.0, 0.0);
///         let mut mean = 0.0;
///         loop {
///             let x: f64 = yield mean;
///             sum += x;
///             n += 1.0;
///             mean = sum / n;
///         }
///     })()
/// }
///
/// let mut mean = averager();
/// assert_eq!(mean.start(), Step::Yield(0.0));
/// assert_eq!(mean.send(10.0), Step::Yield(10.0));
/// assert_eq!(mean.send(20.0), Step::Yield(15.0));
/// assert_eq!(mean.state(), State::Suspended);
/// ```
#[doc(alias = "generator")]
pub trait Coroutine {
    /// What a `yield` evaluates to.
    type Sent;
    /// What a `yield` hands out.
    type Yield;
    /// What the body returns.
    type Return;

    /// Runs the body to its first yield, or says why that cannot be.
    ///
    /// # Errors
    /// If it has started already, or is running.
    fn try_start(&mut self) -> Result<Step<Self::Yield, Self::Return>, SendError<()>>;

    /// Goes on with `value`, or gives it back.
    ///
    /// # Errors
    /// If it does not wait at a yield: it has not started, or is over. The body has not run then.
    fn try_send(
        &mut self,
        value: Self::Sent,
    ) -> Result<Step<Self::Yield, Self::Return>, SendError<Self::Sent>>;

    /// Where its body is.
    #[doc(alias = "getgeneratorstate")]
    fn state(&self) -> State;

    /// Drops the body where it waits; destructors run, inner to outer.
    ///
    /// # Panics
    /// If a destructor does. The others still run, and the coroutine is Closed.
    fn close(&mut self);

    /// Runs the body to its first yield.
    ///
    /// # Panics
    /// If it has started already; see [`try_start`](Self::try_start).
    #[doc(alias = "next")]
    #[inline]
    fn start(&mut self) -> Step<Self::Yield, Self::Return> {
        match self.try_start() {
            Ok(step) => step,
            Err(error) => panic_start(error.state),
        }
    }

    /// Goes on with `value`: the yield at which it waits evaluates to it.
    ///
    /// # Panics
    /// If it does not wait at a yield; see [`try_send`](Self::try_send).
    #[inline]
    fn send(&mut self, value: Self::Sent) -> Step<Self::Yield, Self::Return> {
        match self.try_send(value) {
            Ok(step) => step,
            Err(error) => panic_send(error.state),
        }
    }

    /// Goes on with an error: the yield at which it waits evaluates to `Err(error)`, which the body may handle, or hand
    /// on by `?`.
    ///
    /// For coroutines that are sent a `Result`. One that has not started is closed: its body never runs. On a `&mut dyn
    /// Coroutine`, write `Coroutine::throw(&mut object, error)`.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let mut total = coroutine!(|| -> Result<u32, String> {
    ///     let mut sum = 0;
    ///     loop {
    ///         let more: Result<u32, String> = yield sum;
    ///         match more {
    ///             Err(error) if error == "reset" => sum = 0, // handled: it goes on
    ///             more => sum += more?,                      // not handled: it ends
    ///         }
    ///     }
    /// })();
    /// assert_eq!(total.start(), Step::Yield(0));
    /// assert_eq!(total.send(Ok(5)), Step::Yield(5));
    /// assert_eq!(total.throw("reset".to_string()), Ok(Step::Yield(0)));
    /// assert_eq!(total.throw("enough".to_string()), Ok(Step::Return(Err("enough".to_string()))));
    /// assert_eq!(total.throw("too late".to_string()), Err("too late".to_string()));
    /// ```
    ///
    /// # Errors
    /// The error itself, if no body could take it: the coroutine had not started, is running, or is over.
    #[inline]
    fn throw<T, E>(&mut self, error: E) -> Result<Step<Self::Yield, Self::Return>, E>
    where
        Self: Coroutine<Sent = Result<T, E>> + Sized,
    {
        match self.try_send(Err(error)) {
            Ok(step) => Ok(step),
            Err(SendError { value, state }) => {
                if state == State::Created {
                    self.close();
                }
                match value {
                    Err(error) => Err(error),
                    Ok(_) => panic!("a coroutine gave back another value than it was sent"),
                }
            }
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn panic_start(state: State) -> ! {
    panic!("cannot start a coroutine that is {state:?}: it is started once, and then sent values")
}

#[cold]
#[inline(never)]
#[track_caller]
fn panic_send(state: State) -> ! {
    match state {
        State::Created => panic!("cannot send to a coroutine that is Created: call `start` first"),
        state => panic!("cannot send to a coroutine that is {state:?}: `try_send` gives the value back"),
    }
}

/// A coroutine could not be resumed; here is the value that was for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<S> {
    /// What was to be sent.
    pub value: S,
    /// Where the coroutine is.
    pub state: State,
}

impl<S> fmt::Display for SendError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remedy = match self.state {
            State::Created => "it has not started: call `start` first",
            State::Running => "it is already running",
            State::Suspended => "it has been started before: send it a value",
            State::Closed => "it is over",
        };
        write!(f, "resume the coroutine: {remedy}")
    }
}

impl<S: fmt::Debug> core::error::Error for SendError<S> {}

/// Passes everything on to what a pointer points to.
macro_rules! forward {
    () => {
        type Sent = C::Sent;
        type Yield = C::Yield;
        type Return = C::Return;

        #[inline]
        fn try_start(&mut self) -> Result<Step<C::Yield, C::Return>, SendError<()>> {
            (**self).try_start()
        }

        #[inline]
        fn try_send(&mut self, value: C::Sent) -> Result<Step<C::Yield, C::Return>, SendError<C::Sent>> {
            (**self).try_send(value)
        }

        fn state(&self) -> State {
            (**self).state()
        }

        fn close(&mut self) {
            (**self).close();
        }
    };
}

impl<C: Coroutine + ?Sized> Coroutine for &mut C {
    forward!();
}

impl<C: Coroutine + ?Sized> Coroutine for alloc::boxed::Box<C> {
    forward!();
}
