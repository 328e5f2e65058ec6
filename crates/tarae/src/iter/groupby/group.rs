//! One group, read item by item.

use super::groupby::{Ahead, GroupBy, run};
use std::fmt;
use std::iter::FusedIterator;
use std::mem;

/// One group of a [`GroupBy`]: an iterator that reads from the common source.
///
/// See [`GroupBy::next_group`]. It pulls an item when asked for one. Dropping it pulls nothing.
#[must_use = "iterators are lazy"]
pub struct Group<'a, I: Iterator, K, F> {
    pub(super) groups: &'a mut GroupBy<I, K, F>,
}

impl<I: Iterator, K, F> Group<'_, I, K, F> {
    /// The key that all items of the group have, also before the first and after the last has been read.
    ///
    /// ```
    /// use tarae::iter::groupby;
    ///
    /// let mut groups = groupby(["tea", "toast", "jam"], |word| word.chars().next());
    /// let mut group = groups.next_group().unwrap();
    /// assert_eq!(group.key(), &Some('t'));
    /// assert_eq!(group.by_ref().count(), 2);
    /// assert_eq!(group.key(), &Some('t'));
    /// ```
    #[inline]
    pub fn key(&self) -> &K {
        self.groups.key.as_ref().expect("a group has its key until the next one begins")
    }
}

impl<I, K, F> Iterator for Group<'_, I, K, F>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let groups = &mut *self.groups;
        match &groups.ahead {
            Ahead::Nothing => {
                let Some(item) = groups.source.next() else {
                    groups.ahead = Ahead::Ended;
                    return None;
                };
                let key = (groups.key_of)(&item);
                if groups.key.as_ref() == Some(&key) {
                    return Some(item);
                }
                groups.ahead = Ahead::Next(key, item);
                None
            }
            Ahead::First(_) => match mem::replace(&mut groups.ahead, Ahead::Nothing) {
                Ahead::First(item) => Some(item),
                _ => unreachable!(),
            },
            Ahead::Next(..) | Ahead::Ended => None,
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let high = self.groups.source.size_hint().1;
        match &self.groups.ahead {
            Ahead::Nothing => (0, high),
            Ahead::First(_) => (1, high.and_then(|high| high.checked_add(1))),
            Ahead::Next(..) | Ahead::Ended => (0, Some(0)),
        }
    }

    #[inline]
    fn fold<B, G: FnMut(B, I::Item) -> B>(self, init: B, mut g: G) -> B {
        let GroupBy { source, key_of, key, ahead } = self.groups;
        let acc = match mem::replace(ahead, Ahead::Nothing) {
            Ahead::Nothing => init,
            Ahead::First(item) => g(init, item),
            over @ (Ahead::Next(..) | Ahead::Ended) => {
                *ahead = over;
                return init;
            }
        };
        let Some(key) = key else { return acc };
        let (acc, next) = run(source, key_of, key, acc, g);
        *ahead = next;
        acc
    }
}

impl<I, K, F> FusedIterator for Group<'_, I, K, F>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
}

impl<I: Iterator, K, F> fmt::Debug for Group<'_, I, K, F>
where
    GroupBy<I, K, F>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("groups", &self.groups).finish()
    }
}
