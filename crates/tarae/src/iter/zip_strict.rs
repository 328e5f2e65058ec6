//! Pairs of two iterables that must be equally long.

use std::error::Error;
use std::fmt;
use std::iter::FusedIterator;
use std::ops::ControlFlow;

/// Pairs of the items of `a` and `b`; at the end an error if one of them was longer.
///
/// ```
/// use tarae::iter::{Uneven, zip_strict};
///
/// let names = ["Ada", "Grace"];
/// let ages: Result<Vec<_>, _> = zip_strict(names, [36, 85]).collect();
/// assert_eq!(ages, Ok(vec![("Ada", 36), ("Grace", 85)]));
///
/// let ages: Result<Vec<_>, _> = zip_strict(names, [36]).collect();
/// assert_eq!(ages, Err(Uneven::First("Grace")));
/// ```
///
/// [`Iterator::zip`] stops at the shorter one and says nothing. Here the error says which was longer, and
/// gives the item back that has been pulled and has no partner.
///
/// # Laziness
///
/// Nothing is pulled before the first pair is asked for; then one of `a` and one of `b`, in this order, also
/// where one of them ends: `b` is asked once more when `a` has ended. After that neither is asked again.
///
/// # Cost
///
/// That of [`Iterator::zip`]. `size_hint` counts the error as an item, and is exact where those of `a` and `b`
/// are.
///
/// # Errors
///
/// The last item is [`Uneven`] if one of the two goes on where the other has ended; there is only one.
/// The longer one can be read further if it was only lent:
///
/// ```
/// # use tarae::iter::{Uneven, zip_strict};
/// let mut numbers = 1..5;
/// assert!(zip_strict("ab".chars(), &mut numbers).eq([Ok(('a', 1)), Ok(('b', 2)), Err(Uneven::Second(3))]));
/// assert_eq!(numbers.next(), Some(4));
/// ```
///
/// # Differences from Python
///
/// This is `zip(a, b, strict=True)` for two iterables; for three, zip the pairs again. Python raises, and the
/// item without a partner is lost.
///
/// # Panics
///
/// Only if `a` or `b` does. If `b` has panicked, the item that had just been pulled of `a` is lost.
#[doc(alias = "zip")]
#[doc(alias = "more_itertools.zip_equal")]
#[doc(alias = "zip_eq")]
#[inline]
pub fn zip_strict<A: IntoIterator, B: IntoIterator>(a: A, b: B) -> ZipStrict<A::IntoIter, B::IntoIter> {
    ZipStrict { a: a.into_iter(), b: b.into_iter(), ended: false }
}

/// One side of [`zip_strict`] was longer; its first item without a partner is inside.
///
/// ```
/// use tarae::iter::{Uneven, zip_strict};
///
/// let uneven: Uneven<i32, char> = zip_strict([1], ['a', 'b']).nth(1).unwrap().unwrap_err();
/// assert_eq!(uneven, Uneven::Second('b'));
/// assert!(!uneven.first_is_longer());
/// assert_eq!(
///     uneven.to_string(),
///     "zip_strict: the second iterable is longer than the first; \
///      use `zip` to stop at the shorter one",
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Uneven<A, B> {
    /// The first iterable is longer: this is the item that was pulled when the second had ended.
    First(A),
    /// The second iterable is longer: this is the item that was pulled when the first had ended.
    Second(B),
}

impl<A, B> Uneven<A, B> {
    /// Whether the first of the two iterables is the longer one; else it is the second.
    #[inline]
    pub const fn first_is_longer(&self) -> bool {
        matches!(self, Self::First(_))
    }
}

impl<A, B> fmt::Display for Uneven<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (longer, shorter) =
            if self.first_is_longer() { ("first", "second") } else { ("second", "first") };
        write!(
            f,
            "zip_strict: the {longer} iterable is longer than the {shorter}; use `zip` to stop at the shorter one"
        )
    }
}

/// Of all items, also of those that have no `Debug`: `unwrap` and `?` must always do.
impl<A, B> fmt::Debug for Uneven<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.first_is_longer() { "First(..)" } else { "Second(..)" })
    }
}

impl<A, B> Error for Uneven<A, B> {}

/// The iterator that [`zip_strict`] and [`IterExt::zip_strict`](super::IterExt::zip_strict) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct ZipStrict<A, B> {
    a: A,
    b: B,
    // Set when one of the two has ended, for good.
    ended: bool,
}

impl<A: Iterator, B: Iterator> Iterator for ZipStrict<A, B> {
    type Item = Result<(A::Item, B::Item), Uneven<A::Item, B::Item>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match (self.a.next(), self.b.next()) {
            (Some(a), Some(b)) => Some(Ok((a, b))),
            (a, b) => {
                self.ended = true;
                alone(a, b).map(Err)
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.ended {
            return (0, Some(0));
        }
        let ((a_low, a_high), (b_low, b_high)) = (self.a.size_hint(), self.b.size_hint());
        // Of different lengths the smaller one counts, and then the error. The larger one shows that one more
        // cannot be too many for a `usize`.
        let low = a_low.min(b_low) + usize::from(a_low != b_low);
        let high = match (a_high, b_high) {
            (Some(a), Some(b)) => Some(a.min(b) + usize::from(a != b)),
            (Some(one), None) | (None, Some(one)) => one.checked_add(1),
            (None, None) => None,
        };
        (low, high)
    }

    #[inline]
    fn fold<C, G: FnMut(C, Self::Item) -> C>(self, init: C, mut g: G) -> C {
        if self.ended {
            return init;
        }
        let Self { mut a, mut b, .. } = self;
        let mut left = None;
        let flow = a.try_fold(init, |acc, x| match b.next() {
            Some(y) => ControlFlow::Continue(g(acc, Ok((x, y)))),
            None => {
                left = Some(x);
                ControlFlow::Break(acc)
            }
        });
        let (acc, right) = match flow {
            ControlFlow::Break(acc) => (acc, None),
            ControlFlow::Continue(acc) => (acc, b.next()),
        };
        match alone(left, right) {
            Some(uneven) => g(acc, Err(uneven)),
            None => acc,
        }
    }
}

/// What has no partner.
#[inline]
fn alone<A, B>(a: Option<A>, b: Option<B>) -> Option<Uneven<A, B>> {
    a.map(Uneven::First).or(b.map(Uneven::Second))
}

impl<A: ExactSizeIterator, B: ExactSizeIterator> ExactSizeIterator for ZipStrict<A, B> {}

impl<A: Iterator, B: Iterator> FusedIterator for ZipStrict<A, B> {}
