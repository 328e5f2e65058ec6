//! A walk through a tree, by a generator that delegates to itself. Two walks go side by side, each as far as it is asked.
//!
//! ```text
//! $ cargo run --release --example tree_walk
//! 1 2 3 4 5 6 7
//! the smallest above 4: 5
//! a tree of another shape has the same keys: true
//! a list, which is a tree 1000 deep: 500500
//! ```
#![forbid(unsafe_code)]

use tarae::prelude::*;

#[derive(Default)]
struct Tree {
    root: Option<Box<Node>>,
}

struct Node {
    left: Tree,
    key: u32,
    right: Tree,
}

impl Tree {
    fn of(keys: impl IntoIterator<Item = u32>) -> Self {
        let mut tree = Tree::default();
        keys.into_iter().for_each(|key| tree.insert(key));
        tree
    }

    fn insert(&mut self, key: u32) {
        match &mut self.root {
            None => self.root = Some(Box::new(Node { left: Tree::default(), key, right: Tree::default() })),
            Some(node) if key < node.key => node.left.insert(key),
            Some(node) => node.right.insert(key),
        }
    }

    /// The keys in order. An item costs the same at any depth: it does not pass through the walks above it.
    fn walk(&self) -> Generator<impl Yields<u32>> {
        generator!({
            if let Some(node) = &self.root {
                yield_from!(node.left.walk());
                yield node.key;
                yield_from!(node.right.walk());
            }
        })
    }
}

fn main() {
    let tree = Tree::of([4, 2, 6, 1, 3, 5, 7]);
    let keys: Vec<String> = tree.walk().map(|key| key.to_string()).collect();
    println!("{}", keys.join(" "));
    if let Some(key) = tree.walk().find(|&key| key > 4) {
        println!("the smallest above 4: {key}"); // the walk goes no further
    }
    let other = Tree::of([1, 7, 2, 6, 3, 5, 4]);
    println!("a tree of another shape has the same keys: {}", tree.walk().eq(other.walk()));
    println!("a list, which is a tree 1000 deep: {}", Tree::of(1..=1_000).walk().sum::<u32>());
}
