//! Tokens that are made, cancelled and dropped on two threads at once, in every order of their steps. (The counts of a
//! token's owners are std's, which loom does not see; it sees the flags and the locks, where they meet.)

use super::CancelToken;
use loom::thread;

/// Cancels a root on another thread, and runs `f` with it and a child of it on this one. In the end the root, the child
/// and what `f` gives are cancelled.
fn against_cancel(f: impl Fn(&CancelToken, &CancelToken) -> Vec<CancelToken> + Send + Sync + 'static) {
    loom::model(move || {
        let root = CancelToken::new();
        let child = root.child();
        let other = thread::spawn({
            let root = root.clone();
            move || root.cancel()
        });
        let made = f(&root, &child);
        other.join().unwrap();
        assert!([root, child].iter().chain(&made).all(CancelToken::is_cancelled));
    });
}

#[test]
fn a_child_made_during_a_cancel_is_told_or_born_cancelled() {
    against_cancel(|root, _| vec![root.child()]);
    against_cancel(|_, child| vec![child.child()]);
    against_cancel(|root, child| {
        let below = root.child().child();
        vec![below, child.child()]
    });
}

#[test]
fn two_that_cancel_parent_and_child_lose_neither() {
    against_cancel(|_, child| {
        let below = child.child();
        child.cancel();
        assert!(child.is_cancelled());
        vec![below, child.child()]
    });
}

#[test]
fn two_that_cancel_the_same_tell_all_between_them() {
    against_cancel(|root, _| {
        root.cancel();
        vec![root.child()]
    });
}

/// A relaxed look at the leaf says nothing of the flags between it and the root.
#[test]
fn work_that_stops_far_below_the_root_has_obeyed_the_root() {
    for born_late in [false, true] {
        loom::model(move || {
            let root = CancelToken::new();
            let middle = root.child().child();
            let early = middle.child();
            let other = thread::spawn({
                let root = root.clone();
                move || root.cancel()
            });
            let leaf = if born_late { middle.child() } else { early };
            let stopped = leaf.checkpoint().is_err();
            assert_eq!(root.was_obeyed(), stopped);
            other.join().unwrap();
        });
    }
}

#[test]
fn a_child_dropped_during_a_cancel_is_unlinked_or_was_told() {
    loom::model(|| {
        let root = CancelToken::new();
        let (gone, stays) = (root.child(), root.child());
        let below = gone.child();
        let other = thread::spawn(move || {
            drop(gone);
            drop(below); // and with it the one above
        });
        root.cancel();
        assert!(stays.is_cancelled());
        other.join().unwrap();
    });
}

#[test]
fn children_that_come_and_go_on_two_threads_leave_nothing_behind() {
    loom::model(|| {
        let root = CancelToken::new();
        let stays = root.child();
        let other = thread::spawn({
            let root = root.clone();
            move || drop(root.child().child())
        });
        drop(root.child());
        other.join().unwrap();
        assert_eq!(root.children(), 1);
        root.cancel();
        assert!(stays.is_cancelled());
    });
}

/// The last clones of a parent and of its child leave together: one of them takes the rest along.
#[test]
fn a_parent_and_a_child_dropped_together_unlink_from_the_root() {
    loom::model(|| {
        let root = CancelToken::new();
        let middle = root.child();
        let leaf = middle.child();
        let other = thread::spawn(move || drop(leaf));
        drop(middle);
        other.join().unwrap();
        assert_eq!(root.children(), 0);
    });
}
