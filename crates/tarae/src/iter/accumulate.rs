//! Running totals.

use std::fmt;
use std::iter::FusedIterator;

/// Running totals of `iterable`: the first item as it is, then `f(&total, item)`, which is the next total.
///
/// ```
/// use tarae::iter::accumulate;
///
/// let totals: Vec<i32> = accumulate([1, 2, 3, 4], |total, x| total + x).collect();
/// assert_eq!(totals, [1, 3, 6, 10]);
///
/// // Any operation will do: the longest name so far.
/// let names = ["Bo", "Alexandra", "Kim"];
/// let longest = accumulate(names, |best, name| if name.len() > best.len() { name } else { best });
/// assert!(longest.eq(["Bo", "Alexandra", "Alexandra"]));
/// ```
///
/// There are as many totals as items; none of none. The last one is what [`Iterator::reduce`] gives.
/// Where the totals begin with a given one, or are of another type than the items, use
/// [`accumulate_from`](super::accumulate_from).
///
/// # Laziness
///
/// Nothing is pulled before the first total is asked for; then one item for one total.
///
/// # Cost
///
/// One call of `f` and one clone for each total: one copy stays behind for the next call.
/// [`collect`](Iterator::collect) straight after `accumulate` is about twice as fast as after
/// [`Iterator::scan`] when the source knows its length, since no room is asked for item by item.
///
/// # Differences from Python
///
/// The operation is not optional; write `|total, x| total + x` for the sum. With `initial` it is
/// [`accumulate_from`](super::accumulate_from).
///
/// # Panics
///
/// Only if `f`, `clone` or the source does. If `f` has panicked, the item that it was given is lost and the
/// total is still the one before.
#[doc(alias = "itertools.accumulate")]
#[doc(alias = "cumsum")]
#[doc(alias = "running_total")]
#[inline]
pub fn accumulate<I, F>(iterable: I, f: F) -> Accumulate<I::IntoIter, F>
where
    I: IntoIterator,
    I::Item: Clone,
    F: FnMut(&I::Item, I::Item) -> I::Item,
{
    Accumulate { source: iterable.into_iter(), f, total: None }
}

/// The iterator that [`accumulate`](accumulate()) and
/// [`IterExt::accumulate`](super::IterExt::accumulate) return.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Accumulate<I: Iterator, F> {
    source: I,
    f: F,
    // The last total that came out; none before the first.
    total: Option<I::Item>,
}

/// The next total, of which one copy is kept.
#[inline]
fn advance<T: Clone>(total: &mut Option<T>, item: T, f: &mut impl FnMut(&T, T) -> T) -> T {
    let next = match total {
        Some(total) => f(total, item),
        None => item,
    };
    *total = Some(next.clone());
    next
}

impl<I, F> Iterator for Accumulate<I, F>
where
    I: Iterator,
    I::Item: Clone,
    F: FnMut(&I::Item, I::Item) -> I::Item,
{
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let item = self.source.next()?;
        Some(advance(&mut self.total, item, &mut self.f))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.source.size_hint()
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let Self { source, mut f, mut total } = self;
        source.fold(init, |acc, item| g(acc, advance(&mut total, item, &mut f)))
    }

    /// Hands the collection std's own `Map` instead of this type.
    ///
    /// `Vec` allocates once and drops the check for room at each item when the iterator is `TrustedLen`.
    /// That trait is std's alone on stable, but `Map` passes it on from its source.
    #[inline]
    fn collect<C: FromIterator<I::Item>>(self) -> C {
        let Self { source, mut f, mut total } = self;
        source.map(move |item| advance(&mut total, item, &mut f)).collect()
    }
}

impl<I, F> ExactSizeIterator for Accumulate<I, F>
where
    I: ExactSizeIterator,
    I::Item: Clone,
    F: FnMut(&I::Item, I::Item) -> I::Item,
{
    #[inline]
    fn len(&self) -> usize {
        self.source.len()
    }
}

impl<I, F> FusedIterator for Accumulate<I, F>
where
    I: FusedIterator,
    I::Item: Clone,
    F: FnMut(&I::Item, I::Item) -> I::Item,
{
}

impl<I, F> fmt::Debug for Accumulate<I, F>
where
    I: Iterator + fmt::Debug,
    I::Item: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accumulate")
            .field("source", &self.source)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
