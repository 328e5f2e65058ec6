//! What a stream hands out: all that is yielded, in order, and nothing after its end.

use crate::support::{Task, all, next};
use futures::StreamExt;
use futures::channel::mpsc;
use futures::executor::block_on;
use std::cell::Cell;
use std::pin::pin;
use tarae::prelude::*;
use tarae::stream::{FusedStream, Stream};

#[test]
fn an_empty_body_has_no_items() {
    assert_eq!(all(stream!(|| -> u8 {})()), []);
    assert_eq!(
        all(stream!({
            if false {
                yield 1;
            }
        })),
        []
    );
}

/// async-stream's `noop_stream`: nobody says what the items are.
#[test]
fn the_items_of_a_body_without_yields_may_be_named() {
    let mut nothing = pin!(stream!(|| -> std::convert::Infallible {})());
    assert!(next(nothing.as_mut()).is_none());
}

#[test]
fn a_body_without_items_runs() {
    let mut ran = false;
    {
        let ran = &mut ran;
        let mut stream = pin!(stream!(|| -> () {
            *ran = true;
        })());
        assert!(next(stream.as_mut()).is_none());
    }
    assert!(ran);
}

/// G48.
#[test]
fn nothing_runs_before_the_first_poll() {
    let ran = &Cell::new(0);
    let stream = stream!({
        ran.set(ran.get() + 1);
        yield ran.get();
        ran.set(ran.get() + 1);
    });
    let mut stream = pin!(stream);
    assert_eq!(ran.get(), 0);
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(ran.get(), 1);
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(ran.get(), 2);
}

#[test]
fn one_item() {
    assert_eq!(
        all(stream!({
            yield "hello";
        })),
        ["hello"]
    );
}

#[test]
fn several_items_in_order() {
    let stream = stream!({
        yield "hello";
        yield "world";
        yield "dizzy";
    });
    assert_eq!(block_on(stream.collect::<Vec<_>>()), ["hello", "world", "dizzy"]);
}

/// G48.
#[test]
fn after_the_end_it_is_none_for_ever() {
    let mut stream = pin!(stream!({
        yield "hello";
    }));
    assert!(!stream.is_terminated());
    assert_eq!(stream.size_hint(), (0, None));
    assert_eq!(next(stream.as_mut()), Some("hello"));
    assert!(!stream.is_terminated());
    for _ in 0..3 {
        assert_eq!(next(stream.as_mut()), None);
        assert!(stream.is_terminated());
        assert_eq!(stream.size_hint(), (0, Some(0)));
    }
}

#[test]
fn it_says_where_it_is() {
    let mut stream = pin!(stream!({
        yield 1;
    }));
    assert_eq!(format!("{stream:?}"), "AsyncGenerator { state: Live, .. }");
    next(stream.as_mut());
    assert_eq!(format!("{stream:?}"), "AsyncGenerator { state: Live, .. }");
    next(stream.as_mut());
    assert_eq!(format!("{stream:?}"), "AsyncGenerator { state: Over, .. }");
}

#[test]
fn a_function_returns_a_stream() {
    fn numbers() -> impl Stream<Item = u32> {
        stream!({
            yield 1;
            yield 2;
            yield 3;
        })
    }
    assert_eq!(all(numbers()), [1, 2, 3]);
}

#[test]
fn with_parameters_it_is_a_closure() {
    let up_to = stream!(|n: u32, step: u32| {
        for i in 0..n {
            yield i * step;
        }
    });
    assert_eq!(all(up_to(3, 1)), [0, 1, 2]);
    assert_eq!(all(up_to(2, 5)), [0, 5]);
    let items = stream!(move |n: u8| -> u64 {
        yield n.into();
    });
    assert_eq!(all(items(7)), [7u64]);
}

#[test]
fn a_channel_is_consumed_as_it_is_filled() {
    let (sender, mut receiver) = mpsc::unbounded();
    let mut stream = pin!(stream!({
        while let Some(value) = receiver.next().await {
            yield value;
        }
    }));
    let task = Task::new();
    for i in 0..3 {
        assert!(task.poll(stream.as_mut()).is_pending());
        sender.unbounded_send(i).unwrap();
        assert_eq!(task.wakes(), i + 1);
        assert_eq!(next(stream.as_mut()), Some(i));
    }
    drop(sender);
    assert_eq!(next(stream.as_mut()), None);
}

#[test]
fn items_may_borrow_from_outside() {
    struct Data(String);
    impl Data {
        fn stream(&self) -> impl Stream<Item = &str> {
            stream!({
                yield &self.0[..];
            })
        }
    }
    let data = Data("hello".to_string());
    let mut kept = Vec::new();
    {
        let mut stream = pin!(data.stream());
        kept.extend(next(stream.as_mut()));
    }
    assert_eq!(kept, ["hello"]);
}

#[test]
fn items_may_be_futures_that_must_stay_where_they_are() {
    let stream = stream!({
        for i in 0..3 {
            yield async move { i };
        }
    });
    assert_eq!(block_on(stream.buffered(1).collect::<Vec<_>>()), [0, 1, 2]);
}

#[test]
fn items_may_have_no_size_or_a_large_one() {
    assert_eq!(
        all(stream!({
            yield;
            yield ();
        })),
        [(), ()]
    );
    assert_eq!(
        all(stream!({
            yield [7u64; 1000];
            yield [8; 1000];
        }))[1][999],
        8
    );
}

#[test]
fn a_yield_stands_wherever_an_expression_may() {
    let is_unit = |(): ()| true;
    let numbers = stream!({
        let () = yield 1;
        let units = (yield 2, yield 3);
        assert_eq!(units, ((), ()));
        match Some(yield 4) {
            Some(()) => yield 5,
            None => yield 0,
        }
        for _ in 0..2 {
            if is_unit(yield 6) { yield 7 } else { yield 0 }
        }
        let mut n = 8;
        while is_unit(yield n) && n < 9 {
            n += 1;
        }
        'outer: loop {
            for _ in 0..5 {
                n += 1;
                yield n;
                if n == 11 {
                    break 'outer;
                }
            }
        }
        yield {
            yield 12;
            13
        };
        let mut closure = |by: i32| n += by; // a closure between yields
        closure(3);
        yield match n {
            14 => n,
            _ => 0,
        }
    });
    assert_eq!(all(numbers), [1, 2, 3, 4, 5, 6, 7, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
}

#[test]
fn return_ends_it() {
    let stream = stream!({
        for n in 0.. {
            if n == 2 {
                return;
            }
            yield n;
        }
    });
    assert_eq!(all(stream), [0, 1]);
}

#[test]
fn a_stream_in_a_stream_has_yields_of_its_own() {
    let outer = stream!({
        let mut inner = pin!(stream!({
            for i in 0..3 {
                yield i.to_string();
            }
        }));
        while let Some(text) = inner.next().await {
            yield text.len();
        }
        let more = tarae::try_stream!({
            yield 'a';
            Err(())?;
        });
        yield more.collect::<Vec<Result<char, ()>>>().await.len();
    });
    assert_eq!(all(outer), [1, 1, 1, 2]);
}

#[test]
fn a_generator_in_a_stream_has_yields_of_its_own() {
    let outer = stream!({
        let letters = generator!({
            yield 'a';
            yield_from!(['b', 'c']);
        });
        for letter in letters {
            yield letter.to_string();
        }
    });
    assert_eq!(all(outer), ["a", "b", "c"]);
}

#[test]
fn a_stream_in_a_generator_has_yields_of_its_own() {
    let outer = generator!({
        let mut inner = pin!(stream!({
            yield 1u8;
            yield 2;
        }));
        // Ready at once, so a generator may await it.
        while let Some(n) = inner.next().await {
            yield format!("{n}");
        }
    });
    assert_eq!(outer.collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn a_function_may_call_itself_in_a_box() {
    fn countdown(n: u32) -> std::pin::Pin<Box<dyn Stream<Item = u32>>> {
        Box::pin(stream!({
            yield n;
            if n > 0 {
                yield_from!(countdown(n - 1));
            }
        }))
    }
    assert_eq!(all(countdown(3)), [3, 2, 1, 0]);
}

/// The tokens of a body keep their places.
#[test]
fn a_line_is_where_it_stands() {
    let before = line!();
    let mut line = pin!(stream!({
        yield line!();
    }));
    assert_eq!(next(line.as_mut()), Some(before + 2));
}

#[test]
fn it_is_hardly_larger_than_its_body() {
    let text = [0u8; 64];
    let stream = stream!({
        yield text[0];
    });
    let body = async move {
        std::future::ready(()).await;
        assert_eq!(text[0], 0);
    };
    assert!(size_of_val(&stream) <= size_of_val(&body) + 64 + 6 * size_of::<usize>());
}
