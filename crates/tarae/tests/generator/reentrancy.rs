//! A generator that is resumed from inside itself.

use crate::support::message;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use tarae::generator::AlreadyRunning;
use tarae::prelude::*;

/// A body's way to its own generator.
type Itself<T> = Rc<OnceCell<Box<dyn Fn() -> T>>>;

fn ask<T>(itself: &Itself<T>) -> T {
    itself.get().expect("is set before the generator runs")()
}

/// G8: an error value, and the generator goes on.
#[test]
fn a_resume_from_inside_is_an_error() {
    type Answer = Result<Option<u32>, AlreadyRunning>;
    let itself: Itself<Answer> = Rc::default();
    fn body(itself: Itself<Answer>) -> Generator<impl Yields<u32>> {
        generator!({
            assert_eq!(ask(&itself), Err(AlreadyRunning));
            yield 1;
            assert_eq!(ask(&itself), Err(AlreadyRunning));
            yield 2;
        })
    }
    let shared = body(itself.clone()).shared();
    let handle = shared.clone();
    itself.set(Box::new(move || handle.try_next())).ok().unwrap();
    assert_eq!(shared.try_next(), Ok(Some(1)));
    assert_eq!(shared.try_next(), Ok(Some(2)));
    assert_eq!(shared.try_next(), Ok(None));
    assert_eq!(
        AlreadyRunning.to_string(),
        "resume the generator: it is already running, further out on this stack"
    );
}

#[test]
fn a_value_sent_from_inside_comes_back() {
    let itself: Itself<(State, Option<State>, bool)> = Rc::default();
    type Sent = Box<str>;
    fn body(
        itself: Itself<(State, Option<State>, bool)>,
    ) -> Generator<impl Body<Yield = usize, Sent = Sent, Output = ()>> {
        coroutine!({
            let mut sent: Sent = "".into();
            for _ in 0..2 {
                assert_eq!(ask(&itself), (State::Running, Some(State::Running), true));
                sent = yield sent.len();
            }
        })
    }
    let shared = body(itself.clone()).shared();
    let handle = shared.clone();
    let from_inside = move || {
        let start = handle.try_start().err().map(|error| error.state);
        let error = handle.try_send("back".into()).unwrap_err();
        assert_eq!((&*error.value, error.state), ("back", State::Running));
        (handle.state(), start, handle.close() == Err(AlreadyRunning))
    };
    itself.set(Box::new(from_inside)).ok().unwrap();
    assert_eq!(shared.state(), State::Created);
    assert_eq!(shared.try_send("early".into()).unwrap_err().state, State::Created);
    assert_eq!(shared.try_start(), Ok(Step::Yield(0)));
    assert_eq!(shared.state(), State::Suspended);
    assert_eq!(shared.try_send("abc".into()), Ok(Step::Yield(3)));
    assert_eq!(shared.try_send("".into()), Ok(Step::Return(())));
    assert_eq!(shared.try_send("late".into()).unwrap_err().state, State::Closed);
    assert_eq!(format!("{shared:?}"), "Shared { state: Closed, .. }");
}

/// G44: through another generator, and where it is delegated to.
#[test]
fn a_resume_through_another_generator_is_an_error() {
    type Answer = Result<Option<u32>, AlreadyRunning>;
    let itself: Itself<Answer> = Rc::default();
    fn body(itself: Itself<Answer>) -> Generator<impl Yields<u32>> {
        generator!({
            yield_from!(generator!({
                let mut other = generator!({
                    yield ask(&itself);
                });
                assert_eq!(other.next(), Some(Err(AlreadyRunning)));
                yield 1;
            }));
            yield 2;
        })
    }
    let shared = body(itself.clone()).shared();
    let handle = shared.clone();
    itself.set(Box::new(move || handle.try_next())).ok().unwrap();
    assert_eq!(shared.try_next(), Ok(Some(1)));
    assert_eq!(shared.try_next(), Ok(Some(2)));
    assert_eq!(shared.try_next(), Ok(None));
}

/// G44: a child that resumes the one that delegates to it gets an error, handles it, and all go on: resumed by `next`, by
/// values that are sent, and by errors that are thrown.
#[test]
fn a_child_handles_that_its_parent_is_running() {
    type Sent = Result<u32, &'static str>;
    fn two(itself: Itself<State>) -> Generator<impl Body<Yield = u32, Sent = Sent, Output = ()>> {
        coroutine!({
            let _: Sent = yield 1;
            assert_eq!(ask(&itself), State::Running);
            let _: Sent = yield 2;
        })
    }
    fn one(itself: Itself<State>) -> Generator<impl Body<Yield = u32, Sent = Sent, Output = ()>> {
        coroutine!({
            let _: Sent = yield 0;
            yield_from!(two(itself));
            let _: Sent = yield 3;
        })
    }
    for sent in [Ok(42), Err("thrown")] {
        let itself = Itself::default();
        let shared = one(itself.clone()).shared();
        let handle = shared.clone();
        let resume = move || {
            let error = handle.try_send(sent).unwrap_err();
            assert_eq!(error.value, sent);
            error.state
        };
        itself.set(Box::new(resume)).ok().unwrap();
        assert_eq!(shared.try_start(), Ok(Step::Yield(0)));
        for n in 1..4 {
            assert_eq!(shared.try_send(sent), Ok(Step::Yield(n)));
        }
        assert_eq!(shared.try_send(sent), Ok(Step::Return(())));
    }

    fn inner(itself: Itself<Result<Option<u32>, AlreadyRunning>>) -> Generator<impl Yields<u32>> {
        generator!({
            yield 1;
            assert_eq!(ask(&itself), Err(AlreadyRunning));
            yield 2;
        })
    }
    fn outer(itself: Itself<Result<Option<u32>, AlreadyRunning>>) -> Generator<impl Yields<u32>> {
        generator!({
            yield 0;
            yield_from!(inner(itself));
            yield 3;
        })
    }
    let itself = Itself::default();
    let shared = outer(itself.clone()).shared();
    let handle = shared.clone();
    itself.set(Box::new(move || handle.try_next())).ok().unwrap();
    let items: Vec<_> = std::iter::from_fn(|| shared.try_next().unwrap()).collect();
    assert_eq!(items, [0, 1, 2, 3]);
}

/// G44: and while it is being closed.
#[test]
fn a_destructor_finds_its_generator_running() {
    type Answer = (State, Result<Option<u32>, AlreadyRunning>, Result<(), AlreadyRunning>);
    struct Asks(Itself<Answer>, Rc<RefCell<Vec<Answer>>>);
    impl Iterator for Asks {
        type Item = u32;
        fn next(&mut self) -> Option<u32> {
            Some(42)
        }
    }
    impl Drop for Asks {
        fn drop(&mut self) {
            self.1.borrow_mut().push(ask(&self.0));
        }
    }
    fn body(asks: Asks, generator: bool) -> Generator<impl Yields<u32>> {
        generator!({
            if generator {
                yield_from!(generator!({
                    for item in asks {
                        yield item;
                    }
                }));
            } else {
                yield_from!(asks);
            }
        })
    }
    for generator in [false, true] {
        let itself: Itself<Answer> = Rc::default();
        let answers = Rc::default();
        let shared = body(Asks(itself.clone(), Rc::clone(&answers)), generator).shared();
        let handle = shared.clone();
        let ask = move || (handle.state(), handle.try_next(), handle.close());
        itself.set(Box::new(ask)).ok().unwrap();
        assert_eq!(shared.try_next(), Ok(Some(42)));
        assert_eq!(shared.close(), Ok(()));
        assert_eq!(*answers.borrow(), [(State::Running, Err(AlreadyRunning), Err(AlreadyRunning))]);
        assert_eq!((shared.state(), shared.try_next()), (State::Closed, Ok(None)));
    }
}

#[test]
fn without_a_shared_handle_a_cell_refuses() {
    type Slot = Rc<RefCell<Option<Box<dyn Iterator<Item = bool>>>>>;
    let slot: Slot = Rc::default();
    let inside = slot.clone();
    let generator = generator!({
        yield inside.try_borrow_mut().is_ok();
        yield inside.try_borrow_mut().is_ok();
    });
    *slot.borrow_mut() = Some(Box::new(generator));
    assert_eq!(slot.borrow_mut().as_mut().unwrap().next(), Some(false));
    assert_eq!(slot.borrow_mut().as_mut().unwrap().next(), Some(false));
    let generator = slot.take(); // breaks the cycle
    assert_eq!(generator.unwrap().next(), None);
}

/// Taken out of its place while it runs, a generator is nowhere to be resumed.
#[test]
fn a_generator_taken_out_of_its_cell_runs_alone() {
    type Slot = Rc<std::cell::Cell<Option<Box<dyn Iterator<Item = bool>>>>>;
    let slot: Slot = Rc::default();
    let inside = slot.clone();
    slot.set(Some(Box::new(generator!({
        yield inside.take().is_none();
    }))));
    let mut generator = slot.take().unwrap();
    assert_eq!(generator.next(), Some(true));
    assert_eq!(generator.next(), None);
}

#[test]
fn all_handles_are_the_same_generator() {
    let first = generator!({
        yield 1;
        yield 2;
        yield 3;
    })
    .shared();
    let second = first.clone();
    assert_eq!((first.try_next(), second.try_next()), (Ok(Some(1)), Ok(Some(2))));
    assert_eq!(second.close(), Ok(()));
    assert_eq!((first.state(), first.try_next()), (State::Closed, Ok(None)));
    assert_eq!(first.close(), Ok(()));
}

/// G14: a body that holds its own handle keeps itself alive, until it is closed.
#[test]
fn closing_breaks_a_cycle() {
    let owned = Rc::new(());
    let kept = Rc::downgrade(&owned);
    let itself: Itself<State> = Rc::default();
    fn body(itself: Itself<State>, owned: Rc<()>) -> Generator<impl Yields<State>> {
        generator!({
            let _owned = owned;
            yield ask(&itself);
        })
    }
    let shared = body(itself.clone(), owned).shared();
    let handle = shared.clone();
    itself.set(Box::new(move || handle.state())).ok().unwrap();
    drop(itself);
    assert_eq!(shared.try_next(), Ok(Some(State::Running)));
    assert_eq!(kept.strong_count(), 1);
    shared.close().unwrap();
    assert_eq!(kept.strong_count(), 0);
    assert_eq!(shared.state(), State::Closed);
}

#[test]
fn a_panic_inside_a_shared_generator_leaves_it_closed() {
    let shared = generator!({
        yield 1;
        panic!("boom");
    })
    .shared();
    let other = shared.clone();
    assert_eq!(shared.try_next(), Ok(Some(1)));
    assert_eq!(message(|| shared.try_next()), "boom");
    assert_eq!((other.state(), other.try_next()), (State::Closed, Ok(None)));
}
