//! The macro-free form: what a handle does where it belongs, and that it does no harm anywhere else. Long, since a handle can
//! be carried to many places.

use crate::support::{self, Log, message};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use tarae::coroutine;
use tarae::generator::{self, Yielder};
use tarae::prelude::*;

const OUTSIDE: &str = "outside the generator it belongs to";
const TWICE: &str = "before the generator was resumed";

/// Polls `future` once, in the body of whoever awaits this.
async fn poll_once<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

#[test]
fn items_come_boxed_pinned_and_folded() {
    let make = || {
        generator::from_fn(async |mut y| {
            let words = vec![String::from("a"), String::from("b")];
            for word in &words {
                y.yield_(word.repeat(2)).await;
            }
        })
    };
    assert_eq!(make().collect::<Vec<_>>(), ["aa", "bb"]);
    let mut boxed = make();
    assert_eq!(boxed.state(), State::Created);
    assert_eq!(boxed.next().as_deref(), Some("aa"));
    assert_eq!(boxed.state(), State::Suspended);
    assert_eq!(boxed.collect::<Vec<_>>(), ["bb"]);
    let mut pinned = pin!(make().pinned());
    assert_eq!((pinned.next().as_deref(), pinned.next().as_deref()), (Some("aa"), Some("bb")));
    assert_eq!((pinned.next(), pinned.next()), (None, None));
    drop(make());
}

#[test]
fn an_async_closure_runs_nothing_at_creation() {
    let log = &Log::new();
    let mut generator = generator::from_fn(async |mut y| {
        log.note("runs");
        y.yield_(1).await;
    });
    assert!(log.take().is_empty());
    generator.next();
    assert_eq!(log.take(), ["runs"]);
}

#[test]
fn a_coroutine_is_sent_values_and_returns_one() {
    let mut concat = coroutine::from_fn(async |mut y| {
        let a: Box<str> = y.yield_(0).await;
        let b = y.yield_(a.len()).await;
        format!("{a}{b}")
    });
    assert_eq!(concat.start(), Step::Yield(0));
    assert_eq!(concat.send("ab".into()), Step::Yield(2));
    assert_eq!(concat.send("c".into()), Step::Return("abc".to_string()));
    assert_eq!(concat.try_send("d".into()).unwrap_err().value, "d".into());
}

#[test]
fn a_handle_is_lent_to_other_functions() {
    async fn twice(y: &mut Yielder<String>, text: &str) {
        y.yield_(text.to_string()).await;
        nested(y, text).await;
    }
    async fn nested(y: &mut Yielder<String>, text: &str) {
        y.yield_(text.to_uppercase()).await;
    }
    let generator = generator::from_fn(async |mut y| {
        let local = "ab".to_string();
        for letter in local.split("") {
            twice(&mut y, letter).await;
        }
    });
    assert_eq!(generator.collect::<String>(), "aAbB");
}

/// Attack 1 is allowed here, and right: no pointer outlives a poll.
#[test]
fn a_nested_block_may_own_the_handle() {
    let generator = generator::from_fn(async |mut y| {
        y.yield_(Box::new(0)).await;
        let nested = Box::pin(async move {
            y.yield_(Box::new(1)).await;
            y
        });
        let mut y = nested.await;
        y.yield_(Box::new(2)).await;
    });
    assert_eq!(generator.map(|item| *item).collect::<Vec<_>>(), [0, 1, 2]);
}

/// A yield that has begun in one resume is carried on and awaited in the next.
#[test]
fn a_nested_block_begun_by_hand_is_awaited_later() {
    let mut generator = generator::from_fn(async |mut y: Yielder<String>| {
        let mut nested = Box::pin(async move {
            y.yield_("begun by hand".into()).await;
            y.yield_("awaited".into()).await;
        });
        let _ = poll_once(nested.as_mut()).await;
        nested.await;
    });
    // The first yield is polled again in the same resume: it has not been resumed.
    assert!(message(|| generator.next()).contains(TWICE));
    assert_eq!(generator.next(), None);
}

/// Attack 2: a suspended yield of the outer one is polled under the inner one, whose item is of another type.
#[test]
fn a_yield_under_another_generators_context() {
    let mut outer = generator::from_fn(async |mut y: Yielder<String>| {
        let mut suspended = Box::pin(async move { y.yield_("outer".into()).await });
        let mut inner = generator::from_fn(async move |mut z: Yielder<[u64; 3]>| {
            let _ = poll_once(suspended.as_mut()).await;
            z.yield_([1, 2, 3]).await;
        });
        inner.next();
    });
    assert!(message(|| outer.next()).contains(OUTSIDE));
    assert_eq!((outer.state(), outer.next()), (State::Closed, None));
}

#[test]
fn a_yield_under_a_macros_frame() {
    let mut outer = generator::from_fn(async |mut y: Yielder<String>| {
        let mut suspended = Box::pin(async move { y.yield_("outer".into()).await });
        let mut inner = generator!({
            let _ = poll_once(suspended.as_mut()).await;
            yield [1u64, 2, 3];
        });
        inner.next();
    });
    assert!(message(|| outer.next()).contains(OUTSIDE));

    // And under that of a macro's body which is run in place of its parent.
    let mut outer = generator::from_fn(async |mut y: Yielder<String>| {
        let mut suspended = Box::pin(async move { y.yield_("outer".into()).await });
        let mut inner = generator!({
            yield_from!(generator!({
                let _ = poll_once(suspended.as_mut()).await;
                yield [1u64, 2, 3];
            }));
        });
        inner.next();
    });
    assert!(message(|| outer.next()).contains(OUTSIDE));
}

/// Types that are the same are not enough: they may differ in what the types do not say.
#[test]
fn a_yield_under_another_generator_of_the_same_type() {
    type Suspended = Pin<Box<dyn Future<Output = ()>>>;
    fn nested(suspended: Option<Suspended>) -> Box<dyn Iterator<Item = String>> {
        Box::new(generator::from_fn(async move |mut y: Yielder<String>| match suspended {
            Some(suspended) => suspended.await,
            None => {
                let suspended = Box::pin(async move { y.yield_("outer".into()).await });
                nested(Some(suspended)).next();
            }
        }))
    }
    assert!(message(|| nested(None).next()).contains(OUTSIDE));
}

/// A yield that has been refused may still be awaited where it belongs.
#[test]
fn a_yield_that_was_refused_elsewhere_is_whole() {
    let mut outer = generator::from_fn(async |mut y: Yielder<String>| {
        let mut suspended = pin!(y.yield_("whole".into()));
        let panic = message(|| suspended.as_mut().poll(&mut Context::from_waker(Waker::noop())));
        assert!(panic.contains(OUTSIDE));
        suspended.await;
    });
    assert_eq!(outer.next().as_deref(), Some("whole"));
    assert_eq!(outer.next(), None);
}

#[test]
fn a_handle_that_was_carried_out() {
    let slot = Rc::new(RefCell::new(None));
    let outside = slot.clone();
    let mut generator = generator::from_fn(async move |y: Yielder<String>| {
        *outside.borrow_mut() = Some(y);
    });
    assert!(generator.next().is_none());
    drop(generator);
    let mut handle = slot.take().unwrap();
    let by_hand = message(|| pin!(handle.yield_("a".into())).poll(&mut Context::from_waker(Waker::noop())));
    assert!(by_hand.contains(OUTSIDE));
    let mut other = generator::from_fn(async move |mut z: Yielder<u8>| {
        z.yield_(1).await;
        handle.yield_("b".into()).await;
    });
    assert_eq!(other.next(), Some(1));
    assert!(message(|| other.next()).contains(OUTSIDE));
    assert_eq!(other.next(), None);
}

#[test]
fn a_handle_that_outlives_its_suspended_generator() {
    let slot = Rc::new(RefCell::new(None));
    let outside = slot.clone();
    let mut generator = generator::from_fn(async move |mut y: Yielder<String>| {
        y.yield_("a".into()).await;
        *outside.borrow_mut() = Some(y);
        std::future::pending::<()>().await;
    });
    generator.next();
    assert!(message(|| generator.next()).contains("not ready"));
    let mut handle = slot.take().unwrap();
    let mut other = generator!({
        handle.yield_("b".into()).await;
        yield "c".to_string();
    });
    assert!(message(|| other.next()).contains(OUTSIDE));
}

#[test]
fn handles_that_were_swapped() {
    let slot = Rc::new(RefCell::new(None::<Yielder<String>>));
    let inside = slot.clone();
    let mut first = generator::from_fn(async move |y: Yielder<String>| {
        *inside.borrow_mut() = Some(y);
    });
    first.next();
    let mut second = generator::from_fn(async move |mut y: Yielder<String>| {
        std::mem::swap(&mut y, slot.borrow_mut().as_mut().unwrap());
        y.yield_("with the first one's handle".into()).await;
    });
    assert!(message(|| second.next()).contains(OUTSIDE));
}

/// Polled on another thread through `&Waker`, while this thread is inside the body's poll and waits for it.
#[test]
fn a_yield_on_another_thread() {
    fn elsewhere<F: Future + Send>(future: Pin<&mut F>, waker: &Waker) -> Poll<F::Output>
    where
        F::Output: Send,
    {
        std::thread::scope(|scope| {
            scope.spawn(move || future.poll(&mut Context::from_waker(waker))).join().unwrap()
        })
    }
    let mut generator = coroutine::from_fn(async |mut y: Yielder<String, String>| {
        let mut suspended = Box::pin(async move { y.yield_("from a thread".into()).await });
        poll_fn(|context| elsewhere(suspended.as_mut(), context.waker())).await
    });
    assert_eq!(generator.start(), Step::Yield("from a thread".to_string()));
    assert_eq!(generator.send("to a thread".to_string()), Step::Return("to a thread".to_string()));

    let mut twice = generator::from_fn(async |mut y: Yielder<String>| {
        let mut suspended = Some(Box::pin(async move { y.yield_("from a thread".into()).await }));
        poll_fn(|context| {
            assert!(elsewhere(suspended.as_mut().unwrap().as_mut(), context.waker()).is_pending());
            Poll::Ready(())
        })
        .await;
        suspended.take().unwrap().await; // a second poll in the same resume
    });
    assert!(message(|| twice.next()).contains(TWICE));
}

#[test]
fn a_yield_on_another_thread_under_a_kept_waker() {
    let mut generator = generator::from_fn(async |mut y: Yielder<String>| {
        let waker = poll_fn(|context| Poll::Ready(context.waker().clone())).await;
        let mut suspended = Box::pin(async move { y.yield_("nowhere".into()).await });
        let thread =
            std::thread::spawn(move || message(|| suspended.as_mut().poll(&mut Context::from_waker(&waker))));
        assert!(thread.join().unwrap().contains(OUTSIDE));
    });
    assert_eq!(generator.next(), None);
}

#[test]
fn a_yield_that_is_polled_once_and_dropped() {
    let dropped = &Cell::new(0);
    struct Count<'a>(&'a Cell<u32>);
    impl Drop for Count<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let mut generator = generator::from_fn(async |mut y| {
        let _ = poll_once(pin!(y.yield_(Count(dropped)))).await;
    });
    assert!(generator.next().is_none());
    assert_eq!(dropped.get(), 1);

    // The item is there, so a body that then waits has yielded it.
    let mut generator = generator::from_fn(async |mut y| {
        let _ = poll_once(pin!(y.yield_(Count(dropped)))).await;
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
    });
    assert!(generator.next().is_some());
    assert_eq!(dropped.get(), 2);
    assert!(generator.next().is_none());

    // One that is never polled drops its item itself.
    let mut generator = generator::from_fn(async |mut y| drop(y.yield_(Count(dropped))));
    assert!(generator.next().is_none());
    assert_eq!(dropped.get(), 3);

    // And so does one that meets a panic.
    let mut generator = generator::from_fn(async |mut y| {
        let _ = poll_once(pin!(y.yield_(Count(dropped)))).await;
        panic!("boom")
    });
    assert_eq!(message(|| generator.next().is_none()), "boom");
    assert_eq!(dropped.get(), 4);

    // A second one, before the first has been handed out.
    let mut generator = generator::from_fn(async |mut y| {
        let _ = poll_once(pin!(y.yield_(Count(dropped)))).await;
        y.yield_(Count(dropped)).await;
    });
    assert!(message(|| generator.next().is_none()).contains(TWICE));
    assert_eq!(dropped.get(), 6);
}

struct Sent<'a>(&'a Log, &'static str);

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

#[test]
fn a_sent_value_that_nobody_reads_is_dropped() {
    let log = &Log::new();
    type Handle<'a> = Yielder<u8, Sent<'a>>;

    // By the body's end.
    let mut ends = coroutine::from_fn(async |mut y: Handle<'_>| {
        let _ = poll_once(pin!(y.yield_(1))).await;
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
    });
    assert_eq!(ends.start(), Step::Yield(1));
    assert_eq!(ends.send(Sent(log, "a")), Step::Return(()));
    assert_eq!(log.take(), ["a"]);

    // By the next yield.
    let mut yields = coroutine::from_fn(async |mut y: Handle<'_>| {
        let _ = poll_once(pin!(y.yield_(1))).await;
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
        y.yield_(2).await;
    });
    assert_eq!(yields.start(), Step::Yield(1));
    assert_eq!(yields.send(Sent(log, "b")), Step::Yield(2));
    assert_eq!(log.take(), ["b"]);
    assert_eq!(yields.send(Sent(log, "c")), Step::Return(()));
    assert_eq!(log.take(), ["c"]);

    // By a panic, and by a body that waits for somebody else.
    let mut panics = coroutine::from_fn(async |mut y: Handle<'_>| {
        let _ = poll_once(pin!(y.yield_(1))).await;
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
        panic!("boom")
    });
    assert_eq!(panics.start(), Step::<_, ()>::Yield(1));
    assert_eq!(message(|| panics.send(Sent(log, "d"))), "boom");
    assert_eq!(log.take(), ["d"]);
    let mut waits = coroutine::from_fn(async |mut y: Handle<'_>| {
        let _ = poll_once(pin!(y.yield_(1))).await;
        std::future::pending::<()>().await;
    });
    assert_eq!(waits.start(), Step::Yield(1));
    assert!(message(|| waits.send(Sent(log, "e"))).contains("not ready"));
    assert_eq!(log.take(), ["e"]);
}

/// The destructor of a sent value that nobody has read panics while the next item is put in its place.
#[test]
fn a_sent_value_whose_destructor_panics() {
    let log = &Log::new();
    let mut yields = coroutine::from_fn(async |mut y: Yielder<Sent<'_>, support::Bomb<'_>>| {
        let _ = poll_once(pin!(y.yield_(Sent(log, "first item")))).await;
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
        std::mem::forget(y.yield_(Sent(log, "second item")).await);
    });
    assert!(matches!(yields.start(), Step::Yield(_)));
    assert_eq!(log.take(), ["first item"]);
    assert_eq!(message(|| yields.send(support::Bomb(log, "sent")).returned()), "sent exploded");
    assert_eq!(log.take(), ["sent", "second item"]);
    assert_eq!(yields.state(), State::Closed);
}

/// A closure that is no async closure runs at once; it may only put its handle away.
#[test]
fn a_handle_used_before_its_body_runs() {
    let mut handle = None;
    let mut generator = generator::from_fn(|y: Yielder<String>| {
        handle = Some(y);
        async {}
    });
    let mut handle = handle.unwrap();
    let early = message(|| pin!(handle.yield_("a".into())).poll(&mut Context::from_waker(Waker::noop())));
    assert!(early.contains(OUTSIDE));
    assert_eq!(generator.next(), None);
}

/// The body is a future of the program's own: it may poll it by hand, and no frame is there then.
#[test]
fn a_body_that_is_polled_by_hand() {
    type Body = Pin<Box<dyn Future<Output = ()>>>;
    let mut kept: Option<Yielder<String>> = None;
    let mut empty = generator::from_fn(|y| {
        kept = Some(y);
        std::future::ready(())
    });
    let mut y = kept.unwrap();
    let mut body: Body = Box::pin(async move {
        y.yield_("one".into()).await;
        y.yield_("two".into()).await;
    });
    assert!(message(|| body.as_mut().poll(&mut Context::from_waker(Waker::noop()))).contains(OUTSIDE));
    assert_eq!(empty.next(), None);
}

/// A body that is lent, not owned: another generator polls it later, with an id of its own.
#[test]
fn a_body_that_is_lent_to_two_generators() {
    let mut kept: Option<Yielder<String>> = None;
    drop(generator::from_fn(|y| {
        kept = Some(y);
        std::future::ready(())
    }));
    let mut y = kept.unwrap();
    let mut body = Box::pin(async move {
        y.yield_("one".into()).await;
    });
    let mut second = generator::from_fn(|_: Yielder<String>| body.as_mut());
    assert!(message(|| second.next()).contains(OUTSIDE));
}

#[test]
fn a_generator_with_a_handle_in_fold() {
    let sum = generator::from_fn(async |mut y| {
        for n in 0..100u64 {
            y.yield_(n).await;
            let nested = async { y.yield_(n).await };
            nested.await;
        }
    })
    .fold(0, |sum, n| sum + 2 * n);
    assert_eq!(sum, 19800);
}

#[test]
fn handles_may_be_kept_in_a_static() {
    static KEPT: Mutex<Vec<Yielder<u8>>> = Mutex::new(Vec::new());
    generator::from_fn(async |y: Yielder<u8>| KEPT.lock().unwrap().push(y)).next();
    let mut handle = KEPT.lock().unwrap().pop().unwrap();
    let thread = std::thread::spawn(move || {
        message(|| generator::from_fn(async move |_: Yielder<u8>| handle.yield_(1).await).next())
    });
    assert!(thread.join().unwrap().contains(OUTSIDE));
}

/// What lies beside an item in the frame is not touched by alignment or size.
#[test]
fn items_and_sent_values_of_all_sizes() {
    #[repr(align(128))]
    #[derive(Clone, Copy, PartialEq, Debug)]
    struct Wide(u8);
    let mut generator = coroutine::from_fn(async |mut y: Yielder<Wide, [u64; 33]>| {
        let mut n = 0;
        loop {
            let sent = y.yield_(Wide(n)).await;
            assert_eq!(sent, [u64::from(n); 33]);
            n += 1;
            if n == 5 {
                return Wide(99);
            }
        }
    });
    assert_eq!(generator.start(), Step::Yield(Wide(0)));
    for n in 0..4 {
        assert_eq!(generator.send([n.into(); 33]), Step::Yield(Wide(n + 1)));
    }
    assert_eq!(generator.send([4; 33]), Step::Return(Wide(99)));
}
