//! The methods that tarae adds to every iterator. Long, since each has its example; what they do is in the files of their
//! tools.

use std::num::NonZeroUsize;

use super::{Accumulate, accumulate};
use super::{
    Batched, BatchedArray, Pairwise, Sliding, Windowed, batched, batched_array, pairwise, sliding, windowed,
};
use super::{Compress, Divide, Rate, Seekable, Throttle, TimeLimited, ZipStrict};
use super::{Failing, Progress, Progressing, on_progress, on_progress_by};
use super::{SplitAfter, SplitAt, SplitBefore, SplitWhen, split_after, split_at, split_before, split_when};
use super::{compress, divide, seekable, time_limited, zip_strict};
use crate::cancel::{CancelToken, Cancellable};
use crate::executor::{Executor, MapBatch, ParMap, Prefetch, RunAhead, StageBatch};
use std::time::Duration;

/// The methods that tarae adds to every iterator.
///
/// ```
/// use tarae::iter::IterExt;
///
/// let balance: Vec<i32> = [100, -30, 45].into_iter().accumulate(|sum, x| sum + x).collect();
/// assert_eq!(balance, [100, 70, 115]);
/// ```
///
/// It is implemented for every iterator and there is nothing to implement in it. Every method that has no executor, token or rate
/// is also a free function of [`tarae::iter`](crate::iter), which never collides with anything.
///
/// # Names
///
/// A method is added here only if neither std (stable or not), itertools, rayon nor futures has one of that
/// name: with two such traits in scope the call would be an error (E0034), also when both mean the same.
/// That is why `product` or `filterfalse` are no methods.
pub trait IterExt: Iterator + Sized {
    /// Running totals, as [`accumulate`](accumulate()) gives them: the first item, then `f(&total, item)`.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// let highest: Vec<i32> = [3, 1, 4, 1, 5].into_iter().accumulate(|a, x| x.max(*a)).collect();
    /// assert_eq!(highest, [3, 3, 4, 4, 5]);
    /// ```
    #[doc(alias = "itertools.accumulate")]
    #[doc(alias = "running_total")]
    #[inline]
    fn accumulate<F>(self, f: F) -> Accumulate<Self, F>
    where
        F: FnMut(&Self::Item, Self::Item) -> Self::Item,
        Self::Item: Clone,
    {
        accumulate(self, f)
    }

    /// Tells `report` now and then how many items have come out, as [`on_progress`](on_progress()) does: a progress bar in a line.
    ///
    /// ```
    /// use indicatif::ProgressBar;
    /// use tarae::prelude::*;
    ///
    /// let bar = ProgressBar::new(100);
    /// assert_eq!((0..100).on_progress(|p| bar.set_position(p.done)).sum::<u32>(), 4_950);
    /// assert_eq!(bar.position(), 100);
    /// ```
    #[doc(alias = "tqdm")]
    #[inline]
    fn on_progress<F>(self, report: F) -> Progressing<Self, F>
    where
        F: FnMut(Progress),
    {
        on_progress(self, report)
    }

    /// The same, and counts the items of which `failed` says so, as [`on_progress_by`](on_progress_by()) does.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let mut failed = 0;
    /// let items = [Ok(1), Err("no"), Ok(3)].into_iter().on_progress_by(Result::is_err, |p| failed = p.failed);
    /// assert_eq!(items.flatten().sum::<u32>(), 4);
    /// assert_eq!(failed, 1);
    /// ```
    #[inline]
    fn on_progress_by<P, F>(self, failed: P, report: F) -> Progressing<Self, F, Failing<P>>
    where
        P: FnMut(&Self::Item) -> bool,
        F: FnMut(Progress),
    {
        on_progress_by(self, failed, report)
    }

    /// The items in batches of `n`, each a `Vec`, as [`batched`](batched()) gives them.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::IterExt;
    ///
    /// let two = NonZeroUsize::new(2).unwrap();
    /// assert!((1..=3).batched(two).eq([vec![1, 2], vec![3]]));
    /// ```
    #[doc(alias = "itertools.batched")]
    #[inline]
    fn batched(self, n: NonZeroUsize) -> Batched<Self> {
        batched(self, n)
    }

    /// The items in batches of `N`, as arrays, as [`batched_array`](batched_array()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!((1..=5).batched_array().map(|[a, b]| a * b).eq([2, 12]));
    /// ```
    #[doc(alias = "itertools.batched")]
    #[inline]
    fn batched_array<const N: usize>(self) -> BatchedArray<Self, N> {
        batched_array(self)
    }

    /// Each item with the one after it, as [`pairwise`](pairwise()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!("abc".chars().pairwise().eq([('a', 'b'), ('b', 'c')]));
    /// ```
    #[doc(alias = "itertools.pairwise")]
    #[inline]
    fn pairwise(self) -> Pairwise<Self>
    where
        Self::Item: Clone,
    {
        pairwise(self)
    }

    /// All windows of `N` neighbouring items, as arrays, as [`sliding`](sliding()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!((1..=4).sliding().map(|[a, b, c]| a * b * c).eq([6, 24]));
    /// ```
    #[doc(alias = "more_itertools.sliding_window")]
    #[inline]
    fn sliding<const N: usize>(self) -> Sliding<Self, N>
    where
        Self::Item: Clone,
    {
        sliding(self)
    }

    /// Windows of `n` neighbouring items, each `step` items after the one before, as [`windowed`](windowed())
    /// lends them.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::IterExt;
    ///
    /// let [two, three] = [2, 3].map(|n| NonZeroUsize::new(n).unwrap());
    /// assert!((1..=5).windowed(three, two).map_windows(|w| w[0] * w[2]).eq([3, 15]));
    /// ```
    #[doc(alias = "more_itertools.windowed")]
    #[inline]
    fn windowed(self, n: NonZeroUsize, step: NonZeroUsize) -> Windowed<Self> {
        windowed(self, n, step)
    }

    /// Maps on an executor: lazy, bounded, in order.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let squares: Vec<u64> = (0u64..).par_map(&pool, |n| n * n).take(4).collect();
    /// assert_eq!(squares, [0, 1, 4, 9]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The consumer's `next` pulls the source, on its own thread, so the source may be endless, borrowed, or not
    /// `Send`; items and results are. A bounded number of items is pulled ahead ([`buffer`](ParMap::buffer)), in batches
    /// whose size follows what items cost ([`batch`](ParMap::batch)). Results that are there are handed out before the
    /// source is asked again; one that comes while the source makes an item waits for that item. (A source that is slow may
    /// run ahead by itself: [`prefetch`](Self::prefetch).) They come in the order of the source, or
    /// [`as_completed`](ParMap::as_completed); [`timeout`](ParMap::timeout) is for all of it.
    ///
    /// A panic of `f` goes on at its own item, in order, when that is asked for; [`results`](ParMap::results) makes it
    /// an item instead. Dropping the iterator cancels what has not run. It works inside a job of the same pool, too.
    ///
    /// What stops a plain iterator at its first error stops this one: it is the first in order, whichever was found
    /// first, and nothing more is pulled after that:
    ///
    /// ```
    /// use std::num::ParseIntError;
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let parse = |text: &str| text.parse::<u32>();
    /// let numbers: Result<Vec<u32>, ParseIntError> = ["1", "two", "3"].into_iter().par_map(&pool, parse).collect();
    /// assert!(numbers.is_err());
    /// let sum = ["1", "2"].into_iter().par_map(&pool, parse).try_fold(0, |sum, n| Ok::<_, ParseIntError>(sum + n?));
    /// assert_eq!(sum, Ok(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Python's `Executor.map` submits everything at once; this submits as it is consumed.
    ///
    /// # Cost
    /// Nothing runs before the first `next`. An item costs a few nanoseconds over a loop, a batch one task.
    #[doc(alias = "map")]
    #[track_caller]
    fn par_map<E, F, R>(self, executor: E, f: F) -> ParMap<Self, E, F, R>
    where
        F: Fn(Self::Item) -> R + Send + Sync,
        Self::Item: Send,
        R: Send,
        E: Executor<MapBatch<F, Self::Item>>,
    {
        ParMap::new(self, executor, f)
    }

    /// Several steps on an executor, one task a batch: `stage` is given the items of a batch, as an iterator, and says what
    /// is to be done with them. Otherwise as [`par_map`](Self::par_map).
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let words = ["to be", "or not", "to be"].into_iter().par_stage(&pool, |lines| {
    ///     lines.flat_map(|line| line.split(' ')).filter(|word| *word != "be").map(str::len)
    /// });
    /// assert!(words.eq([2, 2, 3, 2]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// With a `par_map` for each step, items would go back and forth between threads for each; here only what is left at
    /// the end does. `stage` is called once a batch: it must not matter to it where one batch ends and the next begins,
    /// unless [`batch`](ParMap::batch) says where that is.
    ///
    /// All that comes of a batch is kept until it is handed out, so it must end. A panic goes on in its place; what the
    /// iterator still gives after it follows, as far as it panics no more often than it was given items.
    #[track_caller]
    fn par_stage<E, F, O>(self, executor: E, stage: F) -> ParMap<Self, E, F, O::Item>
    where
        F: Fn(std::vec::IntoIter<Self::Item>) -> O + Send + Sync,
        Self::Item: Send,
        O: IntoIterator<Item: Send>,
        E: Executor<StageBatch<F, Self::Item>>,
    {
        ParMap::of_stage(self, executor, stage)
    }

    /// Runs `f` on each item, on an executor, and waits until all have run. In no particular order.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let sum = Arc::new(AtomicU64::new(0));
    /// let total = sum.clone();
    /// (1..=100u64).par_for_each(&pool, move |n| _ = total.fetch_add(n, Ordering::Relaxed));
    /// assert_eq!(sum.load(Ordering::Relaxed), 5050);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The source is pulled here, and not further ahead than by [`par_map`](Self::par_map).
    ///
    /// # Panics
    /// With the first panic of `f` that is met; what has not run then never does.
    #[track_caller]
    fn par_for_each<E, F>(self, executor: E, f: F)
    where
        F: Fn(Self::Item) + Send + Sync,
        Self::Item: Send,
        E: Executor<MapBatch<F, Self::Item>>,
    {
        ParMap::new(self, executor, f).as_completed().for_each(drop);
    }

    /// Runs `f` on each item, on an executor, until one fails: the error is the first in the order of the source, whichever
    /// was found first.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let check = |n: u32| if n % 7 == 6 { Err(n) } else { Ok(()) };
    /// assert_eq!((0..).try_par_for_each(&pool, check), Err(6));
    /// assert_eq!((0..5).try_par_for_each(&pool, check), Ok(()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Items before that one have all run; of those after it some may have: those that were pulled ahead. The rest of
    /// these is cancelled, and nothing more is pulled.
    ///
    /// # Errors
    /// The first in order that `f` returns.
    ///
    /// # Panics
    /// With a panic of `f`, if no error is before it in order.
    #[track_caller]
    fn try_par_for_each<E, F, X>(self, executor: E, f: F) -> Result<(), X>
    where
        F: Fn(Self::Item) -> Result<(), X> + Send + Sync,
        Self::Item: Send,
        X: Send,
        E: Executor<MapBatch<F, Self::Item>>,
    {
        ParMap::new(self, executor, f).collect()
    }

    /// Runs ahead on an executor: up to `n` items are pulled before they are asked for, in order.
    ///
    /// For a source that takes its time, a disk or a computation, beside a consumer that does:
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(1)?;
    /// let mut squares = (0u64..).map(|n| n * n).prefetch(&pool, 8);
    /// assert_eq!(squares.next(), Some(0)); // from here on, a worker pulls up to 8 more
    /// assert!(squares.take(3).eq([1, 4, 9]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Nothing is pulled before the first `next`. At most `n` items are pulled and not yet taken, the one that is just being
    /// pulled included. The bound is exact. The job that pulls ends when the buffer is full, and is submitted again when half
    /// of it is free: so no worker is kept by a slow consumer. Beside a fast one it ends after 64 items, or `n`, and is
    /// submitted again at once: so other jobs have their turn.
    ///
    /// If nothing is ready and no worker has begun to pull, `next` pulls the item itself. So it never waits for a worker: it
    /// works inside a job of the same pool, even if that has no other worker, and on a pool that is shut down. On
    /// [`Inline`](crate::executor::Inline), which has no workers, each item is pulled when it is asked for.
    ///
    /// A panic of the source comes out of the `next` for the item in whose place it happened. The source is not run ahead
    /// beyond it: it is pulled again if that is asked for. Dropping the iterator drops the source; if a worker is just
    /// pulling, when it has done that.
    ///
    /// # Panics
    /// If `n` is 0. `next` panics if the source waits, on the thread that runs it, for an item of its own prefetch; and if the
    /// source ended only because its executor, which was shut down, asked it to stop.
    ///
    /// # Cost
    /// Two locks an item, some 150 nanoseconds, and one task for `n / 2` items: not for cheap items. Batches of them are worth
    /// it: `lines.batched(n).prefetch(..)`.
    #[doc(alias = "buffered")]
    #[track_caller]
    fn prefetch<E>(self, executor: E, n: usize) -> Prefetch<Self, E>
    where
        Self: Send,
        Self::Item: Send,
        E: Executor<RunAhead<Self>>,
    {
        Prefetch::new(self, executor, n)
    }

    /// Ends early once `token` is cancelled: one relaxed load an item.
    ///
    /// With the running task's own token, [`CancelToken::current`], a task that is cut short so ends as Cancelled: half
    /// an answer is none.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let token = CancelToken::new();
    /// let mut seconds = (1..).cancellable(&token);
    /// assert_eq!(seconds.next(), Some(1));
    /// token.cancel();
    /// assert_eq!(seconds.next(), None);
    /// ```
    fn cancellable(self, token: &CancelToken) -> Cancellable<Self> {
        Cancellable::new(self, token.clone())
    }

    /// The items whose selector is true, as [`compress`](compress()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!("abc".chars().compress([true, false, true]).eq(['a', 'c']));
    /// ```
    #[doc(alias = "itertools.compress")]
    #[inline]
    fn compress<S: IntoIterator<Item = bool>>(self, selectors: S) -> Compress<Self, S::IntoIter> {
        compress(self, selectors)
    }

    /// All items in `n` parts that are equally long but for one item, as [`divide`](divide()) gives them.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use tarae::iter::IterExt;
    ///
    /// assert!((1..=5).divide(NonZeroUsize::new(2).unwrap()).eq([vec![1, 2, 3], vec![4, 5]]));
    /// ```
    #[doc(alias = "more_itertools.divide")]
    #[inline]
    fn divide(self, n: NonZeroUsize) -> Divide<Self> {
        divide(n, self)
    }

    /// Remembers its items, so that one can go back, as [`seekable`](seekable()) does.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// let mut letters = "abc".chars().seekable();
    /// letters.nth(1);
    /// letters.seek(0);
    /// assert_eq!(letters.next(), Some('a'));
    /// ```
    #[doc(alias = "more_itertools.seekable")]
    #[inline]
    fn seekable(self) -> Seekable<Self>
    where
        Self::Item: Clone,
    {
        seekable(self)
    }

    /// Lists that end with the items chosen, as [`split_after`](split_after()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!([1, 0, 2].into_iter().split_after(|x| *x == 0).eq([vec![1, 0], vec![2]]));
    /// ```
    #[doc(alias = "more_itertools.split_after")]
    #[inline]
    fn split_after<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SplitAfter<Self, P> {
        split_after(self, predicate)
    }

    /// Lists between the items chosen, as [`split_at`](split_at()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!([1, 0, 2].into_iter().split_at(|x| *x == 0).eq([[1], [2]]));
    /// ```
    #[doc(alias = "more_itertools.split_at")]
    #[inline]
    fn split_at<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SplitAt<Self, P> {
        split_at(self, predicate)
    }

    /// Lists that begin with the items chosen, as [`split_before`](split_before()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!([1, 0, 2].into_iter().split_before(|x| *x == 0).eq([vec![1], vec![0, 2]]));
    /// ```
    #[doc(alias = "more_itertools.split_before")]
    #[inline]
    fn split_before<P: FnMut(&Self::Item) -> bool>(self, predicate: P) -> SplitBefore<Self, P> {
        split_before(self, predicate)
    }

    /// Lists, cut between two neighbours, as [`split_when`](split_when()) gives them.
    ///
    /// ```
    /// use tarae::iter::IterExt;
    ///
    /// assert!([1, 2, 1].into_iter().split_when(|a, b| a > b).eq([vec![1, 2], vec![1]]));
    /// ```
    #[doc(alias = "more_itertools.split_when")]
    #[inline]
    fn split_when<P: FnMut(&Self::Item, &Self::Item) -> bool>(self, predicate: P) -> SplitWhen<Self, P> {
        split_when(self, predicate)
    }

    /// Pulls at most so many items a time: a [`Rate`], or the `Duration` from one item to the next.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use tarae::iter::{IterExt, Rate};
    ///
    /// let start = Instant::now();
    /// assert!((0..3).throttle(Duration::from_millis(5)).eq(0..3));
    /// assert!(start.elapsed() >= Duration::from_millis(10));
    ///
    /// // What a server allows: 100 a second, of which 20 may come at once.
    /// let pages = ["a", "b"].into_iter().throttle(Rate::per_second(100).burst(20));
    /// assert_eq!(pages.count(), 2);
    /// ```
    ///
    /// `next` waits until the next item may come, and pulls it then. The first comes at once. A pause is not made up for,
    /// beyond the burst. A source that takes its time to give an item is pulled no faster than the rate; what it gives may be
    /// closer together, by what it took longer for the one before.
    ///
    /// Each iterator keeps its own rate. To limit what runs on a pool, throttle the source: `urls.throttle(rate).par_map(..)`.
    ///
    /// In a task the wait ends when the task is asked to stop. Then the iterator ends, nothing is pulled, and the task ends as
    /// Cancelled, as with [`cancellable`](Self::cancellable).
    ///
    /// # Cost
    /// A look at the clock an item, and a sleep if it comes too early: the system's, which is late by some 50 microseconds.
    #[doc(alias = "rate_limit")]
    #[inline]
    fn throttle(self, rate: impl Into<Rate>) -> Throttle<Self> {
        Throttle::new(self, rate.into())
    }

    /// Ends when the time is up, as [`time_limited`](time_limited()) does.
    ///
    /// ```
    /// use std::time::Duration;
    /// use tarae::iter::IterExt;
    ///
    /// let mut numbers = (0_u64..).time_limited(Duration::from_millis(1));
    /// numbers.by_ref().for_each(drop);
    /// assert!(numbers.timed_out());
    /// ```
    #[doc(alias = "more_itertools.time_limited")]
    #[inline]
    fn time_limited(self, limit: Duration) -> TimeLimited<Self> {
        time_limited(limit, self)
    }

    /// Pairs, and an error if one of the two is longer, as [`zip_strict`](zip_strict()) gives them.
    ///
    /// ```
    /// use tarae::iter::{IterExt, Uneven};
    ///
    /// assert!([1].into_iter().zip_strict("ab".chars()).eq([Ok((1, 'a')), Err(Uneven::Second('b'))]));
    /// ```
    #[doc(alias = "zip")]
    #[inline]
    fn zip_strict<B: IntoIterator>(self, b: B) -> ZipStrict<Self, B::IntoIter> {
        zip_strict(self, b)
    }
}

impl<I: Iterator> IterExt for I {}
