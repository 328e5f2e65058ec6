//! What is awaited in a stream sees the context of whoever polls the stream: the task that waits is the one that is
//! woken.

use crate::support::{Gate, Task, all, next, pending_once};
use futures::StreamExt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use tarae::prelude::*;
use tarae::stream::Stream;

/// The waker that a future in a stream is polled with.
async fn waker() -> Waker {
    poll_fn(|context| Poll::Ready(context.waker().clone())).await
}

#[test]
fn a_pending_future_makes_the_stream_pending_and_wakes_its_task() {
    let gates = [Gate::new(), Gate::new()];
    let inside = gates.clone();
    let mut stream = pin!(stream!({
        for (n, gate) in inside.into_iter().enumerate() {
            gate.await;
            yield n;
        }
    }));
    let task = Task::new();
    for (n, gate) in gates.iter().enumerate() {
        assert!(task.poll(stream.as_mut()).is_pending());
        assert!(task.poll(stream.as_mut()).is_pending());
        assert_eq!((gate.polls(), task.wakes()), (2, n));
        gate.open();
        assert_eq!(task.wakes(), n + 1);
        assert_eq!(task.poll(stream.as_mut()), Poll::Ready(Some(n)));
        assert_eq!(gate.polls(), 3);
    }
    assert_eq!(task.poll(stream.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 2);
}

/// The very waker, and not one that stands for it: futures that compare wakers, or know their executor by it, go on
/// working.
#[test]
fn what_is_awaited_is_given_the_callers_waker_from_the_first_poll_on() {
    let mut wakers = pin!(stream!({
        loop {
            yield waker().await;
        }
    }));
    for _ in 0..3 {
        let callers = Waker::from(Task::new());
        let Poll::Ready(Some(seen)) = wakers.as_mut().poll_next(&mut Context::from_waker(&callers)) else {
            panic!("nothing in it is pending")
        };
        // Not `will_wake`: that compares tables, too, and where they are generic they may lie in several places.
        assert_eq!(seen.data(), callers.data());
    }
}

#[test]
fn a_yield_wakes_nobody() {
    let task = Task::new();
    let mut stream = pin!(stream!({
        yield 1;
        yield 2;
    }));
    while task.poll(stream.as_mut()) != Poll::Ready(None) {}
    assert_eq!(task.wakes(), 0);
}

/// The last task that polled is the one that is woken.
#[test]
fn another_task_may_go_on_polling() {
    let gate = Gate::new();
    let inside = gate.clone();
    let mut stream = pin!(stream!({
        yield 1;
        inside.await;
        yield 2;
    }));
    let (first, second) = (Task::new(), Task::new());
    assert_eq!(first.poll(stream.as_mut()), Poll::Ready(Some(1)));
    assert!(first.poll(stream.as_mut()).is_pending());
    assert!(second.poll(stream.as_mut()).is_pending());
    gate.open();
    assert_eq!((first.wakes(), second.wakes()), (0, 1));
    assert_eq!(second.poll(stream.as_mut()), Poll::Ready(Some(2)));
}

#[test]
fn another_thread_may_go_on_polling() {
    let mut stream = Box::pin(stream!({
        let text = String::from("moves along");
        let words: Vec<&str> = text.split(' ').collect();
        for word in &words {
            yield word.len();
            pending_once().await;
            yield words.len();
        }
    }));
    let mut items = Vec::new();
    loop {
        let polled;
        (stream, polled) = thread::spawn(move || {
            let polled = Task::new().poll(stream.as_mut());
            (stream, polled)
        })
        .join()
        .unwrap();
        match polled {
            Poll::Ready(Some(item)) => items.push(item),
            Poll::Ready(None) => break,
            Poll::Pending => {}
        }
    }
    assert_eq!(items, [5, 2, 5, 2]);
}

/// A future that was begun before a yield and is pending after it.
#[test]
fn a_future_may_be_polled_before_and_after_a_yield() {
    let gate = Gate::new();
    let mut inside = gate.clone();
    let mut stream = pin!(stream!({
        yield poll_fn(|context| Poll::Ready(Pin::new(&mut inside).poll(context).is_ready())).await;
        inside.await;
        yield true;
    }));
    let task = Task::new();
    assert_eq!(task.poll(stream.as_mut()), Poll::Ready(Some(false)));
    gate.open();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll(stream.as_mut()), Poll::Ready(Some(true)));
}

#[test]
fn select_may_yield_in_its_arms() {
    async fn work() {}
    let units = stream!({
        tokio::select! {
            _ = work() => yield,
            else => yield,
        }
    });
    assert_eq!(all(units), [()]);
    let texts = stream!({
        tokio::select! {
            _ = work() => yield "hey",
            _ = pending_once() => yield "hey",
            else => yield "hey",
        }
    });
    assert_eq!(all(texts), ["hey"]);
}

#[test]
fn select_may_hold_a_stream_in_its_arms() {
    async fn work() {}
    let stream = stream!({
        tokio::select! {
            _ = work() => {
                let inner = try_stream!({
                    yield;
                });
                let item: Result<(), ()> = Box::pin(inner).next().await.unwrap();
                assert_eq!(item, Ok(()));
            },
            else => {},
        }
        yield
    });
    assert_eq!(all(stream), [()]);
}

#[test]
fn select_waits_for_whichever_is_first() {
    let gates = [Gate::new(), Gate::new()];
    let inside = gates.clone();
    let mut stream = pin!(stream!({
        let [first, second] = inside;
        tokio::select! {
            () = first => yield 1,
            () = second => { yield 2; yield 3; }
        }
    }));
    let task = Task::new();
    assert!(task.poll(stream.as_mut()).is_pending());
    gates[1].open();
    assert_eq!(task.wakes(), 1);
    assert_eq!(next(stream.as_mut()), Some(2));
    assert_eq!(next(stream.as_mut()), Some(3));
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(task.wakes(), 1);
}

#[test]
fn join_waits_for_all() {
    let stream = stream!({
        let (a, b) = tokio::join!(
            async {
                pending_once().await;
                1
            },
            async { 2 }
        );
        yield a;
        yield b;
    });
    let mut stream = pin!(stream);
    let task = Task::new();
    let mut items = Vec::new();
    loop {
        match task.poll(stream.as_mut()) {
            Poll::Ready(Some(item)) => items.push(item),
            Poll::Ready(None) => break,
            Poll::Pending => assert_eq!(items, []),
        }
    }
    assert_eq!(items, [1, 2]);
}

/// A lock that is held across a yield is held while the stream waits, and let go when the body goes on.
#[test]
#[expect(clippy::await_holding_lock, reason = "that is the promise")]
fn a_lock_may_be_held_across_a_yield() {
    let lock = Arc::new(Mutex::new(vec![1, 2]));
    let inside = Arc::clone(&lock);
    let mut stream = pin!(stream!({
        let mut items = inside.lock().unwrap();
        for item in items.iter_mut() {
            yield *item;
            pending_once().await;
            *item *= 10;
        }
        drop(items);
        yield 0;
    }));
    let task = Task::new();
    assert_eq!(next(stream.as_mut()), Some(1));
    assert!(lock.try_lock().is_err());
    assert!(task.poll(stream.as_mut()).is_pending());
    assert_eq!(next(stream.as_mut()), Some(2));
    assert!(task.poll(stream.as_mut()).is_pending());
    assert_eq!(next(stream.as_mut()), Some(0));
    assert_eq!(*lock.try_lock().unwrap(), [10, 20]);
}

#[test]
fn streams_run_beside_each_other() {
    let gate = Gate::new();
    let inside = gate.clone();
    let slow = stream!({
        inside.await;
        yield "slow";
    });
    let fast = stream!({
        yield "fast";
        yield "faster";
    });
    let mut both = pin!(futures::stream::select(Box::pin(slow), Box::pin(fast)));
    let task = Task::new();
    assert_eq!(task.poll(both.as_mut()), Poll::Ready(Some("fast")));
    assert_eq!(task.poll(both.as_mut()), Poll::Ready(Some("faster")));
    assert!(task.poll(both.as_mut()).is_pending());
    gate.open();
    assert_eq!(task.wakes(), 1);
    assert_eq!(task.poll(both.as_mut()), Poll::Ready(Some("slow")));
    assert_eq!(task.poll(both.as_mut()), Poll::Ready(None));
}
