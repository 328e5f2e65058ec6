//! How often to try, and how long to wait in between.

use backon::{BackoffBuilder, ExponentialBuilder};
use std::time::Duration;

/// How often to try, and how long to wait in between: for [`retry`](super::retry()). (Feature `retry`.)
///
/// The wait is 100 milliseconds after the first attempt, twice as long after each further one, and 10 seconds at most; each
/// a little longer, by chance, so that those who failed together do not come back together.
///
/// ```
/// use std::time::Duration;
/// use tarae::executor::Backoff;
///
/// let patient = Backoff::new(8).first_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(60));
/// // One second each time.
/// let steady = Backoff::new(5).first_delay(Duration::from_secs(1)).factor(1.0).jitter(false);
/// # let _ = (patient, steady);
/// ```
#[derive(Clone, Debug)]
pub struct Backoff {
    attempts: usize,
    first_delay: Duration,
    max_delay: Duration,
    factor: f32,
    jitter: bool,
}

impl Backoff {
    /// At most so many attempts, the first one included.
    ///
    /// # Panics
    /// If `attempts` is 0.
    #[track_caller]
    pub fn new(attempts: usize) -> Self {
        assert!(attempts > 0, "a retry of 0 attempts calls nothing: give at least 1");
        Backoff {
            attempts,
            first_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(10),
            factor: 2.0,
            jitter: true,
        }
    }

    /// How long to wait after the first attempt.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// How long to wait at most, but for the jitter.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How many times longer each wait is than the one before.
    ///
    /// # Panics
    /// If it is less than 1, or no number.
    #[must_use]
    #[track_caller]
    pub fn factor(mut self, factor: f32) -> Self {
        assert!(factor >= 1.0, "a back-off by {factor} times would become shorter: give at least 1");
        self.factor = factor;
        self
    }

    /// Whether each wait is longer by chance, up to twice as long. Without a say it is.
    #[must_use]
    pub fn jitter(mut self, jitter: bool) -> Self {
        self.jitter = jitter;
        self
    }

    /// How long to wait after each attempt but the last.
    pub(super) fn delays(&self) -> impl Iterator<Item = Duration> + use<> {
        let builder = ExponentialBuilder::new()
            .with_max_times(self.attempts - 1)
            .with_min_delay(self.first_delay.min(self.max_delay))
            .with_max_delay(self.max_delay)
            .with_factor(self.factor);
        let builder = if self.jitter { builder.with_jitter() } else { builder };
        builder.build()
    }
}

/// So many attempts, with the usual waits.
impl From<usize> for Backoff {
    #[track_caller]
    fn from(attempts: usize) -> Self {
        Backoff::new(attempts)
    }
}
