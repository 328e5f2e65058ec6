//! `Send` and its kin: a generator has them if what its body keeps across a yield does. What must not have them is in
//! `refused/send_*.rs`.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use tarae::generator::{self, Pinned, Yielder};
use tarae::prelude::*;

fn send<T: Send>(value: T) -> T {
    value
}

fn sync<T: Sync>(value: T) -> T {
    value
}

fn unpin<T: Unpin>(value: T) -> T {
    value
}

/// An item that is not `Send` is handed over in the resume that made it.
#[test]
fn an_item_need_not_be_send() {
    let mut generator = send(generator!({
        yield Rc::new(1);
        let local = Rc::new(2);
        yield local;
        yield_from!((3..5).map(Rc::new));
    }));
    assert_eq!(*generator.next().unwrap(), 1);
    let sum = std::thread::spawn(move || generator.map(|item| *item).sum::<i32>()).join().unwrap();
    assert_eq!(sum, 9);
}

#[test]
fn a_sent_value_need_not_be_send() {
    let mut coroutine = send(coroutine!({
        let mut sum = 0;
        for _ in 0..2 {
            let sent: Rc<i32> = yield sum;
            sum += *sent;
        }
        Rc::new(sum)
    }));
    assert_eq!(coroutine.start(), Step::Yield(0));
    assert_eq!(coroutine.send(Rc::new(3)), Step::Yield(3));
    let total = std::thread::spawn(move || *coroutine.send(Rc::new(4)).returned().unwrap()).join().unwrap();
    assert_eq!(total, 7);
}

#[test]
fn a_childs_result_need_not_be_send() {
    fn child() -> Generator<impl Body<Yield = u8, Sent = (), Output = Rc<u8>> + Send> {
        generator!({
            yield 1;
            Rc::new(2)
        })
    }
    let generator = send(generator!({
        let result = *yield_from!(child());
        yield result;
    }));
    assert_eq!(std::thread::spawn(move || generator.collect::<Vec<_>>()).join().unwrap(), [1, 2]);
}

fn countdown(n: u32) -> Generator<impl Yields<u32> + Send> {
    generator!({
        yield n;
        if n > 0 {
            yield_from!(countdown(n - 1));
        }
    })
}

#[test]
fn a_function_that_calls_itself_is_send() {
    let mut generator = send(countdown(100));
    assert_eq!(generator.by_ref().take(50).last(), Some(51));
    let mut generator = std::thread::spawn(move || {
        assert_eq!(generator.next(), Some(50));
        generator
    })
    .join()
    .unwrap();
    assert_eq!(generator.next(), Some(49));
    std::thread::spawn(move || drop(generator)).join().unwrap();
}

/// Without saying so: the compiler looks into the hidden type.
#[test]
fn a_hidden_type_shows_that_it_is_send() {
    fn hidden(n: u32) -> Generator<impl Yields<u32>> {
        generator!({
            yield n;
            if n > 0 {
                yield_from!(hidden(n - 1));
            }
        })
    }
    assert_eq!(std::thread::spawn(|| send(hidden(3)).sum::<u32>()).join().unwrap(), 6);
}

#[test]
fn a_started_child_is_send_if_its_body_is() {
    let mut started = countdown(5);
    started.next();
    let generator = send(generator!({
        yield_from!(started);
    }));
    assert_eq!(std::thread::spawn(move || generator.sum::<u32>()).join().unwrap(), 10);
}

#[test]
fn a_generator_with_a_handle_is_send_if_its_items_are() {
    let mut generator = send(generator::from_fn(async |mut y: Yielder<String>| {
        y.yield_("a".into()).await;
        y.yield_("b".into()).await;
    }));
    assert_eq!(generator.next().as_deref(), Some("a"));
    assert_eq!(std::thread::spawn(move || generator.next()).join().unwrap().as_deref(), Some("b"));
}

#[test]
fn a_generator_moves_and_its_body_does_not() {
    let generator = unpin(generator!({
        let numbers = [1, 2];
        for n in &numbers {
            yield *n;
        }
    }));
    let mut pinned = pin!(generator.pinned());
    assert_eq!(unpin(pinned.by_ref()).next(), Some(1));
}

/// A shared reference to a generator shows its state and no more.
#[test]
fn a_leaf_is_sync_if_its_body_is() {
    let mut generator = sync(generator!({
        yield 1;
        yield 2;
    }));
    generator.next();
    let state = std::thread::scope(|scope| scope.spawn(|| generator.state()).join().unwrap());
    assert_eq!(state, State::Suspended);
}

#[test]
fn a_pinned_one_is_send_as_well() {
    fn is_send<B: Body + Send>(pinned: Pinned<B>) -> Pinned<B> {
        send(pinned)
    }
    let pinned = is_send(countdown(3).pinned());
    let sum = std::thread::spawn(move || Box::pin(pinned).as_mut().sum::<u32>()).join().unwrap();
    assert_eq!(sum, 6);
}

/// What is not kept across a yield does not count.
#[test]
fn what_a_body_uses_between_yields_need_not_be_send() {
    let generator = send(generator!({
        for n in 0..3 {
            let twice = {
                let cell = Rc::new(Cell::new(n));
                cell.set(cell.get() * 2);
                cell.get()
            };
            yield twice;
        }
    }));
    assert_eq!(std::thread::spawn(move || generator.sum::<i32>()).join().unwrap(), 6);
}
