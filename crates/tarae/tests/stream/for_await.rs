//! `for await` and `yield_from!`: streams in streams.

use crate::support::{Gate, Task, all, next, pending_once};
use futures::StreamExt;
use futures::stream;
use std::pin::pin;
use tarae::prelude::*;
use tarae::stream::Stream;

#[test]
fn for_await_takes_each_item() {
    let words = stream!({
        yield "hello";
        yield "world";
    });
    let louder = stream!({
        for await x in words {
            yield x.to_owned() + "!";
        }
    });
    assert_eq!(all(louder), ["hello!", "world!"]);
}

#[test]
fn for_await_has_patterns_labels_and_nests() {
    let pairs = || stream::iter([(1, 'a'), (2, 'b'), (3, 'c')]);
    let found = stream!({
        'outer: for await (n, _) in pairs() {
            for await (m, letter) in pairs().filter(|(m, _)| std::future::ready(*m > 0)) {
                if m == n {
                    continue 'outer;
                }
                if n == 3 {
                    break 'outer;
                }
                yield (n, letter);
            }
        }
        for await (n, _) in pairs() {
            if n == 1 {
                continue;
            }
            yield (n, '!');
            break;
        }
    });
    assert_eq!(all(found), [(2, 'a'), (2, '!')]);
}

#[test]
fn for_await_ends_a_try_stream_by_an_error() {
    let checked = try_stream!(|| -> Result<i32, String> {
        for await n in stream::iter([Ok(1), Err("bad")]) {
            yield n?;
        }
    });
    assert_eq!(all(checked()), [Ok(1), Err("bad".to_string())]);
}

#[test]
fn for_await_is_a_statement_anywhere() {
    let counted = stream!({
        let mut count = 0;
        if true {
            for await _ in stream::iter(0..3) {
                count += 1
            }
        }
        let unit: () = match count {
            3 | 4 => {
                for await n in stream::iter(4..6) {
                    yield n
                }
            }
            5 => yield 0,
            _ => {}
        };
        yield count + unit_value(unit);
    });
    fn unit_value((): ()) -> i32 {
        10
    }
    assert_eq!(all(counted), [4, 5, 13]);
}

/// The body of a loop may yield itself, also in what is looped over.
#[test]
fn for_await_over_what_a_yield_is_in() {
    let stream = stream!({
        for await n in stream::iter({
            yield 0;
            [1, 2]
        }) {
            yield n;
        }
    });
    assert_eq!(all(stream), [0, 1, 2]);
}

#[test]
fn yield_from_hands_on_each_item() {
    let inner = || {
        stream!({
            yield 1;
            pending_once().await;
            yield 2;
        })
    };
    let mut outer = pin!(stream!({
        yield 0;
        yield_from!(inner());
        tarae::yield_from!(stream::iter([3, 4]));
    }));
    let task = Task::new();
    assert_eq!(next(outer.as_mut()), Some(0));
    assert_eq!(next(outer.as_mut()), Some(1));
    assert!(task.poll(outer.as_mut()).is_pending());
    assert_eq!(task.wakes(), 1);
    assert_eq!(next(outer.as_mut()), Some(2));
    assert_eq!(next(outer.as_mut()), Some(3));
    assert_eq!(next(outer.as_mut()), Some(4));
    assert_eq!(next(outer.as_mut()), None);
}

#[test]
fn yield_from_in_a_try_stream_ends_with_the_first_error() {
    let inner = |end| stream::iter([Ok::<_, &str>(1), end, Ok(3)]);
    let outer = |end| {
        try_stream!(|| -> Result<i32, String> {
            yield_from!(inner(end));
            yield 4;
        })()
    };
    assert_eq!(all(outer(Ok(2))), [Ok(1), Ok(2), Ok(3), Ok(4)]);
    assert_eq!(all(outer(Err("bad"))), [Ok(1), Err("bad".to_string())]);
}

#[test]
fn yield_from_may_borrow_from_the_body() {
    fn words(text: &str) -> impl Stream<Item = usize> {
        stream!({
            for word in text.split(' ') {
                yield word.len();
            }
        })
    }
    let outer = stream!({
        let text = String::from("borrowed from the body");
        yield_from!(words(&text));
        yield text.len();
    });
    assert_eq!(all(outer), [8, 4, 3, 4, 22]);
}

#[test]
fn what_is_handed_on_is_polled_once_a_poll() {
    let gate = Gate::new();
    let inner = gate.clone();
    let inner = stream!({
        inner.await;
        yield 1;
    });
    let depth = stream!({
        yield_from!(stream!({
            yield_from!(inner);
        }));
    });
    let mut depth = pin!(depth);
    let task = Task::new();
    for polls in 1..4 {
        assert!(task.poll(depth.as_mut()).is_pending());
        assert_eq!(gate.polls(), polls);
    }
    gate.open();
    assert_eq!(task.wakes(), 1);
    assert_eq!(next(depth.as_mut()), Some(1));
    assert_eq!(gate.polls(), 4);
}
