//! Programs without `unsafe` that try to lead an item astray, or a driver to where there is none: those that compile do
//! no harm. (Run under Miri.) Those that must not compile are in `refused/`.

use crate::generators::message;
use crate::support::{Task, all, next, pending_once};
use futures::StreamExt;
use std::future::poll_fn;
use std::mem;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tarae::prelude::*;
use tarae::stream::{FusedStream, Stream};

fn texts(n: usize) -> impl FusedStream<Item = String> {
    stream!({
        for i in 0..n {
            yield i.to_string();
        }
    })
}

#[test]
fn it_may_be_moved_until_it_is_pinned() {
    let mut streams: Vec<_> = (0..5).map(texts).collect();
    streams.reverse();
    let boxed = streams.into_boxed_slice();
    for (n, stream) in boxed.into_iter().rev().enumerate() {
        assert_eq!(all(Box::new(stream).take(9)).len(), n);
    }
}

#[test]
fn its_box_may_be_moved_between_polls() {
    let mut streams: Vec<_> = (3..6).map(|n| Box::pin(texts(n))).collect();
    for i in 0..3 {
        streams.rotate_left(1);
        for stream in &mut streams {
            assert_eq!(next(stream.as_mut()), Some(i.to_string()));
        }
        let mut moved = Some(streams.pop().unwrap());
        streams.insert(0, mem::take(&mut moved).unwrap());
    }
}

/// A body that is suspended and whose memory is never given back.
#[test]
fn it_may_be_forgotten() {
    let item = String::from("not on the heap of the stream");
    let kept = &item;
    {
        let mut stream = pin!(stream!({
            yield kept.len();
            yield kept.len();
        }));
        assert_eq!(next(stream.as_mut()), Some(29));
    }
    let mut never_dropped = mem::ManuallyDrop::new(stream!({
        yield 1;
    }));
    let _: &mut dyn Stream<Item = i32> = &mut *never_dropped; // pinning it would take `unsafe`
}

/// While a body's locals borrow each other, a shared borrow of the stream must not be a claim on them.
#[test]
fn it_may_be_looked_at_between_polls() {
    let mut stream = pin!(stream!({
        let mut numbers = [1, 2, 3];
        let mut flag = true;
        let flag = &mut flag;
        for number in numbers.iter_mut() {
            yield *number;
            pending_once().await;
            *number = 0;
            *flag = !*flag;
        }
        yield numbers.iter().sum::<i32>() + i32::from(*flag);
    }));
    let task = Task::new();
    for n in 1..4 {
        assert_eq!(task.poll(stream.as_mut()), Poll::Ready(Some(n)));
        let look = stream.as_ref().get_ref();
        assert_eq!((look.size_hint(), look.is_terminated()), ((0, None), false));
        assert!(task.poll(stream.as_mut()).is_pending());
        let look = stream.as_ref().get_ref();
        assert_eq!(format!("{look:?}"), "AsyncGenerator { state: Live, .. }");
    }
    assert_eq!(next(stream.as_mut()), Some(0));
    assert_eq!(next(stream.as_mut()), None);
}

/// A flag that a body captures has values to spare in which an `Option` could hide whether there is a body.
#[test]
fn a_captured_flag_that_is_borrowed_is_not_read_by_its_driver() {
    let mut flag = true;
    let mut stream = pin!(stream!(move || -> bool {
        let borrowed = &mut flag;
        yield *borrowed;
        *borrowed = false;
        yield *borrowed;
    })());
    assert_eq!(next(stream.as_mut()), Some(true));
    assert!(!stream.is_terminated());
    assert_eq!(next(stream.as_mut()), Some(false));
    assert_eq!(next(stream.as_mut()), None);
}

/// Safe code may put another context in the place of the one it is polled with. A yield does not look at it, nor is it
/// taken for a yield.
#[test]
fn a_context_that_is_replaced_harms_nobody() {
    async fn replace_the_context() {
        poll_fn(|context| {
            *context = Context::from_waker(Waker::noop());
            Poll::Ready(())
        })
        .await;
    }
    let stream = stream!({
        replace_the_context().await;
        for i in 0..3 {
            yield i.to_string();
            replace_the_context().await;
        }
        let mut pending = true;
        poll_fn(|context| {
            *context = Context::from_waker(Waker::noop());
            if mem::take(&mut pending) { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
        yield "end".to_string();
    });
    let mut stream = pin!(stream);
    for text in ["0", "1", "2"] {
        assert_eq!(next(stream.as_mut()).as_deref(), Some(text));
    }
    assert!(Task::new().poll(stream.as_mut()).is_pending());
    assert_eq!(next(stream.as_mut()).as_deref(), Some("end"));
}

/// A future that polls other streams, of other types, inside a body's poll.
#[test]
fn streams_polled_inside_each_other_keep_their_items_apart() {
    let stream = stream!({
        let mut inner = Box::pin(texts(4));
        let mut boxes = pin!(stream!({
            loop {
                yield Box::new([7u128; 4]);
            }
        }));
        while let Some(text) = inner.next().await {
            let mut item = text.into_bytes();
            item.push(boxes.next().await.map_or(0, |seven| seven[3] as u8));
            yield item;
        }
    });
    assert_eq!(all(stream), [[b'0', 7], [b'1', 7], [b'2', 7], [b'3', 7]]);
}

/// A stream that is polled inside another's body, then outside, then inside again.
#[test]
fn a_stream_may_be_handed_out_and_back() {
    let mut shared = Some(Box::pin(texts(4)));
    let (sender, mut receiver) = futures::channel::mpsc::unbounded();
    sender.unbounded_send(Box::pin(texts(0))).unwrap();
    let mut outer = pin!(stream!({
        while let Some(mut inner) = receiver.next().await {
            let text = inner.next().await;
            yield (inner, text);
        }
    }));
    let mut seen: Vec<String> = Vec::new();
    assert!(next(outer.as_mut()).is_some_and(|(_, text)| text.is_none()));
    for _ in 0..2 {
        let mut stream = shared.take().unwrap();
        seen.extend(next(stream.as_mut()));
        sender.unbounded_send(stream).unwrap();
        let (back, text) = next(outer.as_mut()).unwrap();
        seen.extend(text);
        shared = Some(back);
    }
    assert_eq!(seen, ["0", "1", "2", "3"]);
}

/// A context of an outer stream that is lent to an inner one, and a context that both were lent.
#[test]
fn a_context_may_be_lent_on() {
    let stream = stream!({
        let mut inner = Box::pin(texts(2));
        let mut after = Vec::new();
        loop {
            let text = poll_fn(|context| {
                let text = inner.as_mut().poll_next(context);
                after.push(context.waker().clone()); // not what the inner body's yield has put into its context
                text
            });
            match text.await {
                Some(text) => yield text,
                None => break,
            }
        }
        yield after.len().to_string();
        after.iter().for_each(Waker::wake_by_ref);
    });
    let mut stream = pin!(stream);
    let task = Task::new();
    for text in ["0", "1", "3"] {
        assert_eq!(task.poll(stream.as_mut()), Poll::Ready(Some(text.to_string())));
    }
    assert_eq!(task.poll(stream.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 3);
}

/// A future of a body that is kept and polled after a panic of that body would be stale; there is none: it was dropped.
#[test]
fn after_a_panic_nothing_of_the_body_is_left() {
    let mut stream = pin!(stream!({
        let text = String::from("local");
        let mut borrowed = pin!(stream!({
            yield text.len();
            panic!("inner");
        }));
        while let Some(n) = borrowed.next().await {
            yield n;
        }
    }));
    assert_eq!(next(stream.as_mut()), Some(5));
    assert_eq!(message(|| next(stream.as_mut())), "inner");
    assert_eq!(next(stream.as_mut()), None);
}

/// An operand that panics, awaits or yields is done before the item is put.
#[test]
fn an_operand_may_do_anything() {
    let mut stream = pin!(stream!({
        yield {
            yield "inner".to_string();
            pending_once().await;
            "outer".to_string()
        };
        yield if true { panic!("operand") } else { String::new() };
    }));
    assert_eq!(next(stream.as_mut()).as_deref(), Some("inner"));
    assert!(Task::new().poll(stream.as_mut()).is_pending());
    assert_eq!(next(stream.as_mut()).as_deref(), Some("outer"));
    assert_eq!(message(|| next(stream.as_mut())), "operand");
    assert_eq!(next(stream.as_mut()), None);
}
