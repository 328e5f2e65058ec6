//! How one job is to be run.

use std::borrow::Cow;

/// How one job is to be run: what [`submit_with`](super::Executor::submit_with) takes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    name: Option<Cow<'static, str>>,
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

    #[inline]
    pub(super) fn into_name(self) -> Option<Cow<'static, str>> {
        self.name
    }
}
