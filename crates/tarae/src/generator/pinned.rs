//! How the generator that stays where it is can be used.

use super::raw::body::Body;
use super::{Coroutine, Pinned, SendError, State, Step};
use core::fmt;
use core::iter::FusedIterator;
use core::pin::Pin;

impl<B: Body> Coroutine for Pin<&mut Pinned<B>> {
    type Sent = B::Sent;
    type Yield = B::Yield;
    type Return = B::Output;

    #[inline(always)]
    fn try_start(&mut self) -> Result<Step<B::Yield, B::Output>, SendError<()>> {
        self.as_mut().resume_first().ok_or_else(|| SendError { value: (), state: Pinned::state(self) })
    }

    #[inline(always)]
    fn try_send(&mut self, value: B::Sent) -> Result<Step<B::Yield, B::Output>, SendError<B::Sent>> {
        self.as_mut().resume_with(value).map_err(|value| SendError { value, state: Pinned::state(self) })
    }

    fn state(&self) -> State {
        Pinned::state(self)
    }

    fn close(&mut self) {
        self.as_mut().finish();
    }
}

impl<B: Body<Sent = (), Output = ()>> Iterator for Pin<&mut Pinned<B>> {
    type Item = B::Yield;

    #[inline(always)]
    fn next(&mut self) -> Option<B::Yield> {
        self.as_mut().resume_next()?.yielded()
    }
}

impl<B: Body<Sent = (), Output = ()>> FusedIterator for Pin<&mut Pinned<B>> {}

impl<B: Body> fmt::Debug for Pinned<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pinned").field("state", &self.state()).finish_non_exhaustive()
    }
}
