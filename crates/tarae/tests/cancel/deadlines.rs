//! Tokens with a time limit.

use std::time::{Duration, Instant};

use crate::support::{eventually, watched};
use tarae::prelude::*;

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_token_is_cancelled_at_its_deadline_and_not_before() {
    watched(|| {
        let root = CancelToken::new();
        let start = Instant::now();
        let limit = Duration::from_millis(30);
        let token = root.until(start + limit);
        let below = token.child();
        eventually("the deadline", || below.is_cancelled());
        assert!(start.elapsed() >= limit);
        eventually("the flag above", || token.is_cancelled());
        assert!(!root.is_cancelled());
        assert!(token.child().is_cancelled(), "born so");
    });
}

#[test]
fn it_is_cancelled_with_its_parent_and_on_its_own_before_that() {
    let root = CancelToken::new();
    let (one, other) = (root.until(HOUR), root.until(Instant::now() + HOUR));
    assert!(!one.is_cancelled());
    one.cancel();
    assert!(one.is_cancelled() && !other.is_cancelled());
    root.cancel();
    assert!(other.is_cancelled());
    assert!(root.until(HOUR).is_cancelled(), "born so");
}

#[test]
fn no_limit_is_a_plain_child() {
    let root = CancelToken::new();
    for limit in [Deadline::NEVER, Deadline::from(None), Deadline::from(Duration::MAX)] {
        let token = root.until(limit);
        assert!(!token.is_cancelled() && format!("{root:?}").ends_with("children: 1 }"));
    }
    let token = root.until(None);
    root.cancel();
    assert!(token.is_cancelled());
}

#[test]
fn a_limit_that_has_passed_gives_one_that_is_born_cancelled() {
    let root = CancelToken::new();
    assert!(root.until(Duration::ZERO).is_cancelled());
    assert!(root.until(Instant::now()).is_cancelled());
    assert_eq!((0..).cancellable(&root.until(Duration::ZERO)).next(), None);
    assert!(!root.is_cancelled());
}

#[test]
fn of_two_limits_the_earlier_one_counts() {
    watched(|| {
        let root = CancelToken::new();
        let outer = root.until(Duration::from_millis(10));
        let inner = outer.until(HOUR);
        eventually("the outer deadline", || inner.is_cancelled());

        let outer = root.until(HOUR);
        let inner = outer.until(Duration::from_millis(10));
        eventually("the inner deadline", || inner.is_cancelled());
        assert!(!outer.is_cancelled());
    });
}

#[test]
fn of_many_deadlines_made_in_any_order_each_passes_and_none_is_early() {
    watched(|| {
        let root = CancelToken::new();
        let start = Instant::now() + Duration::from_millis(20);
        let n = if cfg!(miri) { 20 } else { 2_000 };
        let at = |k: u32| start + Duration::from_micros(u64::from(k) * 10);
        // 7 and n have no common factor.
        let tokens: Vec<(u32, CancelToken)> =
            (0..n).map(|k| k * 7 % n).map(|k| (k, root.until(at(k)))).collect();
        eventually("all to pass", || {
            let passed = tokens.iter().filter(|(_, token)| token.is_cancelled());
            passed.inspect(|&&(k, _)| assert!(at(k) <= Instant::now(), "deadline {k} is early")).count()
                == tokens.len()
        });
    });
}

#[test]
fn an_endless_loop_ends_in_time() {
    watched(|| {
        let limit = CancelToken::current().until(Duration::from_millis(10));
        (0u64..).cancellable(&limit).for_each(drop);
        assert!(limit.is_cancelled());
    });
}

#[test]
fn the_last_moment_that_the_clock_can_count_is_a_deadline_too() {
    let mut far = Instant::now();
    let mut step = Duration::from_secs(1 << 62);
    while step > Duration::ZERO {
        match far.checked_add(step) {
            Some(at) => far = at,
            None => step /= 2,
        }
    }
    let token = CancelToken::new().until(far);
    assert!(!token.is_cancelled());
}
