//! Items at a limited rate.

use crate::cancel::{CancelToken, Deadline};
use std::iter::FusedIterator;
use std::time::{Duration, Instant};

/// How many items there may be in a time: for [`IterExt::throttle`](super::IterExt::throttle).
///
/// ```
/// use std::time::Duration;
/// use tarae::iter::Rate;
///
/// // One each 20 milliseconds, in three words.
/// assert_eq!(Rate::per_second(50), Rate::new(50, Duration::from_secs(1)));
/// assert_eq!(Rate::per_second(50), Rate::from(Duration::from_millis(20)));
/// // The same, and after a pause up to 10 at once.
/// let _ = Rate::per_second(50).burst(10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// From one item to the next.
    interval: Duration,
    /// How many may come at once.
    burst: u32,
}

impl Rate {
    /// `items` in `per`, evenly: each at least `per / items` after the one before.
    ///
    /// # Panics
    /// If `items` is 0.
    #[track_caller]
    pub fn new(items: u32, per: Duration) -> Self {
        assert!(items > 0, "a rate of 0 items hands nothing out: give at least 1, in a longer time");
        Rate { interval: per / items, burst: 1 }
    }

    /// `items` a second, evenly.
    ///
    /// # Panics
    /// If `items` is 0.
    #[track_caller]
    pub fn per_second(items: u32) -> Self {
        Self::new(items, Duration::from_secs(1))
    }

    /// Lets up to `items` come at once, at the start and after a pause, as servers count that limit their clients; the rate
    /// over a longer time stays the same.
    ///
    /// # Panics
    /// If `items` is 0.
    #[must_use]
    #[track_caller]
    pub fn burst(mut self, items: u32) -> Self {
        assert!(items > 0, "a burst of 0 items hands nothing out: give at least 1");
        self.burst = items;
        self
    }
}

/// One item each so long.
impl From<Duration> for Rate {
    fn from(interval: Duration) -> Self {
        Rate { interval, burst: 1 }
    }
}

/// Pulls at a limited rate; see [`IterExt::throttle`](super::IterExt::throttle).
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Throttle<I> {
    source: I,
    pace: Pace,
    /// Whether the source has ended, or a wait was cut short.
    ended: bool,
}

/// When the next item may come: the generic cell rate algorithm, one moment of memory.
#[derive(Clone, Debug)]
struct Pace {
    rate: Rate,
    /// When the next one would be due if all before had come evenly, none early. `None` before the first one.
    due: Option<Instant>,
}

impl Pace {
    /// Takes the next place, at the moment `now`: when it is, or `NEVER` if no clock can count so far.
    fn reserve(&mut self, now: Instant) -> Deadline {
        let Rate { interval, burst } = self.rate;
        // A pause is not made up for, beyond the burst.
        let due = self.due.map_or(now, |due| due.max(now));
        // So much too early may come the last one of a burst.
        let early = interval.saturating_mul(burst - 1);
        let at = due.checked_sub(early).map_or(now, |at| at.max(now));
        match due.checked_add(interval) {
            Some(next) => {
                self.due = Some(next);
                Deadline::from(at)
            }
            // The first one comes, and no other.
            None if self.due.is_none() => {
                self.due = Some(due);
                Deadline::from(at)
            }
            None => Deadline::NEVER,
        }
    }
}

impl<I> Throttle<I> {
    pub(super) fn new(source: I, rate: Rate) -> Self {
        Throttle { source, pace: Pace { rate, due: None }, ended: false }
    }
}

impl<I: Iterator> Throttle<I> {
    /// `next`, by the clock that is given; `sleep` says whether it slept to the end.
    fn next_by(
        &mut self,
        now: impl FnOnce() -> Instant,
        sleep: impl FnOnce(Deadline) -> bool,
    ) -> Option<I::Item> {
        if self.ended {
            return None;
        }
        // A source that says that it has ended is not waited for.
        if self.source.size_hint().1 != Some(0) {
            let now = now();
            let at = self.pace.reserve(now);
            if at != Deadline::from(now) && !sleep(at) {
                self.ended = true;
                return None;
            }
        }
        let item = self.source.next();
        self.ended = item.is_none();
        item
    }
}

impl<I: Iterator> Iterator for Throttle<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.next_by(Instant::now, |at| CancelToken::current().sleep(at).is_ok())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.ended {
            return (0, Some(0));
        }
        (0, self.source.size_hint().1) // a wait may be cut short
    }
}

impl<I: Iterator> FusedIterator for Throttle<I> {}

#[cfg(test)]
#[path = "throttle_tests.rs"]
mod tests;
