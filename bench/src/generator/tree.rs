//! The keys of a binary tree, in order, by recursion: what generators are asked for most, and what a chain of
//! delegations costs most in, since half of the nodes are leaves, which start, yield once and end.

use super::{sum, sum_by_fold};
use ::corosensei::stack::DefaultStack;
use ::corosensei::{ScopedCoroutine, Yielder};
use ::genawaiter::rc::{Co, Gen};
use std::hint::black_box;
use std::iter::{from_fn, once};
use tarae::prelude::*;

/// Each node in a box, as a program would have it: 24 bytes, which an allocator makes 32. The rows all walk the same
/// tree, so what of the time is the memory's is the same for all.
pub struct Tree {
    key: u64,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    /// With the keys `1..=nodes`, as flat as can be: full if `nodes` is one less than a power of two.
    pub fn of(nodes: u64) -> Self {
        *Self::between(1, nodes).expect("a tree has a node")
    }

    fn between(first: u64, last: u64) -> Option<Box<Self>> {
        if first > last {
            return None;
        }
        let key = first.midpoint(last);
        let (left, right) = (Self::between(first, key - 1), Self::between(key + 1, last));
        Some(Box::new(Tree { key, left, right }))
    }
}

/// Ours, as one would write it.
fn walk(tree: &Tree) -> Generator<impl Yields<u64>> {
    generator!({
        if let Some(left) = &tree.left {
            yield_from!(walk(left));
        }
        yield tree.key;
        if let Some(right) = &tree.right {
            yield_from!(walk(right));
        }
    })
}

#[inline(never)]
pub fn fold(tree: &Tree) -> u64 {
    sum_by_fold!(walk(tree))
}

#[inline(never)]
pub fn movable(tree: &Tree) -> u64 {
    sum!(walk(tree))
}

/// The least that a recursion costs: no iterator, the consumer is called.
#[inline(never)]
pub fn callback(tree: &Tree) -> u64 {
    fn walk(tree: &Tree, consume: &mut dyn FnMut(u64)) {
        if let Some(left) = &tree.left {
            walk(left, consume);
        }
        consume(tree.key);
        if let Some(right) = &tree.right {
            walk(right, consume);
        }
    }
    let mut sum = 0u64;
    walk(tree, &mut |key| sum = sum.wrapping_add(black_box(key)));
    sum
}

/// By hand: the way back is kept in a vector.
struct Walk<'a> {
    way: Vec<&'a Tree>,
}

impl<'a> Walk<'a> {
    #[inline]
    fn new(tree: &'a Tree) -> Self {
        let mut walk = Walk { way: Vec::new() };
        walk.descend(Some(tree));
        walk
    }

    #[inline]
    fn descend(&mut self, mut tree: Option<&'a Tree>) {
        while let Some(node) = tree {
            self.way.push(node);
            tree = node.left.as_deref();
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        let node = self.way.pop()?;
        self.descend(node.right.as_deref());
        Some(node.key)
    }
}

#[inline(never)]
pub fn hand(tree: &Tree) -> u64 {
    sum!(Walk::new(tree))
}

/// Recursion without generators: iterators in iterators. Each item climbs through all that are open.
#[inline(never)]
pub fn box_dyn(tree: &Tree) -> u64 {
    fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
        // By `flat_map`, so that a subtree's iterator is made when it is reached.
        let left = tree.left.iter().flat_map(|left| walk(left));
        let right = tree.right.iter().flat_map(|right| walk(right));
        Box::new(left.chain(once(tree.key)).chain(right))
    }
    sum!(walk(tree))
}

/// Hands on what an inner generator yields, in a loop at each level.
#[inline(never)]
pub fn genawaiter_for(tree: &Tree) -> u64 {
    fn walk(tree: &Tree) -> Box<dyn Iterator<Item = u64> + '_> {
        let keys = Gen::new(|co| async move {
            if let Some(left) = &tree.left {
                for key in walk(left) {
                    co.yield_(key).await;
                }
            }
            co.yield_(tree.key).await;
            if let Some(right) = &tree.right {
                for key in walk(right) {
                    co.yield_(key).await;
                }
            }
        });
        Box::new(keys.into_iter())
    }
    sum!(walk(tree))
}

/// One generator, whose handle is passed down a recursion of async functions. The better of the two.
#[inline(never)]
pub fn genawaiter_co(tree: &Tree) -> u64 {
    async fn walk(co: &Co<u64>, tree: &Tree) {
        if let Some(left) = &tree.left {
            Box::pin(walk(co, left)).await;
        }
        co.yield_(tree.key).await;
        if let Some(right) = &tree.right {
            Box::pin(walk(co, right)).await;
        }
    }
    sum!(Gen::new(|co| async move { walk(&co, tree).await }))
}

/// Native recursion on a stack of its own, which is there before.
#[inline(never)]
pub fn corosensei(stack: &mut DefaultStack, tree: &Tree) -> u64 {
    fn walk(y: &Yielder<(), u64>, tree: &Tree) {
        if let Some(left) = &tree.left {
            walk(y, left);
        }
        y.suspend(tree.key);
        if let Some(right) = &tree.right {
            walk(y, right);
        }
    }
    let keys = ScopedCoroutine::with_stack(stack, |y: &Yielder<(), u64>, ()| walk(y, tree));
    keys.scope(|mut keys| sum!(from_fn(|| keys.resume(()).as_yield())))
}
