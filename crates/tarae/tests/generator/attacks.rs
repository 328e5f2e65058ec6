//! Programs without `unsafe` that try to reach a generator's body or frame: those that compile do no harm. Long, since each
//! is a program of its own.
//!
//! Programs that must not compile are in `refused/`, attacks on handles in `handles.rs`.

use crate::support::{Bomb, Log, message};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use tarae::prelude::*;

/// Puts a context that leads nowhere in the place of the one it is polled with: safe code may.
async fn replace_the_context() {
    poll_fn(|context| {
        *context = Context::from_waker(Waker::noop());
        Poll::Ready(())
    })
    .await;
}

/// `fold` resumes many times with one frame. Before it gave each poll a context of its own, this wrote to address 0.
#[test]
fn a_context_replaced_in_fold_is_made_anew() {
    let texts = generator!({
        replace_the_context().await;
        yield "a".to_string();
        replace_the_context().await;
        yield "b".to_string();
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_context_replaced_between_resumes_is_made_anew() {
    let make = || {
        generator!({
            for n in 0..3 {
                replace_the_context().await;
                yield n.to_string();
            }
        })
    };
    let mut boxed = make();
    assert_eq!(boxed.by_ref().map(|text| text.len()).sum::<usize>(), 3);
    let mut stepped = make();
    assert!(std::iter::from_fn(|| stepped.next()).eq(["0", "1", "2"]));
    assert_eq!(pin!(make().pinned()).count(), 3);
}

/// A delegation takes the frame from its body, not from a context. When it took it from there, this read address 0.
#[test]
fn a_context_replaced_before_a_delegation_does_no_harm() {
    let make = || {
        let mut started = generator!({
            yield "0".to_string();
            yield "4".to_string();
        });
        started.next();
        generator!({
            replace_the_context().await;
            yield "1".to_string();
            replace_the_context().await;
            yield_from!(generator!({
                yield "2".to_string();
            }));
            replace_the_context().await;
            yield_from!(["3".to_string()]);
            replace_the_context().await;
            yield_from!(started);
            replace_the_context().await;
            yield_from!(tarae::generator::from_fn(async |mut y| {
                y.yield_("5".to_string()).await;
            }));
            replace_the_context().await;
        })
    };
    assert_eq!(make().collect::<String>(), "12345");
    let mut stepped = make();
    assert!(std::iter::from_fn(|| stepped.next()).eq(["1", "2", "3", "4", "5"]));
    let mut pinned = pin!(make().pinned());
    assert!(std::iter::from_fn(|| pinned.next()).eq(["1", "2", "3", "4", "5"]));
}

/// The child is there and has not started: it goes before the locals that it borrows.
#[test]
fn a_child_that_panics_at_once_is_dropped_before_what_it_borrows() {
    struct Reads<'a>(&'a Log, &'a String);
    impl Drop for Reads<'_> {
        fn drop(&mut self) {
            self.0.note(self.1);
        }
    }
    let log = &Log::new();
    let make = |panics: bool| {
        generator!({
            let _outer = log.guard("outer");
            let text = "read by the child".to_string();
            let bomb = panics.then(|| Bomb(log, "bomb"));
            let reads = Reads(log, &text);
            yield_from!(generator!({
                if !panics {
                    panic!("at once");
                }
                yield 1;
                drop(reads);
                std::mem::forget(bomb);
            }));
        })
    };
    assert_eq!(message(|| make(false).next()), "at once");
    assert_eq!(log.take(), ["read by the child", "outer"]);
    assert_eq!(message(|| make(false).count()), "at once");
    assert_eq!(log.take(), ["read by the child", "outer"]);
    let mut pinned = pin!(make(false).pinned());
    assert_eq!(message(|| pinned.next()), "at once");
    assert_eq!(log.take(), ["read by the child", "outer"]);
    let mut nested = generator!({
        let _outermost = log.guard("outermost");
        yield_from!(generator!({
            yield_from!(make(false));
        }));
    });
    assert_eq!(message(|| nested.next()), "at once");
    assert_eq!(log.take(), ["read by the child", "outer", "outermost"]);
    // The child's destructor panics as it is closed.
    let mut outer = make(true);
    outer.next();
    assert_eq!(message(|| outer.close()), "bomb exploded");
    assert_eq!(log.take(), ["read by the child", "bomb", "outer"]);
}

/// The child is polled in the parent's poll, and later by the driver: neither meets what the child left.
#[test]
fn a_context_replaced_in_a_child_does_not_reach_its_parent() {
    for _ in 0..4 {
        let outer = generator!({
            let number: usize = yield_from!(generator!({
                replace_the_context().await;
                1
            }));
            yield number.to_string();
            yield_from!(generator!({
                yield "2".to_string();
                replace_the_context().await;
            }));
            yield_from!(generator!({
                replace_the_context().await;
                yield "3".to_string();
                replace_the_context().await;
                yield "4".to_string();
            }));
            yield_from!(["5".to_string()]);
        });
        assert_eq!(outer.collect::<String>(), "12345");
    }
}

/// The waker that a program keeps is a clone, which leads nowhere.
#[test]
fn a_waker_that_is_kept_is_inert() {
    let kept = &RefCell::new(None);
    let mut generator = generator!({
        poll_fn(|context| {
            context.waker().wake_by_ref();
            *kept.borrow_mut() = Some(context.waker().clone());
            Poll::Ready(())
        })
        .await;
        yield 1;
    });
    assert_eq!(generator.next(), Some(1));
    drop(generator);
    let waker = kept.take().unwrap();
    waker.wake_by_ref();
    let cloned = waker.clone();
    cloned.wake();

    // Something else is polled under it, on this thread and on another.
    let polled = |waker: &Waker| {
        let mut future = Box::pin(async {
            generator!({
                yield 1;
            })
            .next()
        });
        assert_eq!(future.as_mut().poll(&mut Context::from_waker(waker)), Poll::Ready(Some(1)));
    };
    polled(&waker);
    std::thread::spawn(move || polled(&waker)).join().unwrap();
}

/// A clone lives for ever if it is leaked, so it can be put in the place of another generator's context.
#[test]
fn a_leaked_clone_of_another_generators_waker_is_inert() {
    let kept: Arc<std::sync::OnceLock<Waker>> = Arc::default();
    let keep = kept.clone();
    generator!({
        poll_fn(|context| {
            keep.set(context.waker().clone()).unwrap();
            Poll::Ready(())
        })
        .await;
        yield [0u64; 4];
    })
    .next();

    static WAKER: std::sync::OnceLock<Waker> = std::sync::OnceLock::new();
    let waker: &'static Waker = WAKER.get_or_init(|| kept.get().unwrap().clone());
    let mut victim = generator!({
        poll_fn(|context| {
            *context = Context::from_waker(waker);
            Poll::Ready(())
        })
        .await;
        yield_from!(generator!({
            yield "1".to_string();
        }));
        yield "2".to_string();
    });
    assert_eq!(victim.next().as_deref(), Some("1"));
    assert_eq!(victim.collect::<String>(), "2");
}

/// A generator is driven under somebody else's waker as well as under none.
#[test]
fn a_generator_in_an_executor_is_its_own_world() {
    struct Count(std::sync::atomic::AtomicUsize);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    }
    let count = Arc::new(Count(0.into()));
    let waker = Waker::from(count.clone());
    let mut future = pin!(async {
        let mut total = 0;
        for n in generator!({
            yield 1;
            poll_fn(|context| {
                context.waker().wake_by_ref(); // the generator's own
                Poll::Ready(())
            })
            .await;
            yield 2;
        }) {
            total += n;
        }
        total
    });
    assert_eq!(future.as_mut().poll(&mut Context::from_waker(&waker)), Poll::Ready(3));
    assert_eq!(count.0.load(std::sync::atomic::Ordering::Relaxed), 0);
}

/// `close` panicked half-way and left the outer body in place, its delegation gone: the next resume read freed memory.
#[test]
fn a_destructor_that_panics_in_close_leaves_nothing_to_resume() {
    let log = &Log::new();
    let mut outer = generator!({
        let _guard = log.guard("outer");
        yield_from!(generator!({
            let _bomb = Bomb(log, "inner");
            yield "a".to_string();
        }));
        yield "b".to_string();
    });
    outer.next();
    assert_eq!(message(|| outer.close()), "inner exploded");
    assert_eq!(outer.state(), State::Closed);
    assert_eq!(outer.next(), None);
    outer.close();
    assert_eq!(log.take(), ["inner", "outer"]);
}

#[test]
fn a_destructor_that_panics_in_a_pinned_close_leaves_nothing_to_resume() {
    let log = &Log::new();
    let mut outer = pin!(
        generator!({
            let _guard = log.guard("outer");
            yield_from!(generator!({
                let _bomb = Bomb(log, "inner");
                yield "a".to_string();
            }));
            yield "b".to_string();
        })
        .pinned()
    );
    outer.next();
    assert_eq!(message(|| outer.close()), "inner exploded");
    assert_eq!(outer.state(), State::Closed);
    assert_eq!(outer.next(), None);
    assert_eq!(log.take(), ["inner", "outer"]);
}

fn letters(from: char) -> Generator<impl Yields<String>> {
    generator!({
        let first = from.to_string();
        let borrowed = &first;
        yield_from!(generator!({
            yield borrowed.clone();
            yield borrowed.repeat(2);
        }));
        yield first.repeat(3);
    })
}

/// Bodies refer to themselves once they run; swapping generators does not move bodies.
#[test]
fn generators_swapped_between_resumes_keep_their_bodies() {
    let (mut a, mut b) = (letters('a'), letters('b'));
    assert_eq!((a.next().unwrap(), b.next().unwrap()), ("a".into(), "b".into()));
    std::mem::swap(&mut a, &mut b);
    assert_eq!((a.next().unwrap(), b.next().unwrap()), ("bb".into(), "aa".into()));
    let old = std::mem::replace(&mut a, letters('c'));
    assert_eq!(old.collect::<Vec<_>>(), ["bbb"]);
    assert_eq!(a.count(), 3);
    assert_eq!(b.count(), 1);
}

#[test]
fn a_pinned_generator_that_is_set_anew_drops_the_old_one_first() {
    let mut pinned = pin!(letters('a').pinned());
    assert_eq!(pinned.next().unwrap(), "a");
    pinned.set(letters('b').pinned());
    assert_eq!(pinned.state(), State::Created);
    assert_eq!(pinned.next().unwrap(), "b");
}

#[test]
fn a_generator_that_is_forgotten_runs_nothing() {
    let log = &Log::new();
    let mut forgotten = std::mem::ManuallyDrop::new(generator!({
        let _guard = log.guard("outer");
        yield_from!(generator!({
            let _guard = log.guard("inner");
            yield 1;
        }));
    }));
    assert_eq!(forgotten.next(), Some(1));
    assert!(log.take().is_empty());
    drop(std::mem::ManuallyDrop::into_inner(forgotten)); // Miri reports leaks
    assert_eq!(log.take(), ["inner", "outer"]);
}

/// A body is dropped by its thread's end, delegations first.
#[test]
fn a_generator_in_a_thread_local_is_dropped_at_the_threads_end() {
    struct Send(std::sync::mpsc::Sender<&'static str>, &'static str);
    impl Drop for Send {
        fn drop(&mut self) {
            self.0.send(self.1).unwrap();
        }
    }
    thread_local!(static KEPT: RefCell<Option<Box<dyn Iterator<Item = u8>>>> = const { RefCell::new(None) });
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut generator = generator!({
            let _outer = Send(sender.clone(), "outer");
            yield_from!(generator!({
                let _inner = Send(sender.clone(), "inner");
                yield 1;
            }));
        });
        generator.next();
        KEPT.set(Some(Box::new(generator)));
    })
    .join()
    .unwrap();
    assert_eq!(receiver.into_iter().collect::<Vec<_>>(), ["inner", "outer"]);
}

/// The body owns the last handle but the caller's; what it drops of itself does not free what runs.
#[test]
fn a_shared_generator_that_drops_its_own_handle_runs_on() {
    type Itself = Rc<RefCell<Option<Box<dyn std::any::Any>>>>;
    let slot: Itself = Rc::default();
    let inside = slot.clone();
    let generator = generator!({
        yield 1;
        drop(inside.take());
        yield 2;
    })
    .shared();
    // The slot holds a second handle behind a box that the body drops while it runs.
    let handle = generator.clone();
    *slot.borrow_mut() = Some(Box::new(handle));
    assert_eq!(generator.try_next(), Ok(Some(1)));
    assert_eq!(generator.try_next(), Ok(Some(2)));
    assert_eq!(generator.try_next(), Ok(None));
}

/// A destructor of the body resumes another generator, and one resumes its own through a shared handle.
#[test]
fn a_destructor_may_resume_other_generators() {
    struct Resume<G: Iterator>(G, Rc<Cell<usize>>);
    impl<G: Iterator> Drop for Resume<G> {
        fn drop(&mut self) {
            self.1.set(self.1.get() + self.0.by_ref().count());
        }
    }
    let seen = &Rc::new(Cell::new(0));
    let mut generator = generator!({
        let _resume = Resume(letters('x'), seen.clone());
        yield_from!(generator!({
            let _resume = Resume(letters('y'), seen.clone());
            yield 1;
        }));
    });
    generator.next();
    generator.close();
    assert_eq!(seen.get(), 6);
}

#[test]
fn a_destructor_that_resumes_its_own_generator_is_told_so() {
    type Ask = Box<dyn Fn() -> bool>;
    struct Resume(Ask, Rc<Cell<bool>>);
    impl Drop for Resume {
        fn drop(&mut self) {
            self.1.set((self.0)());
        }
    }
    let refused = Rc::new(Cell::new(false));
    let slot: Rc<RefCell<Option<Ask>>> = Rc::default();
    let (inside, result) = (slot.clone(), refused.clone());
    let generator = generator!({
        let _resume = Resume(inside.take().unwrap(), result);
        yield_from!(generator!({
            yield 1;
        }));
    })
    .shared();
    let handle = generator.clone();
    *slot.borrow_mut() = Some(Box::new(move || handle.try_next().is_err() && handle.close().is_err()));
    assert_eq!(generator.try_next(), Ok(Some(1)));
    generator.close().unwrap();
    assert!(refused.get());
    assert_eq!(generator.state(), State::Closed);
}

/// Each generator in the chain drops the next from its own locals: the recursion is the program's, as with `Box`.
#[test]
fn generators_that_own_generators_drop_inner_ones_with_their_locals() {
    let log = &Log::new();
    fn nest<'a>(n: u64, log: &'a Log) -> Box<dyn Iterator<Item = u64> + 'a> {
        Box::new(generator!({
            let _guard = log.guard(n);
            let mut inner = if n > 0 { Some(nest(n - 1, log)) } else { None };
            yield n;
            while let Some(item) = inner.as_mut().and_then(Iterator::next) {
                yield item;
            }
        }))
    }
    let mut outer = nest(3, log);
    assert_eq!(outer.by_ref().take(3).collect::<Vec<_>>(), [3, 2, 1]);
    drop(outer);
    assert_eq!(log.take(), ["1", "2", "3"]);
}

/// A future of the body is lent out and polled elsewhere: it is the program's own, and knows nothing of the frame.
#[test]
fn a_future_that_is_polled_under_several_contexts_is_only_itself() {
    let polls = Rc::new(Cell::new(0));
    let counter = polls.clone();
    let shared: Rc<RefCell<Pin<Box<dyn Future<Output = ()>>>>> =
        Rc::new(RefCell::new(Box::pin(poll_fn(move |_| {
            counter.set(counter.get() + 1);
            Poll::<()>::Pending
        }))));
    let inside = shared.clone();
    let mut generator = generator!({
        poll_fn(|context| {
            assert!(inside.borrow_mut().as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        yield 1;
    });
    assert_eq!(generator.next(), Some(1));
    assert!(shared.borrow_mut().as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(polls.get(), 2);
}

/// What a destructor panics with while `next` ends the body: the generator is closed all the same.
#[test]
fn a_destructor_that_panics_at_the_bodys_end_closes() {
    let log = &Log::new();
    let mut generator = generator!({
        let _outer = log.guard("outer");
        let _bomb = Bomb(log, "bomb");
        yield 1;
    });
    generator.next();
    assert_eq!(message(|| generator.next()), "bomb exploded");
    assert_eq!(generator.next(), None);
    assert_eq!(log.take(), ["bomb", "outer"]);
}

/// Every item's type and sent type is one with the driver's, lifetimes included: nothing shorter can be left there.
#[test]
fn items_may_borrow_from_outside_and_sent_values_may_too() {
    let text = &"lazy threads".to_string();
    let words: Vec<&str> = generator!({
        for word in text.split(' ') {
            yield word;
        }
    })
    .collect();
    assert_eq!(words, ["lazy", "threads"]);

    let mut kept: Vec<&str> = Vec::new();
    let keep = &mut kept;
    let mut keeper = coroutine!({
        while keep.len() < 2 {
            let text: &str = yield keep.len();
            keep.push(text);
        }
    });
    assert_eq!(keeper.start(), Step::Yield(0));
    assert_eq!(keeper.send(words[1]), Step::Yield(1));
    assert_eq!(keeper.send(words[0]), Step::Return(()));
    drop(keeper);
    assert_eq!(kept, ["threads", "lazy"]);
}

/// A body that holds `&mut` to a local of its own while it waits.
fn adds_to_itself() -> Generator<impl Yields<u32> + Send> {
    generator!({
        let mut local = 1;
        let by_reference = &mut local;
        yield *by_reference;
        *by_reference += 1;
        yield *by_reference;
        *by_reference += 1;
        yield local;
    })
}

/// What looks at a generator between two items must not claim what its body has borrowed mutably. (Miri sees that it
/// does; before the body lay in a cell, it did.)
#[test]
fn a_generator_may_be_looked_at_between_items() {
    let mut pinned = pin!(adds_to_itself().pinned());
    for item in 1..=3 {
        assert_eq!(pinned.next(), Some(item));
        assert_eq!(pinned.state(), State::Suspended);
        assert!(format!("{pinned:?}").contains("Suspended"));
    }
    let mut boxed = adds_to_itself().boxed();
    let mut local = adds_to_itself().boxed_local();
    let mut movable = adds_to_itself();
    for item in 1..=3 {
        assert_eq!((boxed.next(), local.next(), movable.next()), (Some(item), Some(item), Some(item)));
        assert_eq!(
            (boxed.state(), local.state(), movable.state()),
            (State::Suspended, State::Suspended, State::Suspended)
        );
        assert!(format!("{boxed:?}{local:?}{movable:?}").contains("Suspended"));
    }
    let mut started = adds_to_itself();
    started.next();
    assert!(started.boxed().eq([2, 3]));
    let delegating = generator!({
        yield_from!(adds_to_itself().boxed());
        yield_from!(pin!(adds_to_itself().pinned()));
        let mut started = adds_to_itself();
        started.next();
        yield_from!(started.boxed());
    });
    assert!(delegating.eq([1, 2, 3, 1, 2, 3, 2, 3]));
}
