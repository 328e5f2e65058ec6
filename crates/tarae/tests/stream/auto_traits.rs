//! `Send` and its kin: a stream has them if what its body keeps across a yield or an await does.

use crate::support::{all, next, pending_once};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use tarae::prelude::*;
use tarae::stream::Stream;

fn send<T: Send>(value: T) -> T {
    value
}

fn sync<T: Sync>(value: T) -> T {
    value
}

#[test]
fn it_is_send_and_sync_if_its_body_is() {
    let stream = send(sync(stream!({
        let mut n = 1;
        pending_once().await;
        yield n;
        n += 1;
        yield n;
    })));
    drop(stream);
}

/// An item that is not `Send` is handed over in the poll that made it.
#[test]
fn an_item_need_not_be_send() {
    let mut stream = Box::pin(send(sync(stream!({
        yield Rc::new(1);
        let local = Rc::new(Cell::new(2)).get();
        yield Rc::new(local);
    }))));
    assert_eq!(next(stream.as_mut()).as_deref(), Some(&1));
    let second = std::thread::spawn(move || next(stream.as_mut()).map(|item| *item)).join().unwrap();
    assert_eq!(second, Some(2));
}

#[test]
fn it_goes_into_a_box_of_any_stream() {
    let boxed: Pin<Box<dyn Stream<Item = Result<u8, String>> + Send + Sync>> = Box::pin(try_stream!({
        yield 1;
        Err("one is enough")?;
    }));
    assert_eq!(all(boxed), [Ok(1), Err("one is enough".to_string())]);
}

/// The trait says nothing about threads.
#[test]
fn it_may_borrow_what_is_not_sync() {
    let count = &Cell::new(0);
    let stream = stream!({
        for _ in 0..3 {
            count.set(count.get() + 1);
            yield count;
        }
    });
    let mut stream = std::pin::pin!(stream);
    assert_eq!(next(stream.as_mut()).map(|count| count.get()), Some(1));
}
