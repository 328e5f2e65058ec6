//! Runs of items with the same key.

use super::group::Group;
use super::reduced::{CollectGroups, FoldGroups};
use std::fmt;
use std::mem;
use std::ops::ControlFlow;

/// Groups the items of `iterable` that follow one another and have the same key.
///
/// ```
/// use tarae::iter::groupby;
///
/// let mut groups = groupby("aaabbca".chars(), |c| *c);
/// let mut runs = String::new();
/// while let Some(group) = groups.next_group() {
///     runs.push(*group.key());
///     runs += &group.count().to_string();
/// }
/// assert_eq!(runs, "a3b2c1a1");
/// ```
///
/// A new group begins whenever the key changes, so the same key can come again; sort by the key first
/// if it should not. There are three ways to go on from here, each lazy:
///
/// | | gives | a group is | costs |
/// |---|---|---|---|
/// | [`next_group`](GroupBy::next_group) | a [`Group`] at a time | an iterator, while it lasts | nothing |
/// | [`fold_groups`](GroupBy::fold_groups) | an iterator of `(key, A)` | reduced to one value | nothing |
/// | [`collect_groups`](GroupBy::collect_groups) | an iterator of `(key, Vec)` | a `Vec` | a `Vec` a group |
///
/// # A group that is over cannot be used
///
/// All groups read the same source, so a group is of no use once the next one has begun. In Python such a
/// group is silently empty; here it borrows the `GroupBy`, and the program does not compile:
///
/// ```compile_fail,E0499
/// let mut groups = tarae::iter::groupby([1, 1, 2], |x| *x);
/// let mut first = groups.next_group().unwrap();
/// let second = groups.next_group().unwrap();
/// first.next();
/// ```
///
/// For the same reason `GroupBy` is no [`Iterator`]: its groups could be collected.
///
/// ```compile_fail,E0277
/// let groups = tarae::iter::groupby([1, 1, 2], |x| *x);
/// for group in groups {}
/// ```
///
/// # Laziness
///
/// Nothing is pulled before the first group is asked for. A group pulls item by item; its end is known when
/// the first item of the next group has been pulled, and this one item is kept. What has not been read of a
/// group is skipped when the next one is asked for.
///
/// # Cost
///
/// One call of `key` and one comparison an item; the key of a group and at most one item are kept.
///
/// # Differences from Python
///
/// The key function is required; for the items themselves write `|x| *x` or `|x| x.clone()`.
/// Once the source has ended it is not asked again.
///
/// # Panics
///
/// Only if `key`, a comparison or the source does; the item at hand is then lost.
#[doc(alias = "itertools.groupby")]
#[doc(alias = "chunk_by")]
#[doc(alias = "group_by")]
#[inline]
pub fn groupby<I, K, F>(iterable: I, key: F) -> GroupBy<I::IntoIter, K, F>
where
    I: IntoIterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
    GroupBy { source: iterable.into_iter(), key_of: key, key: None, ahead: Ahead::Nothing }
}

/// The groups of [`groupby`]: ask for them one by one, or turn them into an iterator.
#[derive(Clone)]
#[must_use = "groups are lazy: ask with `next_group`, `fold_groups` or `collect_groups`"]
pub struct GroupBy<I: Iterator, K, F> {
    pub(super) source: I,
    pub(super) key_of: F,
    // The key of the group that was asked for last; none before the first.
    pub(super) key: Option<K>,
    pub(super) ahead: Ahead<K, I::Item>,
}

/// What has been pulled and not been handed out.
///
/// | from | to | by |
/// |---|---|---|
/// | `Nothing` | `First` | `next_group`, having skipped what was left of a group |
/// | `First` | `Nothing` | `Group`, which hands it out; `next_group`, which skips it |
/// | `Nothing` | `Next` | `Group` or `open`, which find another key |
/// | `Next` | `First` | `next_group`: the key goes to `GroupBy::key` |
/// | `Nothing` | `Ended` | all that pull and get nothing; for good |
#[derive(Clone, Debug)]
pub(super) enum Ahead<K, T> {
    /// Nothing: before the first group, or inside of one.
    Nothing,
    /// The first item of the group whose key is `GroupBy::key`.
    First(T),
    /// The first item of the group after it. So that group is over.
    Next(K, T),
    /// The source has ended.
    Ended,
}

impl<I, K, F> GroupBy<I, K, F>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
    /// The next group; none if there is no more.
    ///
    /// What has not been read of the group before is skipped first.
    ///
    /// ```
    /// use tarae::iter::groupby;
    ///
    /// let mut groups = groupby([1, 3, 5, 2, 4, 7], |x| x % 2 == 0);
    /// let mut firsts = Vec::new();
    /// while let Some(mut group) = groups.next_group() {
    ///     firsts.push(group.next());
    /// }
    /// assert_eq!(firsts, [Some(1), Some(2), Some(7)]);
    /// ```
    #[doc(alias = "next")]
    #[inline]
    pub fn next_group(&mut self) -> Option<Group<'_, I, K, F>> {
        let (key, first) = self.open()?;
        self.key = Some(key);
        self.ahead = Ahead::First(first);
        Some(Group { groups: self })
    }

    /// An iterator of each key with its group, reduced to one value: `init` makes it, `f` adds an item to it.
    ///
    /// ```
    /// use tarae::iter::groupby;
    ///
    /// let sales = [("Mon", 5), ("Mon", 7), ("Tue", 1)];
    /// let days = groupby(sales, |sale| sale.0).fold_groups(|_day| 0, |sum, sale| sum + sale.1);
    /// assert!(days.eq([("Mon", 12), ("Tue", 1)]));
    /// ```
    ///
    /// Nothing is pulled before the first pair is asked for; then up to the first item of the next group.
    /// No group is stored. If `f` panics, what it was given is lost; what follows counts as a new group.
    /// After groups have been read with [`next_group`](Self::next_group), it goes on behind the last of them.
    #[inline]
    pub fn fold_groups<A, S, G>(self, init: S, f: G) -> FoldGroups<I, K, F, S, G>
    where
        S: FnMut(&K) -> A,
        G: FnMut(A, I::Item) -> A,
    {
        FoldGroups { groups: self, init, f }
    }

    /// An iterator of each key with its group in a `Vec`.
    ///
    /// ```
    /// use tarae::iter::groupby;
    ///
    /// let mut lengths = groupby(["one", "two", "three"], |word| word.len()).collect_groups();
    /// assert_eq!(lengths.next(), Some((3, vec!["one", "two"])));
    /// assert_eq!(lengths.next(), Some((5, vec!["three"])));
    /// assert_eq!(lengths.next(), None);
    /// ```
    ///
    /// The groups are owned: they can be kept, sent to another thread, or collected. Nothing is pulled before
    /// the first pair is asked for; then up to the first item of the next group. One group is stored at a
    /// time. After groups have been read with [`next_group`](Self::next_group), it goes on behind the last of
    /// them.
    #[inline]
    pub fn collect_groups(self) -> CollectGroups<I, K, F> {
        CollectGroups { groups: self }
    }

    /// Takes the first item of the next group, with its key. None: the source has ended.
    #[inline]
    fn open(&mut self) -> Option<(K, I::Item)> {
        loop {
            match mem::replace(&mut self.ahead, Ahead::Nothing) {
                Ahead::Next(key, first) => return Some((key, first)),
                Ahead::Ended => {
                    self.ahead = Ahead::Ended;
                    return None;
                }
                Ahead::Nothing | Ahead::First(_) => match &self.key {
                    // The very first group.
                    None => match self.source.next() {
                        Some(first) => self.ahead = Ahead::Next((self.key_of)(&first), first),
                        None => self.ahead = Ahead::Ended,
                    },
                    // A group that was left half-way.
                    Some(key) => {
                        (_, self.ahead) = run(&mut self.source, &mut self.key_of, key, (), |(), _| ())
                    }
                },
            }
        }
    }

    /// The next group with its key, reduced.
    #[inline]
    pub(super) fn reduce<A>(
        &mut self,
        init: impl FnOnce(&K) -> A,
        mut f: impl FnMut(A, I::Item) -> A,
    ) -> Option<(K, A)> {
        let (key, first) = self.open()?;
        // Should `f` panic, no group is open: the key of one that `next_group` gave would be a wrong one.
        self.key = None;
        let value = f(init(&key), first);
        let (value, ahead) = run(&mut self.source, &mut self.key_of, &key, value, f);
        self.ahead = ahead;
        Some((key, value))
    }

    /// All groups, reduced, go to `g`. One pass over the source, which need not stop after each group.
    #[inline]
    pub(super) fn reduce_all<A, B>(
        mut self,
        mut init: impl FnMut(&K) -> A,
        mut f: impl FnMut(A, I::Item) -> A,
        acc: B,
        mut g: impl FnMut(B, (K, A)) -> B,
    ) -> B {
        let Some((key, first)) = self.open() else { return acc };
        let value = f(init(&key), first);
        let Self { source, mut key_of, .. } = self;
        let (acc, key, value) = source.fold((acc, key, value), |(acc, key, value), item| {
            let other = key_of(&item);
            if other == key {
                (acc, key, f(value, item))
            } else {
                let acc = g(acc, (key, value));
                let value = f(init(&other), item);
                (acc, other, value)
            }
        });
        g(acc, (key, value))
    }

    /// How many groups begin from here on: each has an item, and the next one at least one.
    pub(super) fn groups_left(&self) -> (usize, Option<usize>) {
        let (low, high) = self.source.size_hint();
        match (&self.ahead, &self.key) {
            (Ahead::Ended, _) => (0, Some(0)),
            (Ahead::Next(..), _) => (1, high.and_then(|high| high.checked_add(1))),
            // All that is left may belong to the open group.
            (Ahead::Nothing | Ahead::First(_), Some(_)) => (0, high),
            (Ahead::Nothing | Ahead::First(_), None) => (low.min(1), high),
        }
    }
}

/// Pulls and folds the items that have the key `key`; what ended the run is what is then `ahead`.
#[inline]
pub(super) fn run<I: Iterator, K: PartialEq, B>(
    source: &mut I,
    key_of: &mut impl FnMut(&I::Item) -> K,
    key: &K,
    init: B,
    mut f: impl FnMut(B, I::Item) -> B,
) -> (B, Ahead<K, I::Item>) {
    let flow = source.try_fold(init, |acc, item| {
        let other = key_of(&item);
        if other == *key {
            ControlFlow::Continue(f(acc, item))
        } else {
            ControlFlow::Break((acc, other, item))
        }
    });
    match flow {
        ControlFlow::Break((acc, other, item)) => (acc, Ahead::Next(other, item)),
        ControlFlow::Continue(acc) => (acc, Ahead::Ended),
    }
}

impl<I, K, F> fmt::Debug for GroupBy<I, K, F>
where
    I: Iterator + fmt::Debug,
    I::Item: fmt::Debug,
    K: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupBy")
            .field("source", &self.source)
            .field("key", &self.key)
            .field("ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}
