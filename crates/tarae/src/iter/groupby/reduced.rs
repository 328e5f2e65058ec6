//! Groups as values: each reduced to one, or collected.

use super::groupby::GroupBy;
use std::fmt;
use std::iter::FusedIterator;

/// The iterator that [`GroupBy::fold_groups`] returns.
#[must_use = "iterators are lazy"]
pub struct FoldGroups<I: Iterator, K, F, S, G> {
    pub(super) groups: GroupBy<I, K, F>,
    pub(super) init: S,
    pub(super) f: G,
}

impl<I, K, F, S, G, A> Iterator for FoldGroups<I, K, F, S, G>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
    S: FnMut(&K) -> A,
    G: FnMut(A, I::Item) -> A,
{
    type Item = (K, A);

    #[inline]
    fn next(&mut self) -> Option<(K, A)> {
        self.groups.reduce(&mut self.init, &mut self.f)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.groups.groups_left()
    }

    #[inline]
    fn fold<B, H: FnMut(B, (K, A)) -> B>(self, acc: B, g: H) -> B {
        self.groups.reduce_all(self.init, self.f, acc, g)
    }
}

impl<I, K, F, S, G, A> FusedIterator for FoldGroups<I, K, F, S, G>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
    S: FnMut(&K) -> A,
    G: FnMut(A, I::Item) -> A,
{
}

/// The iterator that [`GroupBy::collect_groups`] returns.
#[must_use = "iterators are lazy"]
pub struct CollectGroups<I: Iterator, K, F> {
    pub(super) groups: GroupBy<I, K, F>,
}

#[inline]
fn push<T>(mut group: Vec<T>, item: T) -> Vec<T> {
    group.push(item);
    group
}

impl<I, K, F> Iterator for CollectGroups<I, K, F>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
    type Item = (K, Vec<I::Item>);

    #[inline]
    fn next(&mut self) -> Option<(K, Vec<I::Item>)> {
        self.groups.reduce(|_| Vec::new(), push)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.groups.groups_left()
    }

    #[inline]
    fn fold<B, H: FnMut(B, (K, Vec<I::Item>)) -> B>(self, acc: B, g: H) -> B {
        self.groups.reduce_all(|_| Vec::new(), push, acc, g)
    }
}

impl<I, K, F> FusedIterator for CollectGroups<I, K, F>
where
    I: Iterator,
    K: PartialEq,
    F: FnMut(&I::Item) -> K,
{
}

impl<I: Iterator, K, F, S: Clone, G: Clone> Clone for FoldGroups<I, K, F, S, G>
where
    GroupBy<I, K, F>: Clone,
{
    fn clone(&self) -> Self {
        Self { groups: self.groups.clone(), init: self.init.clone(), f: self.f.clone() }
    }
}

impl<I: Iterator, K, F, S, G> fmt::Debug for FoldGroups<I, K, F, S, G>
where
    GroupBy<I, K, F>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FoldGroups").field("groups", &self.groups).finish_non_exhaustive()
    }
}

impl<I: Iterator, K, F> Clone for CollectGroups<I, K, F>
where
    GroupBy<I, K, F>: Clone,
{
    fn clone(&self) -> Self {
        Self { groups: self.groups.clone() }
    }
}

impl<I: Iterator, K, F> fmt::Debug for CollectGroups<I, K, F>
where
    GroupBy<I, K, F>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CollectGroups").field("groups", &self.groups).finish()
    }
}
