//! Tokens below tokens: whom a request reaches, and what a tree of any shape costs.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Barrier;
use std::thread;

use crate::support::{Random, eventually, watched};
use tarae::prelude::*;

/// So deep or so many that a recursion, or a leak of a few bytes each, would be seen.
const MANY: usize = if cfg!(miri) { 100 } else { 1_000_000 };

/// How many children a token says that it has.
fn children(token: &CancelToken) -> usize {
    let debug = format!("{token:?}");
    let number = debug.split("children: ").nth(1).and_then(|rest| rest.strip_suffix(" }"));
    number.expect("the number of children is last").parse().unwrap()
}

/// The last of a chain of so many tokens below `root`.
fn chain(root: &CancelToken, depth: usize) -> CancelToken {
    (0..depth).fold(root.clone(), |token, _| token.child())
}

/// Runs on a stack that a recursion of some thousands overflows.
fn on_a_small_stack(f: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(64 * 1024).spawn(f).unwrap().join().unwrap();
}

#[test]
fn a_request_goes_down_the_tree_and_not_up_or_aside() {
    let root = CancelToken::new();
    let (left, right) = (root.child(), root.child());
    let below = left.child();
    left.cancel();
    assert!(left.is_cancelled() && below.is_cancelled());
    assert!(!root.is_cancelled() && !right.is_cancelled());
    root.cancel();
    assert!(right.is_cancelled() && root.is_cancelled());
}

#[test]
fn a_clone_is_the_same_token_and_a_child_is_another() {
    let root = CancelToken::new();
    let (child, same) = (root.child(), root.clone());
    child.clone().cancel();
    assert!(child.is_cancelled() && !root.is_cancelled());
    same.cancel();
    assert!(root.is_cancelled());
}

#[test]
fn a_child_of_a_cancelled_token_is_born_cancelled() {
    let root = CancelToken::new();
    root.cancel();
    assert!(root.child().is_cancelled());
    assert_eq!(root.child().child().checkpoint(), Err(Cancelled));
    assert_eq!(children(&root), 0);
}

#[test]
fn a_request_passes_through_tokens_that_nobody_has_any_more() {
    let root = CancelToken::new();
    let leaf = chain(&root, 3);
    let other = CancelToken::new();
    let orphan = other.child();
    drop(other);
    root.cancel();
    assert!(leaf.is_cancelled());
    assert!(!orphan.is_cancelled(), "to drop a token is not to cancel it");
}

#[test]
fn a_parent_forgets_a_child_with_its_last_clone() {
    let root = CancelToken::new();
    let stays = root.child();
    for _ in 0..MANY {
        drop(root.child());
    }
    assert_eq!(children(&root), 1);
    let clone = stays.clone();
    drop(stays);
    assert_eq!(children(&root), 1);
    drop(clone);
    assert_eq!(children(&root), 0);
}

#[test]
fn children_may_leave_in_any_order() {
    let mut random = Random::new(1);
    let root = CancelToken::new();
    let mut living = Vec::new();
    for _ in 0..if cfg!(miri) { 150 } else { 100_000 } {
        let n = living.len() as u64;
        if n < 10 || (n < 100 && random.below(2) == 0) {
            living.push(root.child());
        } else {
            drop(living.swap_remove(random.below(n) as usize));
        }
        assert!(living.len() <= 100);
    }
    assert_eq!(children(&root), living.len());
    root.cancel();
    assert!(living.iter().all(CancelToken::is_cancelled));
}

#[test]
fn a_chain_of_any_depth_is_cancelled_and_dropped_on_a_small_stack() {
    on_a_small_stack(|| {
        let root = CancelToken::new();
        let leaf = chain(&root, MANY);
        root.cancel();
        assert!(leaf.is_cancelled());
        assert_eq!(leaf.checkpoint(), Err(Cancelled), "it obeys all the way up");
        drop(leaf);

        let root = CancelToken::new();
        drop(chain(&root, MANY));
        assert_eq!(children(&root), 0);

        // The whole chain at once, by its leaf.
        drop(chain(&CancelToken::new(), MANY));

        // From the root to the leaf, with each held by somebody.
        let mut all = vec![CancelToken::new()];
        for n in 0..MANY {
            all.push(all[n].child());
        }
        all.into_iter().for_each(drop);
    });
}

#[test]
fn a_wide_tree_is_cancelled_and_dropped_on_a_small_stack() {
    on_a_small_stack(|| {
        let root = CancelToken::new();
        let all: Vec<CancelToken> = (0..MANY).map(|_| root.child()).collect();
        root.cancel();
        assert!(all.iter().all(CancelToken::is_cancelled));
        drop(root);
        drop(all);
    });
}

#[test]
fn children_made_and_dropped_during_a_cancel_all_hear_of_it() {
    watched(|| {
        for round in 0..if cfg!(miri) { 3 } else { 300 } {
            let root = CancelToken::new();
            let middle = root.child();
            let start = Barrier::new(3);
            thread::scope(|scope| {
                for parent in [&root, &middle] {
                    let start = &start;
                    scope.spawn(move || {
                        start.wait();
                        let mut living = Vec::new();
                        for n in 0..round % 50 + 5 {
                            living.push(parent.child().child());
                            if n % 3 == 0 {
                                living.swap_remove(n / 3);
                            }
                        }
                        eventually("all to hear", || living.iter().all(CancelToken::is_cancelled));
                        assert!(parent.child().is_cancelled());
                    });
                }
                start.wait();
                root.cancel();
            });
            assert!(middle.is_cancelled());
        }
    });
}

#[test]
fn tokens_go_anywhere() {
    fn anywhere<T: Send + Sync + UnwindSafe + RefUnwindSafe + Unpin + 'static>() {}
    anywhere::<CancelToken>();
    anywhere::<tarae::cancel::DropGuard>();
    assert_eq!(size_of::<Option<CancelToken>>(), size_of::<usize>());
}

#[test]
fn debug_says_why_and_for_how_many() {
    let root = CancelToken::new();
    let child = root.child();
    assert_eq!(format!("{root:?}"), "CancelToken { cancelled: None, children: 1 }");
    child.cancel();
    assert_eq!(format!("{child:?}"), "CancelToken { cancelled: Some(Cancelled), children: 0 }");
    let late = root.until(std::time::Duration::ZERO);
    assert_eq!(format!("{:?}", late.child()), "CancelToken { cancelled: Some(TimedOut), children: 0 }");
}
