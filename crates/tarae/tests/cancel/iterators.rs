//! A cancellable iterator: the same items by `next` and by `fold`, and none lost.

use std::cell::Cell;
use std::iter::FusedIterator;

use tarae::prelude::*;

/// The items that come out, and how many the source was asked for, if the token is cancelled when item `at` has come out.
fn by_next(at: u32) -> (Vec<u32>, u32) {
    let (token, pulled) = (CancelToken::new(), Cell::new(0));
    let numbers = (1..=10).inspect(|_| pulled.set(pulled.get() + 1)).cancellable(&token);
    let mut out = Vec::new();
    for n in numbers {
        out.push(n);
        if n == at {
            token.cancel();
        }
    }
    (out, pulled.get())
}

fn by_fold(at: u32) -> (Vec<u32>, u32) {
    let (token, pulled) = (CancelToken::new(), Cell::new(0));
    let numbers = (1..=10).inspect(|_| pulled.set(pulled.get() + 1)).cancellable(&token);
    let mut out = Vec::new();
    numbers.for_each(|n| {
        out.push(n);
        if n == at {
            token.cancel();
        }
    });
    (out, pulled.get())
}

#[test]
fn what_was_pulled_comes_out_and_nothing_more_is_pulled() {
    for at in 1..=10 {
        let expected = ((1..=at).collect(), at);
        assert_eq!(by_next(at), expected);
        assert_eq!(by_fold(at), expected);
    }
    assert_eq!(by_next(11), ((1..=10).collect(), 10));
    assert_eq!(by_fold(11), by_next(11));
}

#[test]
fn what_has_not_been_pulled_can_be_read_on() {
    let token = CancelToken::new();
    let mut numbers = 1..=5;
    let sum = numbers
        .by_ref()
        .cancellable(&token)
        .inspect(|&n| {
            if n == 2 {
                token.cancel()
            }
        })
        .sum::<i32>();
    assert_eq!(sum, 3);
    assert!(numbers.eq(3..=5));
}

#[test]
fn a_cancelled_token_pulls_nothing() {
    let token = CancelToken::new();
    token.cancel();
    let source = || std::iter::from_fn(|| -> Option<u32> { panic!("pulled") });
    assert_eq!(source().cancellable(&token).next(), None);
    assert_eq!(source().cancellable(&token).count(), 0);
}

#[test]
fn the_size_hint_promises_nothing_and_ends_with_the_token() {
    let token = CancelToken::new();
    let mut five = (0..5).cancellable(&token);
    assert_eq!(five.size_hint(), (0, Some(5)));
    assert_eq!(five.next(), Some(0));
    assert_eq!(five.size_hint(), (0, Some(4)));
    token.cancel();
    assert_eq!(five.size_hint(), (0, Some(0)));
    assert_eq!((0u64..).cancellable(&CancelToken::new()).size_hint(), (0, None));
}

#[test]
fn it_is_fused_if_its_source_is() {
    fn fused(_: &impl FusedIterator) {}
    let token = CancelToken::new();
    let mut numbers = (0..1).cancellable(&token);
    fused(&numbers);
    assert_eq!([(); 3].map(|()| numbers.next()), [Some(0), None, None]);
}

/// How a task ends whose job is cut short so.
fn obeys(job: impl FnOnce(&CancelToken) -> usize + Send) -> Result<usize, bool> {
    Inline.submit(with_token(job)).result().map_err(|error| error.is_cancelled())
}

#[test]
fn work_is_cut_short_by_either_way_and_not_when_it_was_over() {
    let at_3 = |cx: &CancelToken| {
        let cx = cx.clone();
        move |n: &usize| {
            if *n == 3 {
                cx.cancel()
            }
        }
    };
    assert_eq!(obeys(|cx| (0..10).inspect(at_3(cx)).cancellable(cx).count()), Err(true));
    assert_eq!(
        obeys(|cx| {
            let mut n = 0;
            for _ in (0..10).inspect(at_3(cx)).cancellable(cx) {
                n += 1;
            }
            n
        }),
        Err(true)
    );
    // Cancelled after the end: nothing was cut short.
    let over = obeys(|cx| {
        let mut numbers = (0..10).cancellable(cx);
        let n = numbers.by_ref().count();
        cx.cancel();
        assert_eq!((numbers.next(), numbers.count()), (None, 0));
        n
    });
    assert_eq!(over, Ok(10));
}
