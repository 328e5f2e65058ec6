//! Guards that cancel at the end of a block.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tarae::prelude::*;

#[test]
fn a_guard_cancels_when_it_is_dropped() {
    let token = CancelToken::new();
    let child = token.child();
    let guard = token.drop_guard();
    assert!(!token.is_cancelled());
    drop(guard);
    assert!(token.is_cancelled() && child.is_cancelled());
}

#[test]
fn also_by_a_panic() {
    let token = CancelToken::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _guard = token.drop_guard();
        panic!("expected");
    }));
    assert!(caught.is_err() && token.is_cancelled());
}

#[test]
fn a_disarmed_guard_gives_the_token_back_as_it_is() {
    let token = CancelToken::new();
    let same = token.drop_guard().disarm();
    assert!(!token.is_cancelled());
    same.cancel();
    assert!(token.is_cancelled());
    assert!(token.drop_guard().disarm().is_cancelled());
}

#[test]
fn each_guard_cancels_for_itself() {
    let token = CancelToken::new();
    let (one, other) = (token.drop_guard(), token.drop_guard());
    one.disarm();
    assert!(!token.is_cancelled());
    drop(other);
    assert!(token.is_cancelled());
}

#[test]
fn a_guard_of_a_child_leaves_the_parent_alone() {
    let token = CancelToken::new();
    drop(token.child().drop_guard());
    assert!(!token.is_cancelled());
}

#[test]
fn a_guard_keeps_its_token_alive() {
    let token = CancelToken::new();
    let child = token.child();
    let guard = token.drop_guard();
    drop(token);
    assert!(!child.is_cancelled());
    drop(guard);
    assert!(child.is_cancelled());
}
