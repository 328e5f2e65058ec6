//! Streams and generators that are polled inside each other's polls, under contexts of the caller's, of a body's and made
//! by hand: nobody but a driver ever sees what a `yield` puts into its context. (Run under Miri.)

use crate::generators::{self, Log, message};
use crate::support::{Task, all, next, pending_once};
use futures::StreamExt;
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tarae::prelude::*;
use tarae::stream::Stream;

/// What tells wakers apart.
fn table(context: &Context<'_>) -> usize {
    (&raw const *context.waker().vtable()).addr()
}

fn texts(n: usize) -> impl Stream<Item = String> {
    stream!({
        for i in 0..n {
            yield i.to_string();
            pending_once().await;
        }
    })
}

/// The waker's table that a body's future sees, before and after all that may be polled with its context.
#[test]
fn a_body_never_sees_a_marked_waker() {
    let task = Task::new();
    let waker = Waker::from(task.clone());
    let expected = table(&Context::from_waker(&waker));
    let stream = stream!({
        let mut inner = Box::pin(texts(3));
        let mut other = pin!(texts(9));
        loop {
            let seen = table_here().await;
            let text = poll_fn(|context| {
                let before = table(context);
                let text = inner.as_mut().poll_next(context);
                let mut by_hand = Context::from_waker(context.waker());
                let _ = other.as_mut().poll_next(&mut by_hand);
                assert_eq!((table(&by_hand), table(context)), (before, before));
                mem::swap(context, &mut by_hand);
                text
            })
            .await;
            yield (seen, table_here().await);
            let Some(text) = text else { break };
            yield { (text.len(), table_here().await) };
        }
    });
    async fn table_here() -> usize {
        poll_fn(|context| Poll::Ready(table(context))).await
    }
    let mut stream = pin!(stream);
    let mut items = 0;
    while let Poll::Ready(Some((first, second))) = {
        let mut context = Context::from_waker(&waker);
        let mut item = stream.as_mut().poll_next(&mut context);
        while item.is_pending() {
            item = stream.as_mut().poll_next(&mut context);
        }
        assert_eq!(table(&context), expected);
        item
    } {
        assert_eq!(second, expected);
        assert!(first == expected || first == 1);
        items += 1;
    }
    assert_eq!(items, 3 * 2 + 1);
}

/// A yield inside the operand of a yield, each after a poll of another stream by hand with a context of its own.
#[test]
fn a_yield_inside_a_yield_polls_others() {
    let stream = stream!({
        let mut inner = Box::pin(texts(4));
        yield (
            {
                yield (inner.next().await.unwrap(), 1);
                inner.next().await.unwrap()
            },
            {
                let number = generator!({
                    yield 2;
                })
                .sum::<i32>();
                yield (String::new(), {
                    yield (inner.next().await.unwrap(), number);
                    3
                });
                number + 2
            },
        );
    });
    let mut stream = pin!(stream);
    let task = Task::new();
    let mut seen = Vec::new();
    loop {
        match task.poll(stream.as_mut()) {
            Poll::Pending => {}
            Poll::Ready(Some(item)) => seen.push(item),
            Poll::Ready(None) => break,
        }
    }
    let expected = [("0", 1), ("2", 2), ("", 3), ("1", 4)];
    assert!(seen.iter().map(|(text, n)| (text.as_str(), *n)).eq(expected));
}

/// Two streams of one type, each polled in the other's place, under the same context and under other ones.
#[test]
fn two_of_one_type_stay_apart() {
    let make = |name: &'static str| {
        Box::pin(stream!({
            for n in 0..3 {
                yield format!("{name}{n}");
            }
        }))
    };
    let (mut one, mut two) = (make("a"), make("b"));
    let waker = Waker::from(Task::new());
    let mut seen = String::new();
    let mut context = Context::from_waker(&waker);
    for _ in 0..3 {
        for stream in [&mut one, &mut two] {
            let mut other = Context::from_waker(Waker::noop());
            mem::swap(&mut context, &mut other);
            let Poll::Ready(Some(text)) = stream.as_mut().poll_next(&mut context) else { panic!("no item") };
            seen += &text;
        }
        mem::swap(&mut one, &mut two);
    }
    assert_eq!(seen, "a0b0b1a1a2b2");
}

/// A stream in a generator's body, whose item is a generator's; a handle yields from within the stream's body.
#[test]
fn streams_in_generators_and_generators_in_streams() {
    let generator = generator!({
        let mut inner = pin!(stream!({
            for n in 0..3 {
                yield generator!({
                    yield n;
                    yield n + 10;
                });
            }
        }));
        while let Some(items) = inner.next().await {
            yield_from!(items);
        }
    });
    assert_eq!(generator.collect::<Vec<i32>>(), [0, 10, 1, 11, 2, 12]);

    // Pending for a yield of the generator's, the stream is pending, and its put is not made.
    let generator = tarae::generator::from_fn(async |mut y| {
        let mut inner = pin!(stream!({
            for n in 0..2 {
                y.yield_(format!("the generator's {n}")).await;
                yield n;
            }
            y.yield_("end".to_string()).await;
        }));
        let mut sum = 0;
        while let Some(n) = inner.next().await {
            sum += n;
        }
        assert_eq!(sum, 1);
    });
    assert_eq!(generator.collect::<Vec<_>>(), ["the generator's 0", "the generator's 1", "end"]);
}

/// A handle is polled in the body of a stream, on another thread, under the waker of a generator's running resume.
#[test]
fn a_handle_in_a_stream_on_another_thread() {
    let generator = tarae::generator::from_fn(async |mut y| {
        let mut inner = Box::pin(stream!({
            for n in 0..2u64 {
                y.yield_(vec![n; 3]).await;
                yield n.to_string();
            }
        }));
        let mut seen = String::new();
        poll_fn(|context| {
            loop {
                let waker = context.waker();
                let inner = &mut inner;
                let poll = std::thread::scope(|scope| {
                    scope.spawn(move || inner.as_mut().poll_next(&mut Context::from_waker(waker))).join()
                });
                match poll.unwrap() {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(text)) => seen += &text,
                    Poll::Ready(None) => return Poll::Ready(()),
                }
            }
        })
        .await;
        assert_eq!(seen, "01");
    });
    assert_eq!(generator.collect::<Vec<_>>(), [[0; 3], [1; 3]]);
}

/// A foreign stream that puts another context in the place of its caller's, pending and ready.
#[test]
fn a_foreign_stream_that_replaces_the_context() {
    struct Hostile(u32);
    impl Stream for Hostile {
        type Item = Box<u32>;
        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Box<u32>>> {
            *context = Context::from_waker(Waker::noop());
            self.0 += 1;
            match self.0 {
                n if n % 2 == 1 => Poll::Pending,
                n if n < 7 => Poll::Ready(Some(Box::new(n))),
                _ => Poll::Ready(None),
            }
        }
    }
    let mut stream = pin!(stream!({
        yield_from!(Hostile(0));
        for await item in Hostile(1) {
            yield item;
        }
    }));
    let task = Task::new();
    let (mut items, mut pending) = (Vec::new(), 0);
    while items.len() < 6 {
        match task.poll(stream.as_mut()) {
            Poll::Pending => pending += 1,
            Poll::Ready(item) => items.extend(item.map(|item| *item)),
        }
        if pending == 6 {
            break;
        }
    }
    assert_eq!(items, [2, 4, 6, 2, 4, 6][..items.len()]);
    assert!(items.len() >= 3);
}

/// Items of all sizes and alignments lie in the body, and are read where the signal is.
#[test]
fn items_of_all_sizes_and_alignments() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(align(32))]
    struct Align32(u8);
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(align(4096))]
    struct Page(u32);
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(align(256))]
    struct Nothing;
    fn hand_on<T: Copy + PartialEq + std::fmt::Debug>(item: T) {
        let inner = |n| {
            stream!({
                for _ in 0..n {
                    let kept = item;
                    yield item;
                    pending_once().await;
                    assert_eq!(kept, item);
                }
            })
        };
        let mut outer = Box::pin(stream!({
            yield_from!(inner(2));
            for await item in inner(1) {
                yield item;
            }
        }));
        let (task, mut items) = (Task::new(), 0);
        loop {
            match task.poll(outer.as_mut()) {
                Poll::Pending => {}
                Poll::Ready(None) => break,
                Poll::Ready(Some(given)) => {
                    assert!((&raw const given).addr().is_multiple_of(align_of::<T>()) && given == item);
                    items += 1;
                }
            }
        }
        assert_eq!(items, 3);
    }
    hand_on(());
    hand_on(Nothing);
    hand_on([0u128; 0]);
    hand_on(7u8);
    hand_on(u128::MAX);
    hand_on(Align32(3));
    hand_on(Page(9));
    hand_on([3u64; 512]);
}

/// A destructor that panics while a stream ends, in the body and in the one that it hands on.
#[test]
fn a_destructor_that_panics_at_an_end() {
    let log = &Log::new();
    let make = || {
        stream!({
            let _outer = log.guard("outer");
            yield_from!(stream!({
                let _bomb = generators::Bomb(log, "inner");
                yield 1;
            }));
            yield 2;
        })
    };
    let mut stream = Box::pin(make());
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(message(|| next(stream.as_mut())), "inner exploded");
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(log.take(), ["inner", "outer"]);
    let mut stream = Box::pin(make());
    assert_eq!(next(stream.as_mut()), Some(1));
    assert_eq!(message(|| drop(stream)), "inner exploded");
    assert_eq!(log.take(), ["inner", "outer"]);
    // The item of an operand that panics, and one that nobody takes.
    let mut stream = Box::pin(stream!({
        let guard = log.guard("item");
        yield (
            guard,
            if log.take().is_empty() {
                panic!("operand")
            },
        );
    }));
    assert_eq!(message(|| next(stream.as_mut()).is_some()), "operand");
    assert_eq!(log.take(), ["item"]);
    drop(all(stream!({
        yield log.guard("taken");
    })));
    assert_eq!(log.take(), ["taken"]);
}
