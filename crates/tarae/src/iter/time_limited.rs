//! Items until the time is up.

use std::iter::FusedIterator;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// The items of `iterable` until `limit` has passed, counted from when the first is asked for.
///
/// ```
/// use std::time::Duration;
/// use tarae::iter::time_limited;
///
/// // As many digits of one third as a millisecond allows.
/// let mut digits = time_limited(Duration::from_millis(1), std::iter::repeat(3));
/// assert!(digits.by_ref().count() > 0);
/// assert!(digits.timed_out());
///
/// let mut few = time_limited(Duration::MAX, [1, 2, 3]);
/// assert!(few.by_ref().eq([1, 2, 3]));
/// assert!(!few.timed_out());
/// ```
///
/// The clock is looked at before an item is pulled, never while one is: a source that takes its time holds the
/// caller up. So no item is lost. What has been pulled comes out, even if it is late; what has not been pulled
/// stays where it is, and can be read on if the source was only lent.
///
/// # Laziness
///
/// Nothing is pulled, and no clock runs, before the first item is asked for; then one for one. A limit of zero
/// pulls nothing. A limit that is longer than the clock can count never ends.
///
/// # Cost
///
/// A look at the clock an item: some twenty to fifty nanoseconds.
///
/// # Differences from Python
///
/// Python's clock runs from the call on, and an item that comes late is dropped there. `timed_out` is a method.
#[doc(alias = "more_itertools.time_limited")]
#[doc(alias = "timeout")]
#[inline]
pub fn time_limited<I: IntoIterator>(limit: Duration, iterable: I) -> TimeLimited<I::IntoIter> {
    TimeLimited { source: iterable.into_iter(), time: Time::Waiting(limit) }
}

/// The iterator that [`time_limited`] and [`IterExt::time_limited`](super::IterExt::time_limited) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct TimeLimited<I> {
    source: I,
    time: Time,
}

/// How much time there is.
///
/// | from | to | by |
/// |---|---|---|
/// | `Waiting` | `Until` or `Unlimited` | `Time::is_up`: the first item is asked for |
/// | `Until` | `Up` | `Time::is_up`, at the deadline or later |
/// | all but `Up` | `Ended` | the source's end |
///
/// `Up` and `Ended` are for good.
#[derive(Clone, Copy, Debug)]
enum Time {
    Waiting(Duration),
    Until(Instant),
    /// The deadline is beyond what the clock can count.
    Unlimited,
    Up,
    /// The source has ended before.
    Ended,
}

impl Time {
    /// Looks at the clock; the first time it sets the deadline.
    #[inline]
    fn is_up(&mut self) -> bool {
        match *self {
            Self::Waiting(Duration::ZERO) => *self = Self::Up,
            Self::Waiting(limit) => {
                *self = Instant::now().checked_add(limit).map_or(Self::Unlimited, Self::Until)
            }
            Self::Until(deadline) if Instant::now() >= deadline => *self = Self::Up,
            Self::Until(_) | Self::Unlimited | Self::Up | Self::Ended => {}
        }
        matches!(self, Self::Up)
    }
}

impl<I> TimeLimited<I> {
    /// Whether it has ended because the time was up. False before the end, and where the source ended by itself.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::iter::time_limited;
    ///
    /// let mut numbers = 1..;
    /// let mut none = time_limited(Duration::ZERO, &mut numbers);
    /// assert!(!none.timed_out());
    /// assert_eq!(none.next(), None);
    /// assert!(none.timed_out());
    /// assert_eq!(numbers.next(), Some(1));
    /// ```
    #[inline]
    pub fn timed_out(&self) -> bool {
        matches!(self.time, Time::Up)
    }
}

impl<I: Iterator> Iterator for TimeLimited<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if matches!(self.time, Time::Ended) || self.time.is_up() {
            return None;
        }
        let item = self.source.next();
        if item.is_none() {
            self.time = Time::Ended;
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.time {
            Time::Up | Time::Ended => (0, Some(0)),
            Time::Waiting(_) | Time::Until(_) => (0, self.source.size_hint().1),
            Time::Unlimited => self.source.size_hint(),
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let Self { mut source, mut time } = self;
        if matches!(time, Time::Ended) || time.is_up() {
            return init;
        }
        let flow = source.try_fold(init, |acc, item| {
            let acc = g(acc, item);
            // Before the next one is pulled.
            if time.is_up() { ControlFlow::Break(acc) } else { ControlFlow::Continue(acc) }
        });
        match flow {
            ControlFlow::Break(acc) | ControlFlow::Continue(acc) => acc,
        }
    }
}

impl<I: Iterator> FusedIterator for TimeLimited<I> {}
