//! A moment by which something must have happened.

use std::time::{Duration, Instant};

/// A moment by which something must have happened: given as a [`Duration`] from now, as an [`Instant`], or as `None` for
/// no limit.
///
/// ```
/// use std::time::{Duration, Instant};
/// use tarae::cancel::Deadline;
///
/// assert!(Deadline::from(Duration::ZERO).has_passed());
/// assert!(!Deadline::from(Instant::now() + Duration::from_secs(60)).has_passed());
/// assert!(!Deadline::NEVER.has_passed());
/// // A duration that no clock can count up to is no limit.
/// assert!(!Deadline::from(Duration::MAX).has_passed());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// No limit.
    pub const NEVER: Self = Deadline(None);

    /// What is left until it; `None` if it never comes. Zero once it has passed.
    pub fn remaining(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// The moment itself; `None` if it never comes.
    pub(crate) fn instant(self) -> Option<Instant> {
        self.0
    }

    /// Whether it has passed.
    pub fn has_passed(self) -> bool {
        self.remaining() == Some(Duration::ZERO)
    }
}

impl From<Duration> for Deadline {
    fn from(limit: Duration) -> Self {
        Deadline(Instant::now().checked_add(limit))
    }
}

impl From<Instant> for Deadline {
    fn from(at: Instant) -> Self {
        Deadline(Some(at))
    }
}

impl From<Option<Duration>> for Deadline {
    fn from(limit: Option<Duration>) -> Self {
        limit.map_or(Self::NEVER, Self::from)
    }
}
