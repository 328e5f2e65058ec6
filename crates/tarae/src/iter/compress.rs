//! The items that have been ticked.

use std::iter::FusedIterator;

/// The items of `data` whose selector is true.
///
/// ```
/// use tarae::iter::compress;
///
/// let chosen: String = compress("ABCDEF".chars(), [true, false, true, false, true, true]).collect();
/// assert_eq!(chosen, "ACEF");
/// ```
///
/// The first selector is for the first item, the second for the second, and so on, until one of the two
/// ends.
///
/// # Laziness
///
/// Nothing is pulled before the first item is asked for; then `data` and `selectors` are pulled in turn, up to
/// the next item that is selected.
///
/// For each pair `data` is pulled first. So if `selectors` ends first, one item of `data` has been pulled and is
/// dropped, as in Python. To keep it, end `data` where the selectors end, with [`take`](Iterator::take).
///
/// ```
/// # use tarae::iter::compress;
/// let mut data = 1..;
/// assert!(compress(&mut data, [true, false, true]).eq([1, 3]));
/// assert_eq!(data.next(), Some(5)); // 4 had no selector
/// ```
///
/// # Cost
///
/// That of `data.zip(selectors)` and one branch. [`count`](Iterator::count) adds up the selectors instead of
/// branching on them.
///
/// # Differences from Python
///
/// Selectors are `bool`s. For anything else, say what counts as true: `compress(data, bits.map(|b| b != 0))`.
#[doc(alias = "itertools.compress")]
#[doc(alias = "mask")]
#[inline]
pub fn compress<D, S>(data: D, selectors: S) -> Compress<D::IntoIter, S::IntoIter>
where
    D: IntoIterator,
    S: IntoIterator<Item = bool>,
{
    Compress { data: data.into_iter(), selectors: selectors.into_iter(), is_over: false }
}

/// The iterator that [`compress`] and [`IterExt::compress`](super::IterExt::compress) return.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Compress<D, S> {
    data: D,
    selectors: S,
    // One of them has ended: nothing more is pulled.
    is_over: bool,
}

impl<D: Iterator, S: Iterator<Item = bool>> Iterator for Compress<D, S> {
    type Item = D::Item;

    #[inline]
    fn next(&mut self) -> Option<D::Item> {
        while !self.is_over {
            // The item first, as Python has it.
            let selected = self.data.next().and_then(|item| Some((item, self.selectors.next()?)));
            match selected {
                Some((item, true)) => return Some(item),
                Some((_, false)) => {}
                None => self.is_over = true,
            }
        }
        None
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_over {
            return (0, Some(0));
        }
        let high = match (self.data.size_hint().1, self.selectors.size_hint().1) {
            (Some(data), Some(selectors)) => Some(data.min(selectors)),
            (data, selectors) => data.or(selectors),
        };
        (0, high)
    }

    #[inline]
    fn count(self) -> usize {
        if self.is_over {
            return 0;
        }
        self.data.zip(self.selectors).map(|(_, selected)| usize::from(selected)).sum()
    }

    // `Zip` pulls in the same order, and has a loop without ends to test for where both are slices.
    #[inline]
    fn fold<B, G: FnMut(B, D::Item) -> B>(self, init: B, mut g: G) -> B {
        if self.is_over {
            return init;
        }
        let pairs = self.data.zip(self.selectors);
        pairs.fold(init, |acc, (item, selected)| if selected { g(acc, item) } else { acc })
    }
}

impl<D: Iterator, S: Iterator<Item = bool>> FusedIterator for Compress<D, S> {}
