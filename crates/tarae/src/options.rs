//! How one job is to be run. Below tasks and executors, which both need it.

use std::borrow::Cow;

/// How one job is to be run: what [`submit_with`](crate::executor::Executor::submit_with) takes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) name: Option<Cow<'static, str>>,
}

impl Options {
    /// Nothing special.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the task: `Debug` and errors show it.
    #[must_use]
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Whether it says nothing: so it is with most.
    #[inline(always)]
    pub(crate) fn is_plain(&self) -> bool {
        self.name.is_none()
    }
}
