//! How far an iterator has come, said now and then.

use std::fmt;
use std::iter::FusedIterator;
use std::time::{Duration, Instant};

/// How far an iterator has come: what the closure of [`on_progress`] is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many items have come out.
    pub done: u64,
    /// How many of them have failed, as [`on_progress_by`] was told to see it.
    pub failed: u64,
    /// How many there will be, if the iterator knows exactly.
    pub total: Option<u64>,
    /// How long since the first item was asked for.
    pub elapsed: Duration,
    /// Whether that was the last one.
    pub is_finished: bool,
}

/// The items of `iterable`; `report` is told now and then how many have come out: at the first, then at most ten times a
/// second, and at the end.
///
/// With [indicatif](https://docs.rs/indicatif), a progress bar is a line:
///
/// ```
/// use indicatif::ProgressBar;
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let bar = ProgressBar::new(1_000);
/// let sum: u64 = (0..1_000u64).par_map(&pool, |n| n * n).on_progress(|p| bar.set_position(p.done)).sum();
/// assert_eq!(sum, 332_833_500);
/// assert_eq!(bar.position(), 1_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It counts items, not the batches in which a [`par_map`](super::IterExt::par_map) makes them, and counts what comes out: what
/// is made ahead is not done yet.
///
/// # Laziness
///
/// Nothing is pulled before it is asked for. If the iterator is dropped before its end, there is no last report.
///
/// # Cost
///
/// About a nanosecond an item: where items are fast, the clock is looked at once for 64 of them. (So if fast items become slow at
/// once, a report may be so many items late.)
///
/// # Panics
///
/// Only if `report` or the iterator does.
#[doc(alias = "tqdm")]
#[inline]
pub fn on_progress<I, F>(iterable: I, report: F) -> Progressing<I::IntoIter, F>
where
    I: IntoIterator,
    F: FnMut(Progress),
{
    Progressing { source: iterable.into_iter(), judge: NoneFails, report, pace: Pace::new() }
}

/// The same, and counts those of which `failed` says so.
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let mut last = None;
/// let words = ["1", "2", "three", "4"];
/// let numbers = words.into_iter().par_map(&pool, |word| word.parse::<u32>());
/// let sum: u32 = numbers.on_progress_by(Result::is_err, |p| last = Some(p)).flatten().sum();
/// assert_eq!(sum, 7);
/// let last = last.unwrap();
/// assert_eq!((last.done, last.failed, last.total, last.is_finished), (4, 1, Some(4), true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[inline]
pub fn on_progress_by<I, P, F>(iterable: I, failed: P, report: F) -> Progressing<I::IntoIter, F, Failing<P>>
where
    I: IntoIterator,
    P: FnMut(&I::Item) -> bool,
    F: FnMut(Progress),
{
    Progressing { source: iterable.into_iter(), judge: Failing(failed), report, pace: Pace::new() }
}

/// The iterator that [`on_progress`] and [`on_progress_by`] return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Progressing<I, F, P = NoneFails> {
    source: I,
    judge: P,
    report: F,
    pace: Pace,
}

/// Says which items have failed.
trait Judge<T> {
    fn has_failed(&mut self, item: &T) -> bool;
}

/// No item fails: what [`on_progress`] says.
#[derive(Clone, Copy, Debug)]
pub struct NoneFails;

impl<T> Judge<T> for NoneFails {
    #[inline(always)]
    fn has_failed(&mut self, _: &T) -> bool {
        false
    }
}

/// Those fail of which a closure says so: what [`on_progress_by`] says.
#[derive(Clone, Copy)]
pub struct Failing<P>(P);

impl<T, P: FnMut(&T) -> bool> Judge<T> for Failing<P> {
    #[inline(always)]
    fn has_failed(&mut self, item: &T) -> bool {
        (self.0)(item)
    }
}

/// Reports are so far apart, at least.
const APART: Duration = Duration::from_millis(100);
/// How many items there are between two looks at the clock, at most: a look takes some forty nanoseconds.
const MOST: u32 = 64;
/// Looks are so far apart, about, if that is fewer items.
const LOOKS: Duration = Duration::from_millis(1);

/// What was counted, and when to say it.
#[derive(Clone, Debug)]
struct Pace {
    /// How many items had come out at the last look at the clock.
    before: u64,
    failed: u64,
    /// So many items more, and the clock is looked at. The one number that each item changes.
    left: u32,
    /// How many items there are between two looks.
    stride: u32,
    /// Set when the first item is asked for.
    clock: Option<Clock>,
    is_finished: bool,
}

#[derive(Clone, Debug)]
struct Clock {
    start: Instant,
    looked: Instant,
    /// None before the first report.
    reported: Option<Instant>,
}

impl Pace {
    fn new() -> Self {
        Pace { before: 0, failed: 0, left: 1, stride: 1, clock: None, is_finished: false }
    }

    /// An item is asked for.
    #[inline(always)]
    fn begin(&mut self) {
        if self.clock.is_none() {
            self.start();
        }
    }

    #[cold]
    fn start(&mut self) -> &mut Clock {
        let now = Instant::now();
        self.clock.insert(Clock { start: now, looked: now, reported: None })
    }

    /// An item comes out; whether to report that.
    #[inline(always)]
    fn count(&mut self, failed: bool) -> bool {
        self.failed += u64::from(failed);
        self.left -= 1;
        self.left == 0 && self.look()
    }

    /// How many have come out.
    fn done(&self) -> u64 {
        self.before + u64::from(self.stride - self.left)
    }

    #[cold]
    #[inline(never)]
    fn look(&mut self) -> bool {
        self.before += u64::from(self.stride);
        self.left = self.stride;
        let Some(clock) = &mut self.clock else { return false };
        let now = Instant::now();
        let passed = now - clock.looked;
        clock.looked = now;
        if passed * 2 < LOOKS {
            self.stride = (self.stride * 2).min(MOST);
        } else if passed > LOOKS * 2 {
            // As many as would have taken so long.
            let share = LOOKS.as_nanos() * u128::from(self.stride) / passed.as_nanos();
            self.stride = (share as u32).clamp(1, MOST);
        }
        self.left = self.stride;
        let is_due = clock.reported.is_none_or(|reported| now - reported >= APART);
        if is_due {
            clock.reported = Some(now);
        }
        is_due
    }

    fn progress(&self, left: (usize, Option<usize>)) -> Progress {
        let (least, most) = left;
        let total = (most == Some(least)).then(|| self.done() + least as u64);
        let elapsed = self.clock.as_ref().map_or(Duration::ZERO, |clock| clock.start.elapsed());
        Progress { done: self.done(), failed: self.failed, total, elapsed, is_finished: self.is_finished }
    }

    /// What to say at the end; `None` if that has been said.
    fn finish(&mut self) -> Option<Progress> {
        let before = std::mem::replace(&mut self.is_finished, true);
        (!before).then(|| self.progress((0, Some(0))))
    }
}

impl<I, F, P> Iterator for Progressing<I, F, P>
where
    I: Iterator,
    F: FnMut(Progress),
    P: Judge<I::Item>,
{
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.pace.begin();
        let item = self.source.next();
        match &item {
            Some(item) => {
                if self.pace.count(self.judge.has_failed(item)) {
                    (self.report)(self.pace.progress(self.source.size_hint()));
                }
            }
            None => {
                if let Some(last) = self.pace.finish() {
                    (self.report)(last);
                }
            }
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.source.size_hint()
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let Self { source, mut judge, mut report, mut pace } = self;
        pace.begin();
        let (least, most) = source.size_hint();
        let begun = pace.done();
        let folded = source.fold(init, |acc, item| {
            if pace.count(judge.has_failed(&item)) {
                let out = usize::try_from(pace.done() - begun).unwrap_or(usize::MAX);
                report(pace.progress((least.saturating_sub(out), most.map(|most| most.saturating_sub(out)))));
            }
            g(acc, item)
        });
        if let Some(last) = pace.finish() {
            report(last);
        }
        folded
    }
}

impl<I, F, P> ExactSizeIterator for Progressing<I, F, P>
where
    I: ExactSizeIterator,
    F: FnMut(Progress),
    P: Judge<I::Item>,
{
}

impl<I, F, P> FusedIterator for Progressing<I, F, P>
where
    I: FusedIterator,
    F: FnMut(Progress),
    P: Judge<I::Item>,
{
}

impl<I: fmt::Debug, F, P> fmt::Debug for Progressing<I, F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progressing").field("source", &self.source).finish_non_exhaustive()
    }
}
