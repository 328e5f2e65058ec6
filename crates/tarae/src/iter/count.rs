//! Arithmetic progressions.

use std::iter::FusedIterator;
use std::time::Duration;

/// `start`, `start + step`, `start + 2 * step`, and so on.
///
/// ```
/// use std::time::Duration;
/// use tarae::iter::count;
///
/// assert!(count(10, 5).take(4).eq([10, 15, 20, 25]));
/// assert!(count(3, -1).take(5).eq([3, 2, 1, 0, -1]));
///
/// // Integers end where the type ends.
/// assert!(count(250_u8, 2).eq([250, 252, 254]));
///
/// // Floats do not drift, however far they count: 0.1 added up ten times is 0.9999999999999999.
/// assert_eq!(count(0.0, 0.1).nth(10), Some(1.0));
///
/// // Ticks of a clock: `count(Duration::ZERO, tick).map(|t| start + t)` for an `Instant`.
/// let tick = Duration::from_millis(250);
/// assert!(count(Duration::ZERO, tick).take(3).map(|t| t.as_millis()).eq([0, 250, 500]));
/// ```
///
/// - **Integers** end with `None` once the next value does not fit into the type; nothing wraps, nothing
///   panics.
/// - **Floats** never end. The first item is `start` and item number `i` is `start + i as f64 * step` (or
///   `f32`), with two roundings and no others, and `i` counted as a `u64`. After `u64::MAX` steps, which only
///   [`nth`](Iterator::nth) can reach, that last item is repeated.
/// - [`Duration`]s end as integers do, beyond [`Duration::MAX`].
/// - A `step` of zero repeats `start` for ever.
///
/// # Cost
///
/// One addition and one check an item for integers; one multiplication and one addition for floats. `nth`,
/// and so [`skip`](Iterator::skip) and [`step_by`](Iterator::step_by), jumps without counting. `size_hint` is
/// exact for all that ends, as far as a `usize` can say.
///
/// # Differences from Python
///
/// Both arguments are required and have the same type; unsigned integers cannot count down. Python's integers
/// have no end, and its floats are added up and drift.
#[doc(alias = "itertools.count")]
#[doc(alias = "arange")]
#[inline]
pub fn count<T: Countable>(start: T, step: T) -> Count<T> {
    Count { cursor: start.begin(), step }
}

/// What [`count`] can count: all integers, `f32`, `f64` and [`Duration`].
///
/// ```
/// use tarae::iter::{Count, Countable, count};
///
/// fn every_other<T: Countable + From<u8>>() -> Count<T> {
///     count(T::from(0), T::from(2))
/// }
/// assert_eq!(every_other::<u64>().nth(3), Some(6));
/// assert_eq!(every_other::<f32>().nth(3), Some(6.0));
/// ```
///
/// The trait is sealed: how each type remembers its place may change. To count something else, count its
/// number and [`map`](Iterator::map) it.
pub trait Countable: sealed::Progress {}

/// The iterator that [`count`] returns.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Count<T: Countable> {
    cursor: T::Cursor,
    step: T,
}

impl<T: Countable> Iterator for Count<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        T::next(&mut self.cursor, &self.step)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<T> {
        T::skip(&mut self.cursor, &self.step, n);
        self.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match T::left(&self.cursor, &self.step) {
            Some(left) => (left, Some(left)),
            None => (usize::MAX, None),
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, T) -> B>(self, init: B, g: G) -> B {
        T::fold(self.cursor, self.step, init, g)
    }
}

// Integers and durations have no cursor left once they end; floats never end.
impl<T: Countable> FusedIterator for Count<T> {}

mod sealed {
    /// How a type counts. Only this module calls it, so its form is free to change.
    pub trait Progress: Sized {
        /// The place of the next item.
        type Cursor: Clone + std::fmt::Debug + Send + Sync;

        fn begin(self) -> Self::Cursor;

        fn next(cursor: &mut Self::Cursor, step: &Self) -> Option<Self>;

        /// Leaves out `n` items, in constant time.
        fn skip(cursor: &mut Self::Cursor, step: &Self, n: usize);

        /// How many items are to come; none if they do not end or are more than a `usize` can say.
        fn left(cursor: &Self::Cursor, step: &Self) -> Option<usize>;

        #[inline]
        fn fold<B>(mut cursor: Self::Cursor, step: Self, init: B, mut g: impl FnMut(B, Self) -> B) -> B {
            let mut acc = init;
            while let Some(item) = Self::next(&mut cursor, &step) {
                acc = g(acc, item);
            }
            acc
        }
    }
}

use sealed::Progress;

macro_rules! count_integers {
    ($($int:ident, $unsigned:ident;)*) => {$(
        impl Countable for $int {}

        impl Progress for $int {
            // The next item; none after the last that fits.
            type Cursor = Option<$int>;

            #[inline]
            fn begin(self) -> Option<$int> {
                Some(self)
            }

            #[inline]
            fn next(cursor: &mut Option<$int>, step: &$int) -> Option<$int> {
                let item = (*cursor)?;
                *cursor = item.checked_add(*step);
                Some(item)
            }

            #[inline]
            fn skip(cursor: &mut Option<$int>, step: &$int, n: usize) {
                let (Some(item), false) = (*cursor, *step == 0) else { return };
                *cursor = match $unsigned::try_from(n) {
                    // The distance may not fit into a signed type. The sum does: modulo 2^bits it is right.
                    Ok(n) if n <= Self::steps_left(item, *step) => {
                        Some(item.wrapping_add(n.wrapping_mul(*step as $unsigned) as $int))
                    }
                    _ => None,
                };
            }

            #[inline]
            fn left(cursor: &Option<$int>, step: &$int) -> Option<usize> {
                match *cursor {
                    None => Some(0),
                    Some(_) if *step == 0 => None,
                    Some(item) => usize::try_from(Self::steps_left(item, *step)).ok()?.checked_add(1),
                }
            }
        }

        impl StepsLeft for $int {
            type Steps = $unsigned;

            #[inline]
            fn steps_left(item: $int, step: $int) -> $unsigned {
                let end = if step > 0 { $int::MAX } else { $int::MIN };
                end.abs_diff(item) / step.abs_diff(0)
            }
        }
    )*};
}

/// How many steps fit between an item and the end of its type; the step is not zero.
trait StepsLeft: Sized {
    type Steps;

    fn steps_left(item: Self, step: Self) -> Self::Steps;
}

count_integers! {
    i8, u8; i16, u16; i32, u32; i64, u64; i128, u128; isize, usize;
    u8, u8; u16, u16; u32, u32; u64, u64; u128, u128; usize, usize;
}

macro_rules! count_floats {
    ($($float:ident)*) => {$(
        impl Countable for $float {}

        impl Progress for $float {
            // The first item and the number of the next one.
            type Cursor = ($float, u64);

            #[inline]
            fn begin(self) -> ($float, u64) {
                (self, 0)
            }

            #[inline]
            fn next((start, index): &mut ($float, u64), step: &$float) -> Option<$float> {
                // The first is not computed: zero times infinity is no number, and -0.0 + 0.0 is 0.0.
                let item = if *index == 0 { *start } else { *start + *index as $float * *step };
                *index = index.saturating_add(1);
                Some(item)
            }

            #[inline]
            fn skip((_, index): &mut ($float, u64), _: &$float, n: usize) {
                *index = index.saturating_add(n as u64);
            }

            #[inline]
            fn left(_: &($float, u64), _: &$float) -> Option<usize> {
                None
            }
        }
    )*};
}

count_floats! { f32 f64 }

impl Countable for Duration {}

impl Progress for Duration {
    // The next item; none after the last that fits.
    type Cursor = Option<Duration>;

    #[inline]
    fn begin(self) -> Option<Duration> {
        Some(self)
    }

    #[inline]
    fn next(cursor: &mut Option<Duration>, step: &Duration) -> Option<Duration> {
        let item = (*cursor)?;
        *cursor = item.checked_add(*step);
        Some(item)
    }

    #[inline]
    fn skip(cursor: &mut Option<Duration>, step: &Duration, n: usize) {
        let (Some(item), false) = (*cursor, step.is_zero()) else { return };
        // A duration has less than 2^94 nanoseconds: within the bound the product cannot overflow.
        *cursor = (n as u128 <= Self::steps_left(item, *step))
            .then(|| Duration::from_nanos_u128(item.as_nanos() + n as u128 * step.as_nanos()));
    }

    #[inline]
    fn left(cursor: &Option<Duration>, step: &Duration) -> Option<usize> {
        match *cursor {
            None => Some(0),
            Some(_) if step.is_zero() => None,
            Some(item) => usize::try_from(Self::steps_left(item, *step)).ok()?.checked_add(1),
        }
    }
}

impl StepsLeft for Duration {
    type Steps = u128;

    #[inline]
    fn steps_left(item: Duration, step: Duration) -> u128 {
        (Duration::MAX - item).as_nanos() / step.as_nanos()
    }
}
